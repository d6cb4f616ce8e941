import type { Db } from './open.ts'
import type { VectorKind } from './types.ts'
import { dot, fromBlob, toBlob } from './vectors.ts'

export type VectorHit = {
  readonly chunkId: number
  readonly kind: VectorKind
  readonly cosine: number
}

/** Whether a chunk may be found at all. */
export type Allows = (chunkId: number) => boolean

/** The vectors of one state of the index, in its metric: all are of length 1. */
export type Vectors = {
  nearest(vector: Float32Array, limit: number, allows?: Allows): VectorHit[]
  /** the vectors of these chunks alone */
  of(vector: Float32Array, chunkIds: Iterable<number>): VectorHit[]
}

/** vec0 takes no more neighbours than this. */
const MOST = 4096
/** Bounds the memory at about 40 MB; a question asks for some hundred. */
const MAX_REMEMBERED = 20_000

/** Vectors of a model live in a vec0 table of their own, made whenever an index is written. */
export const vectorTable = (space: number): string => `vector_${space}`

export function openVectors(db: Db, space: number): Vectors {
  return { nearest: createNearest(db, space), of: createOf(db, space) }
}

function createNearest(db: Db, space: number): Vectors['nearest'] {
  const sql = (condition: string) => `
    SELECT v.chunk_id AS chunkId, v.kind, 1 - n.distance AS cosine
      FROM (SELECT id, distance FROM ${vectorTable(space)}
             WHERE e MATCH ? AND k = ? ${condition} ORDER BY distance) n
      JOIN vector v ON v.id = n.id ORDER BY n.distance`
  const all = db.prepare(sql(''))
  // as a condition of the search itself: what is filtered afterwards is lost among the nearest
  const some = db.prepare(sql('AND id IN (SELECT value FROM json_each(?))'))
  const ids = db.prepare('SELECT id, chunk_id FROM vector').raw()
  return (vector, limit, allows) => {
    const blob = toBlob(vector, vector.length)
    const k = Math.min(limit, MOST)
    if (allows === undefined) return all.all(blob, k) as VectorHit[]
    const rows = ids.all() as [id: number, chunkId: number][]
    const allowed = rows.filter(([, chunkId]) => allows(chunkId)).map(([id]) => id)
    return some.all(blob, k, JSON.stringify(allowed)) as VectorHit[]
  }
}

type Row = { readonly id: number; readonly chunkId: number; readonly kind: VectorKind }

/**
 * Looked up one by one: a few hundred vectors, whatever the size of the index. They are remembered, since
 * a look-up in vec0 takes many times as long as the product.
 */
function createOf(db: Db, space: number): Vectors['of'] {
  const rows = db.prepare(
    `SELECT id, chunk_id AS chunkId, kind FROM vector
      WHERE chunk_id IN (SELECT value FROM json_each(?))`,
  )
  const one = db.prepare(`SELECT e FROM ${vectorTable(space)} WHERE id = ?`).pluck()
  const remembered = new Map<number, Float32Array>()
  const vectorOf = (id: number): Float32Array => {
    const found = remembered.get(id) ?? fromBlob(one.get(BigInt(id)) as Buffer)
    if (remembered.size < MAX_REMEMBERED) remembered.set(id, found)
    return found
  }
  return (vector, chunkIds) => {
    const found = rows.all(JSON.stringify([...chunkIds])) as Row[]
    return found.map(({ id, chunkId, kind }) => ({
      chunkId,
      kind,
      cosine: dot(vector, vectorOf(id)),
    }))
  }
}
