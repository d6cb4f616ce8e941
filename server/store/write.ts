import type { Db } from './open.ts'
import type { Chunk, Space, StoredArticle, StoredSource, VectorKind } from './types.ts'
import { toBlob } from './vectors.ts'

/** Everything that an index holds. `vectors[i]` belongs to `chunks[i].embed`. */
export type IndexContent = {
  /** hash over everything the index was made of; equal hashes mean there is nothing to do */
  readonly kb: string
  readonly space: Space
  readonly sources: readonly StoredSource[]
  readonly articles: readonly StoredArticle[]
  readonly chunks: readonly Chunk[]
  readonly vectors: readonly (readonly Float32Array[])[]
  /** hashes of the embedded texts that are in use; the cache forgets all others */
  readonly used: readonly string[]
}

/** Replaces the index in one transaction: whoever reads sees the old one whole, or the new one. */
export function writeIndex(db: Db, content: IndexContent): void {
  db.transaction(() => {
    clear(db)
    writeSources(db, content.sources)
    writeArticles(db, content.articles)
    writeChunks(db, content.chunks)
    const space = ensureSpace(db, content.space)
    writeVectors(db, space, content)
    pruneEmbeddings(db, space, content.used)
    writeSetting(db, 'kb', content.kb)
    writeSetting(db, 'space', String(space))
  }).immediate()
  db.pragma('wal_checkpoint(TRUNCATE)')
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

function clear(db: Db): void {
  db.exec(`
    DELETE FROM source; DELETE FROM article; DELETE FROM chunk; DELETE FROM vector;
    INSERT INTO chunk_fts (chunk_fts) VALUES ('delete-all');
  `)
  for (const name of vectorTables(db)) db.exec(`DROP TABLE ${name}`)
}

/** Half-emptied vec0 chunks are never given back, so the table is made anew rather than updated. */
function vectorTables(db: Db): string[] {
  return db
    .prepare(`SELECT name FROM sqlite_schema WHERE sql LIKE 'CREATE VIRTUAL TABLE vector_%'`)
    .pluck()
    .all() as string[]
}

function writeSources(db: Db, sources: readonly StoredSource[]): void {
  const insert = db.prepare('INSERT INTO source VALUES (?, ?, ?, ?)')
  for (const { path, origin, sha256, articles } of sources) {
    insert.run(path, origin, sha256, JSON.stringify(articles))
  }
}

function writeArticles(db: Db, articles: readonly StoredArticle[]): void {
  const insert = db.prepare('INSERT INTO article VALUES (?, ?, ?, ?)')
  for (const article of articles) {
    insert.run(article.id, article.title, article.weight, JSON.stringify(article))
  }
}

function writeChunks(db: Db, chunks: readonly Chunk[]): void {
  const insert = db.prepare(`
    INSERT INTO chunk VALUES
      (@id, @articleId, @ord, @role, @title, @heading, @path, @markdown, @body, @codes, @aliases)
  `)
  for (const [index, { embed: _, ...chunk }] of chunks.entries()) {
    insert.run({ id: index + 1, ...chunk })
  }
  db.exec(`INSERT INTO chunk_fts (chunk_fts) VALUES ('rebuild')`)
}

function writeVectors(db: Db, space: number, { space: { dims }, chunks, vectors }: IndexContent) {
  db.exec(
    `CREATE VIRTUAL TABLE vector_${space} USING vec0 (id INTEGER PRIMARY KEY, e float[${dims}] distance_metric=cosine)`,
  )
  const insertRow = db.prepare('INSERT INTO vector VALUES (?, ?, ?, ?)')
  const insertVector = db.prepare(`INSERT INTO vector_${space} VALUES (?, ?)`)
  let id = 0
  const add = (chunkId: number, kind: VectorKind, vector: Float32Array) => {
    id += 1
    insertRow.run(id, space, chunkId, kind)
    insertVector.run(BigInt(id), toBlob(vector, dims))
  }
  for (const [index, chunk] of chunks.entries()) {
    for (const [nth, { kind }] of chunk.embed.entries()) {
      const vector = vectors[index]?.[nth]
      if (vector === undefined) throw new TypeError(`chunk ${index} of the index has no vector`)
      add(index + 1, kind, vector)
    }
  }
}

function pruneEmbeddings(db: Db, space: number, used: readonly string[]): void {
  db.prepare('DELETE FROM embedding WHERE space_id <> ?').run(space)
  db.prepare('DELETE FROM space WHERE id <> ?').run(space)
  db.prepare('DELETE FROM embedding WHERE sha256 NOT IN (SELECT value FROM json_each(?))').run(
    JSON.stringify(used),
  )
}

function writeSetting(db: Db, name: string, value: string): void {
  db.prepare('INSERT OR REPLACE INTO setting VALUES (?, ?)').run(name, value)
}
