import { createMatrix } from './dot.ts'
import type { Db } from './open.ts'
import type { VectorKind } from './types.ts'
import { dot, fromBlob, toUnit } from './vectors.ts'

export type VectorHit = {
  readonly chunkId: number
  readonly kind: VectorKind
  readonly cosine: number
}

/** Whether a chunk may be found at all. */
export type Allows = (chunkId: number) => boolean

/** All vectors of one state of the index, in memory. */
export type Vectors = {
  nearest(vector: Float32Array, limit: number, allows?: Allows): VectorHit[]
  /** the vectors of these chunks alone */
  of(vector: Float32Array, chunkIds: Iterable<number>): VectorHit[]
}

/**
 * Every question is compared with every vector: exact, and at a hundred thousand of them a few
 * milliseconds. They cost 2 KB of memory each.
 */
export function loadVectors(db: Db, dims: number): Vectors {
  const rows = db.prepare('SELECT count(*) FROM vector').pluck().get() as number
  const matrix = createMatrix(rows, dims)
  const chunkIds = new Uint32Array(rows)
  const kinds: VectorKind[] = []
  const byChunk = new Map<number, number[]>()
  const all = db.prepare(
    `SELECT v.chunk_id AS chunkId, v.kind, e.value FROM vector v
       JOIN embedding e ON e.id = v.embedding_id ORDER BY v.id`,
  )
  let row = 0
  for (const found of all.iterate() as Iterable<Stored>) {
    matrix.set(row, toUnit(fromBlob(found.value)))
    chunkIds[row] = found.chunkId
    kinds.push(found.kind)
    const own = byChunk.get(found.chunkId)
    if (own) own.push(row)
    else byChunk.set(found.chunkId, [row])
    row += 1
  }
  const hit = (nth: number, cosine: number): VectorHit => ({
    chunkId: chunkIds[nth] as number,
    kind: kinds[nth] as VectorKind,
    cosine,
  })
  return {
    nearest(vector, limit, allows) {
      const allowed = allows && ((nth: number) => allows(chunkIds[nth] as number))
      const best = largest(matrix.products(toUnit(vector)), limit, allowed)
      return best.map(({ at, value }) => hit(at, value))
    },
    of(vector, ids) {
      const unit = toUnit(vector)
      const own = [...ids].flatMap((id) => byChunk.get(id) ?? [])
      return own.map((nth) => hit(nth, dot(unit, matrix.row(nth))))
    },
  }
}

type Stored = {
  readonly chunkId: number
  readonly kind: VectorKind
  readonly value: Buffer
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
