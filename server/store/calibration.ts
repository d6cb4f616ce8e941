import type { Metric } from './metric.ts'
import type { Db } from './open.ts'
import { fromBlob } from './vectors.ts'

/** What an ingest learns from the texts and the model. */
export type Calibration = {
  /** undefined where there were too few texts: vectors are then compared as they are */
  readonly metric: Metric | undefined
  /** JSON of the classifier that tells our field from others */
  readonly head: string
  /** of the texts that it was learnt from, for the cache to keep */
  readonly hashes: readonly string[]
}

export type ReadCalibration = Pick<Calibration, 'metric' | 'head'>

export function writeCalibration(db: Db, space: number, found: Calibration | undefined): void {
  if (found === undefined) return
  const { metric, head } = found
  db.prepare('INSERT INTO calibration VALUES (?, ?, ?, ?)').run(
    space,
    metric ? bytes(metric.mean) : null,
    metric ? bytes(metric.factor) : null,
    head,
  )
}

export function readCalibration(db: Db, space: number): ReadCalibration | undefined {
  const row = db
    .prepare('SELECT mean, factor, head FROM calibration WHERE space_id = ?')
    .get(space) as Row | undefined
  if (row === undefined) return undefined
  const { mean, factor, head } = row
  return {
    head,
    metric: mean && factor ? { mean: fromBlob(mean), factor: fromBlob(factor) } : undefined,
  }
}

type Row = {
  readonly mean: Buffer | null
  readonly factor: Buffer | null
  readonly head: string
}

const bytes = (values: Float32Array): Buffer =>
  Buffer.from(values.buffer, values.byteOffset, values.byteLength)
