/**
 * Learns from example phrasings which intent a text has: kernel ridge regression over the vectors'
 * squared cosine. It weighs all examples at once, so that one odd example decides nothing.
 */

/** For each example, its weight for each intent: a row of `ids.length` after the other. */
export type Head = { readonly ids: readonly string[]; readonly weights: Float32Array }

/** Measured by cross-validation on the examples; larger is smoother. */
const RIDGE = 0.3
/** After so many rows of work, others get their turn. */
const SLICE = 48

/** The same examples give the same head. Vectors are of length 1. */
export async function train(
  vectors: readonly Float32Array[],
  labels: readonly string[],
): Promise<Head> {
  const ids = [...new Set(labels)]
  const factor = await cholesky(await gram(vectors))
  const weights = new Float32Array(vectors.length * ids.length)
  for (const [column, id] of ids.entries()) {
    const target = Float64Array.from(labels, (label) => (label === id ? 1 : 0))
    const solved = solve(factor, target)
    for (const [row, value] of solved.entries()) weights[row * ids.length + column] = value
    if (column % 8 === 0) await turn()
  }
  return { ids, weights }
}

/** How much a text belongs to each intent: near 1 surely, near 0 not at all. */
export function scores(
  { ids, weights }: Head,
  vectors: readonly Float32Array[],
  vector: Float32Array,
): ReadonlyMap<string, number> {
  const sums = new Float64Array(ids.length)
  for (const [row, example] of vectors.entries()) {
    const near = kernel(vector, example)
    for (let at = 0; at < ids.length; at++)
      sums[at] = (sums[at] ?? 0) + near * (weights[row * ids.length + at] ?? 0)
  }
  return new Map(ids.map((id, at) => [id, sums[at] ?? 0]))
}

/** The vector with length 1; one of zeros stays. */
export function unit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector)
  return length === 0 ? vector : vector.map((value) => value / length)
}

function kernel(a: Float32Array, b: Float32Array): number {
  let dot = 0
  for (let at = 0; at < a.length; at++) dot += (a[at] as number) * (b[at] as number)
  return dot * dot
}

type Matrix = readonly Float64Array[]

/** The lower half of the examples' kernel, with the ridge on its diagonal. */
async function gram(vectors: readonly Float32Array[]): Promise<Matrix> {
  const rows: Float64Array[] = []
  for (const [row, one] of vectors.entries()) {
    rows.push(
      Float64Array.from({ length: row + 1 }, (_, column) =>
        column === row ? kernel(one, one) + RIDGE : kernel(one, vectors[column] as Float32Array),
      ),
    )
    if (row % SLICE === 0) await turn()
  }
  return rows
}

/** In place: the lower triangle whose product with its mirror image is the matrix. */
async function cholesky(matrix: Matrix): Promise<Matrix> {
  for (const [row, own] of matrix.entries()) {
    for (let column = 0; column <= row; column++) {
      const other = matrix[column] as Float64Array
      let sum = own[column] as number
      for (let at = 0; at < column; at++) sum -= (own[at] as number) * (other[at] as number)
      own[column] = column === row ? Math.sqrt(sum) : sum / (other[column] as number)
    }
    if (row % SLICE === 0) await turn()
  }
  return matrix
}

function solve(lower: Matrix, target: Float64Array): Float64Array {
  const result = Float64Array.from(target)
  for (const [row, own] of lower.entries()) {
    let sum = result[row] as number
    for (let at = 0; at < row; at++) sum -= (own[at] as number) * (result[at] as number)
    result[row] = sum / (own[row] as number)
  }
  for (let row = lower.length - 1; row >= 0; row--) {
    const own = lower[row] as Float64Array
    const value = (result[row] as number) / (own[row] as number)
    result[row] = value
    for (let at = 0; at < row; at++)
      result[at] = (result[at] as number) - value * (own[at] as number)
  }
  return result
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
