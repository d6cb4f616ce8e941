import type { Db } from './open.ts'
import type { Space } from './types.ts'
import { fromBlob, toBlob } from './vectors.ts'

/** Vectors by the hash of their text, so that an unchanged text is never embedded twice. */
export type EmbeddingCache = {
  has(sha256: string): boolean
  find(sha256: string): Float32Array | undefined
  save(entries: readonly (readonly [sha256: string, vector: Float32Array])[]): void
}

/** It grows while an ingest runs, beside the index that is in use: a killed ingest goes on from it. */
export function openEmbeddingCache(db: Db, space: Space): EmbeddingCache {
  const id = ensureSpace(db, space)
  const has = db.prepare('SELECT 1 FROM embedding WHERE space_id = ? AND sha256 = ?').pluck()
  const select = db.prepare('SELECT value FROM embedding WHERE space_id = ? AND sha256 = ?').pluck()
  const insert = db.prepare(
    'INSERT OR IGNORE INTO embedding (space_id, sha256, value) VALUES (?, ?, ?)',
  )
  return {
    has: (sha256) => has.get(id, sha256) !== undefined,
    find(sha256) {
      const blob = select.get(id, sha256) as Buffer | undefined
      return blob && fromBlob(blob)
    },
    save: db.transaction((entries) => {
      for (const [sha256, vector] of entries) insert.run(id, sha256, toBlob(vector, space.dims))
    }),
  }
}

/** Id of the model's space, made where there is none yet. */
export function ensureSpace(db: Db, { fingerprint, dims }: Space): number {
  db.prepare('INSERT OR IGNORE INTO space (fingerprint, dims) VALUES (?, ?)').run(fingerprint, dims)
  const row = db.prepare('SELECT id, dims FROM space WHERE fingerprint = ?').get(fingerprint) as {
    id: number
    dims: number
  }
  if (row.dims !== dims) {
    throw new TypeError(`${fingerprint} had ${row.dims} dimensions before and has ${dims} now`)
  }
  return row.id
}
