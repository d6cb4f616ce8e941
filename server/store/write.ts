import { ensureSpace } from './embeddings.ts'
import { type Metric, toMetric } from './metric.ts'
import { vectorTable } from './nearest.ts'
import type { Db } from './open.ts'
import { writeMetric } from './stored-metric.ts'
import type { Chunk, Space, StoredArticle, StoredSource } from './types.ts'
import { fromBlob, toBlob } from './vectors.ts'

/** Everything that an index holds. */
export type IndexContent = {
  /** hash over everything the index was made of; equal hashes mean there is nothing to do */
  readonly kb: string
  readonly space: Space
  readonly sources: readonly StoredSource[]
  readonly articles: readonly StoredArticle[]
  readonly chunks: readonly Chunk[]
  /** `hashes[i]` belongs to `chunks[i].embed`; the embedding cache holds a vector for each */
  readonly hashes: readonly (readonly string[])[]
  /** fitted to these texts; without it vectors are compared as they are */
  readonly metric?: Metric | undefined
  /** every word that people read, with how often, for the spelling pass */
  readonly words: ReadonlyMap<string, number>
}

/** Replaces the index in one transaction: whoever reads sees the old one whole, or the new one. */
export function writeIndex(db: Db, content: IndexContent): void {
  db.transaction(() => {
    clear(db)
    writeSources(db, content.sources)
    writeArticles(db, content.articles)
    writeChunks(db, content.chunks)
    writeWords(db, content.words)
    const space = ensureSpace(db, content.space)
    writeVectors(db, space, content)
    writeMetric(db, space, content.metric)
    pruneEmbeddings(db, space, content.hashes.flat())
    writeSetting(db, 'kb', content.kb)
    writeSetting(db, 'space', String(space))
  }).immediate()
  db.pragma('wal_checkpoint(TRUNCATE)')
}

function clear(db: Db): void {
  db.exec(`
    DELETE FROM source; DELETE FROM article; DELETE FROM chunk; DELETE FROM word; DELETE FROM vector;
    DELETE FROM metric;
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

function writeWords(db: Db, words: ReadonlyMap<string, number>): void {
  const insert = db.prepare('INSERT INTO word VALUES (?, ?)')
  for (const [word, count] of words) insert.run(word, count)
}

function writeVectors(db: Db, space: number, content: IndexContent): void {
  const { chunks, hashes, metric } = content
  const { dims } = content.space
  const table = vectorTable(space)
  db.exec(
    `CREATE VIRTUAL TABLE ${table} USING vec0 (id INTEGER PRIMARY KEY, e float[${dims}] distance_metric=cosine)`,
  )
  const find = db.prepare('SELECT value FROM embedding WHERE space_id = ? AND sha256 = ?').pluck()
  const insertRow = db.prepare('INSERT INTO vector VALUES (?, ?, ?)')
  const insertVector = db.prepare(`INSERT INTO ${table} VALUES (?, ?)`)
  let id = 0
  for (const [index, chunk] of chunks.entries()) {
    for (const [nth, { kind }] of chunk.embed.entries()) {
      const blob = find.get(space, hashes[index]?.[nth]) as Buffer | undefined
      if (blob === undefined) throw new TypeError(`chunk ${index} has no vector for its ${kind}`)
      const vector = toMetric(metric, fromBlob(blob))
      id += 1
      insertRow.run(id, index + 1, kind)
      insertVector.run(BigInt(id), toBlob(vector, dims))
    }
  }
}

/** The cache forgets what no text of the index needs, and every other model. */
function pruneEmbeddings(db: Db, space: number, used: readonly string[]): void {
  db.prepare('DELETE FROM embedding WHERE space_id <> ?').run(space)
  db.prepare('DELETE FROM embedding WHERE sha256 NOT IN (SELECT value FROM json_each(?))').run(
    JSON.stringify(used),
  )
  db.prepare('DELETE FROM space WHERE id <> ?').run(space)
}

function writeSetting(db: Db, name: string, value: string): void {
  db.prepare('INSERT OR REPLACE INTO setting VALUES (?, ?)').run(name, value)
}
