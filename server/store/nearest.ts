import { createMatrix, type Matrix } from './dot.ts'
import type { Db } from './open.ts'
import type { VectorKind } from './types.ts'
import { fromBlob } from './vectors.ts'

export type VectorHit = {
  readonly chunkId: number
  readonly kind: VectorKind
  readonly cosine: number
}

/** Whether a chunk may be found at all. */
export type Allows = (chunkId: number) => boolean

/** The vectors of one state of the index, in its metric: all are of length 1, so a product is a cosine. */
export type Vectors = {
  nearest(vector: Float32Array, limit: number, allows?: Allows): VectorHit[]
  /** the vectors of these chunks alone */
  of(vector: Float32Array, chunkIds: Iterable<number>): VectorHit[]
}

/** Vectors of a model live in a vec0 table of their own, made whenever an index is written. */
export const vectorTable = (space: number): string => `vector_${space}`

type Row = { readonly chunkId: number; readonly kind: VectorKind }
type Loaded = {
  readonly matrix: Matrix
  readonly rows: readonly Row[]
  readonly byChunk: ReadonlyMap<number, readonly number[]>
}

/**
 * Reads the table into memory, once for each state of the index: vec0's own search takes ten times as long
 * as the products do, for it is built without SIMD. Every question is compared with every vector, exactly;
 * a vector of 512 dimensions takes 2 KB of memory.
 */
export function loadVectors(db: Db, space: number): Vectors {
  const loaded = load(db, vectorTable(space))
  const { matrix, rows, byChunk } = loaded
  const hit = (at: number, cosine: number): VectorHit => {
    const { chunkId, kind } = rows[at] as Row
    return { chunkId, kind, cosine }
  }
  return {
    nearest(vector, limit, allows) {
      const allowed = allows && ((at: number) => allows((rows[at] as Row).chunkId))
      return largest(matrix.products(vector), limit, allowed).map(({ at, value }) => hit(at, value))
    },
    of(vector, chunkIds) {
      const own = [...chunkIds].flatMap((id) => byChunk.get(id) ?? [])
      return matrix.productsOf(vector, own).map((cosine, nth) => hit(own[nth] as number, cosine))
    },
  }
}

function load(db: Db, table: string): Loaded {
  const dims = db.prepare(`SELECT vec_length(e) FROM ${table} LIMIT 1`).pluck().get() ?? 0
  const count = db.prepare('SELECT count(*) FROM vector').pluck().get() as number
  const matrix = createMatrix(count, dims as number)
  const rows: Row[] = []
  const byChunk = new Map<number, number[]>()
  // in this order: one pass over the vectors, which are slow to look up one by one
  const all = db.prepare(
    `SELECT v.chunk_id AS chunkId, v.kind, n.e FROM ${table} n CROSS JOIN vector v ON v.id = n.id`,
  )
  for (const { chunkId, kind, e } of all.iterate() as Iterable<Row & { readonly e: Buffer }>) {
    const at = rows.push({ chunkId, kind }) - 1
    matrix.set(at, fromBlob(e))
    byChunk.set(chunkId, [...(byChunk.get(chunkId) ?? []), at])
  }
  return { matrix, rows, byChunk }
}

type Entry = { readonly at: number; readonly value: number }

/** The largest values, best first; of equal ones the earlier. One pass, and few of them get further. */
function largest(
  values: Float32Array,
  limit: number,
  allows: (at: number) => boolean = () => true,
): Entry[] {
  const best: Entry[] = []
  let least = Number.NEGATIVE_INFINITY
  for (let at = 0; at < values.length; at++) {
    const value = values[at] as number
    if (!(value > least) || !allows(at)) continue
    let place = best.length
    while (place > 0 && (best[place - 1] as Entry).value < value) place -= 1
    best.splice(place, 0, { at, value })
    if (best.length > limit) best.pop()
    if (best.length === limit) least = (best[limit - 1] as Entry).value
  }
  return best
}
