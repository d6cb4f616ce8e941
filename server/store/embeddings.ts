import type { Db } from './open.ts'
import type { Space } from './types.ts'
import { fromBlob, toBlob } from './vectors.ts'
import { ensureSpace } from './write.ts'

/** Vectors by the hash of their text, so that an unchanged text is never embedded twice. */
export type EmbeddingCache = {
  find(sha256: string): Float32Array | undefined
  save(entries: readonly (readonly [sha256: string, vector: Float32Array])[]): void
}

/** The cache is no part of the index: it grows while an ingest runs, and a killed ingest goes on from it. */
export function openEmbeddingCache(db: Db, space: Space): EmbeddingCache {
  const id = ensureSpace(db, space)
  const select = db.prepare('SELECT value FROM embedding WHERE space_id = ? AND sha256 = ?').pluck()
  const insert = db.prepare('INSERT OR REPLACE INTO embedding VALUES (?, ?, ?)')
  return {
    find(sha256) {
      const blob = select.get(id, sha256) as Buffer | undefined
      return blob && fromBlob(blob)
    },
    save: db.transaction((entries) => {
      for (const [sha256, vector] of entries) insert.run(id, sha256, toBlob(vector, space.dims))
    }),
  }
}
