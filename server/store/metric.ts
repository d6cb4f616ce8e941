import { toUnit } from './vectors.ts'

/**
 * What near means. A sentence model puts all texts of one field close together: two questions about mail
 * differ little beside what they share. Whitening takes out what they share, and counts a direction the
 * more the less the texts of this index are spread along it (measured: recall of vectors alone from .64 to
 * .80 among five articles).
 */

/** Centre of the index's texts, and the Cholesky factor of their covariance, row by row. */
export type Metric = { readonly mean: Float32Array; readonly factor: Float32Array }

/** As much of the mean variance as is added to each direction: those that hold but noise stay small. */
const RIDGE = 1
/** Enough to know the spread of a few hundred dimensions; more would only take time. */
const SAMPLE = 6000

/** Fits the metric to vectors of one model; undefined for fewer than can tell anything. */
export function fitMetric(vectors: readonly Float32Array[]): Metric | undefined {
  const dims = vectors[0]?.length ?? 0
  if (vectors.length < 50 || dims === 0) return undefined
  const step = Math.max(1, Math.floor(vectors.length / SAMPLE))
  const sample = vectors.filter((_, at) => at % step === 0)
  const mean = meanOf(sample, dims)
  return { mean, factor: cholesky(covariance(sample, mean), dims) }
}

/** The vector as it is compared: in the metric's own space where there is one, and of length 1. */
export function toMetric(metric: Metric | undefined, vector: Float32Array): Float32Array {
  if (metric === undefined) return toUnit(vector)
  const white = forward(metric, vector)
  // a text without anything of its own lies at the centre, and is near to nothing
  const length = norm(white) || 1
  const unit = new Float32Array(white.length)
  for (let at = 0; at < unit.length; at++) unit[at] = (white[at] as number) / length
  return unit
}

function meanOf(vectors: readonly Float32Array[], dims: number): Float32Array {
  const mean = new Float32Array(dims)
  for (const vector of vectors) {
    for (let at = 0; at < dims; at++)
      mean[at] = (mean[at] as number) + (vector[at] as number) / vectors.length
  }
  return mean
}

/** Lower triangle, row by row, the ridge on its diagonal. */
function covariance(vectors: readonly Float32Array[], mean: Float32Array): Float64Array {
  const dims = mean.length
  const sum = new Float64Array((dims * (dims + 1)) / 2)
  const apart = new Float64Array(dims)
  for (const vector of vectors) {
    for (let at = 0; at < dims; at++) apart[at] = (vector[at] as number) - (mean[at] as number)
    let place = 0
    for (let row = 0; row < dims; row++) {
      const factor = (apart[row] as number) / vectors.length
      for (let column = 0; column <= row; column++) {
        sum[place] = (sum[place] as number) + factor * (apart[column] as number)
        place += 1
      }
    }
  }
  let trace = 0
  for (let row = 0; row < dims; row++) trace += sum[diagonal(row)] as number
  const ridge = (RIDGE * trace) / dims
  for (let row = 0; row < dims; row++) sum[diagonal(row)] = (sum[diagonal(row)] as number) + ridge
  return sum
}

const diagonal = (row: number): number => (row * (row + 1)) / 2 + row
const start = (row: number): number => (row * (row + 1)) / 2

function cholesky(matrix: Float64Array, dims: number): Float32Array {
  const lower = new Float64Array(matrix.length)
  for (let row = 0; row < dims; row++) {
    for (let column = 0; column <= row; column++) {
      let value = matrix[start(row) + column] as number
      for (let at = 0; at < column; at++) {
        value -= (lower[start(row) + at] as number) * (lower[start(column) + at] as number)
      }
      lower[start(row) + column] =
        row === column ? Math.sqrt(value) : value / (lower[diagonal(column)] as number)
    }
  }
  return Float32Array.from(lower)
}

/** Solves L y = v - mean. */
function forward({ mean, factor }: Metric, vector: Float32Array): Float64Array {
  const white = new Float64Array(mean.length)
  for (let row = 0; row < mean.length; row++) {
    let value = (vector[row] as number) - (mean[row] as number)
    const place = start(row)
    for (let at = 0; at < row; at++) value -= (factor[place + at] as number) * (white[at] as number)
    white[row] = value / (factor[place + row] as number)
  }
  return white
}

function norm(vector: Float64Array): number {
  let sum = 0
  for (const value of vector) sum += value * value
  return Math.sqrt(sum)
}
