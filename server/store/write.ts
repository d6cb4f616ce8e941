import { ensureSpace } from './embeddings.ts'
import type { Db } from './open.ts'
import type { Chunk, Space, StoredArticle, StoredSource } from './types.ts'

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
    pruneEmbeddings(db, space)
    writeSetting(db, 'kb', content.kb)
    writeSetting(db, 'space', String(space))
  }).immediate()
  db.pragma('wal_checkpoint(TRUNCATE)')
}

function clear(db: Db): void {
  db.exec(`
    DELETE FROM source; DELETE FROM article; DELETE FROM chunk; DELETE FROM word; DELETE FROM vector;
    INSERT INTO chunk_fts (chunk_fts) VALUES ('delete-all');
  `)
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

function writeVectors(db: Db, space: number, { chunks, hashes }: IndexContent): void {
  const find = db.prepare('SELECT id FROM embedding WHERE space_id = ? AND sha256 = ?').pluck()
  const insert = db.prepare('INSERT INTO vector (chunk_id, kind, embedding_id) VALUES (?, ?, ?)')
  for (const [index, chunk] of chunks.entries()) {
    for (const [nth, { kind }] of chunk.embed.entries()) {
      const embedding = find.get(space, hashes[index]?.[nth]) as number | undefined
      if (embedding === undefined)
        throw new TypeError(`chunk ${index} has no vector for its ${kind}`)
      insert.run(index + 1, kind, embedding)
    }
  }
}

/** The cache forgets what no text of the index needs, and every other model. */
function pruneEmbeddings(db: Db, space: number): void {
  db.exec('DELETE FROM embedding WHERE id NOT IN (SELECT embedding_id FROM vector)')
  db.prepare('DELETE FROM space WHERE id <> ?').run(space)
}

function writeSetting(db: Db, name: string, value: string): void {
  db.prepare('INSERT OR REPLACE INTO setting VALUES (?, ?)').run(name, value)
}
