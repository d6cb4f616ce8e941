import type { Metric } from './metric.ts'
import type { Db } from './open.ts'
import { fromBlob } from './vectors.ts'

/** Keeps what vectors of a space are compared in; nothing where they are compared as they are. */
export function writeMetric(db: Db, space: number, metric: Metric | undefined): void {
  if (metric === undefined) return
  db.prepare('INSERT INTO metric VALUES (?, ?, ?)').run(
    space,
    bytes(metric.mean),
    bytes(metric.factor),
  )
}

export function readMetric(db: Db, space: number): Metric | undefined {
  const row = db.prepare('SELECT mean, factor FROM metric WHERE space_id = ?').get(space) as
    | { readonly mean: Buffer; readonly factor: Buffer }
    | undefined
  return row && { mean: fromBlob(row.mean), factor: fromBlob(row.factor) }
}

const bytes = (values: Float32Array): Buffer =>
  Buffer.from(values.buffer, values.byteOffset, values.byteLength)
