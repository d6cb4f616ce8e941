import type { Article, SectionRole } from '../../kb/types.ts'
import { type Db, openReadable } from './open.ts'
import type { IndexInfo, StoredArticle, StoredSource, VectorKind } from './types.ts'
import { cosine, fromBlob, toBlob } from './vectors.ts'

export type LexicalHit = { readonly chunkId: number; readonly bm25: number }
export type VectorHit = {
  readonly chunkId: number
  readonly kind: VectorKind
  readonly cosine: number
}
export type ChunkRow = {
  readonly id: number
  readonly articleId: string
  readonly role: SectionRole
  readonly title: string
  readonly heading: string
  readonly markdown: string
}

/** What a reader of the index can ask. All calls are synchronous and take a few milliseconds. */
export type IndexReader = {
  /** changes whenever somebody else has replaced the index */
  version(): number
  info(): IndexInfo | undefined
  /** `match` is an FTS5 expression that the program built: never a person's text */
  lexical(match: string, limit: number): LexicalHit[]
  nearest(vector: Float32Array, limit: number): VectorHit[]
  /** the same for the vectors of these chunks and of the first pieces of their articles */
  cosines(vector: Float32Array, chunkIds: readonly number[]): VectorHit[]
  chunks(ids: readonly number[]): ChunkRow[]
  articles(): StoredArticle[]
  sources(): StoredSource[]
  /** every stem of the full-text index with the number of chunks that hold it */
  terms(): { readonly term: string; readonly chunks: number }[]
  /** every text that people read, for the vocabulary of the spelling pass */
  texts(): string[]
  close(): void
}

/** Opens the index in a data folder; throws where there is none. */
export function openIndex(dataDir: string): IndexReader {
  return createReader(openReadable(dataDir))
}

/** bm25's weights by column: title, path, body, codes, aliases. */
const WEIGHTS = '2.0, 1.2, 1.0, 4.0, 1.6'

/** Reads an index through an open connection. */
export function createReader(db: Db): IndexReader {
  const lexical = db.prepare(
    `SELECT rowid AS chunkId, -rank AS bm25 FROM chunk_fts
      WHERE chunk_fts MATCH ? AND rank MATCH 'bm25(${WEIGHTS})' ORDER BY rank LIMIT ?`,
  )
  const chunks = db.prepare(
    `SELECT id, article_id AS articleId, role, title, heading, markdown FROM chunk
      WHERE id IN (SELECT value FROM json_each(?))`,
  )
  return {
    version: () => db.pragma('data_version', { simple: true }) as number,
    info: () => readInfo(db),
    lexical: (match, limit) => (match === '' ? [] : (lexical.all(match, limit) as LexicalHit[])),
    nearest: createNearest(db),
    cosines: createCosines(db),
    chunks: (ids) => chunks.all(JSON.stringify(ids)) as ChunkRow[],
    articles: () => readJson<StoredArticle>(db, 'SELECT data FROM article ORDER BY id'),
    sources: () => readSources(db),
    terms: () =>
      db.prepare('SELECT term, doc AS chunks FROM chunk_term').all() as {
        term: string
        chunks: number
      }[],
    texts: () =>
      db
        .prepare(`SELECT title || ' ' || path || ' ' || body || ' ' || aliases FROM chunk`)
        .pluck()
        .all() as string[],
    close: () => void db.close(),
  }
}

const setting = (db: Db, name: string) =>
  db.prepare('SELECT value FROM setting WHERE name = ?').pluck().get(name) as string | undefined

const count = (db: Db, table: string) =>
  db.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number

/** undefined where no index has been written yet. */
function readInfo(db: Db): IndexInfo | undefined {
  const kb = setting(db, 'kb')
  const space = db
    .prepare('SELECT fingerprint, dims FROM space WHERE id = ?')
    .get(setting(db, 'space') ?? -1) as IndexInfo['space'] | undefined
  if (kb === undefined || space === undefined) return undefined
  return {
    kb,
    space,
    articles: count(db, 'article'),
    chunks: count(db, 'chunk'),
    vectors: count(db, 'vector'),
  }
}

/** The table's name goes with the model, so the statement is made anew when the index was replaced. */
function createNearest(db: Db): IndexReader['nearest'] {
  const prepare = (space: string) =>
    db.prepare(
      `SELECT v.chunk_id AS chunkId, v.kind, 1 - n.distance AS cosine
         FROM (SELECT id, distance FROM vector_${space} WHERE e MATCH ? ORDER BY distance LIMIT ?) n
         JOIN vector v ON v.id = n.id ORDER BY n.distance`,
    )
  let statement: ReturnType<typeof prepare> | undefined
  let current: string | undefined
  return (vector, limit) => {
    const space = setting(db, 'space')
    if (space === undefined) return []
    if (space !== current) statement = prepare(space)
    current = space
    return statement?.all(toBlob(vector, vector.length), limit) as VectorHit[]
  }
}

/** Bounds the memory at about 40 MB; a question asks for some hundred. */
const MAX_REMEMBERED = 20_000

/**
 * Looked up one by one: a few hundred vectors, whatever the size of the index. They are remembered, since
 * a look-up in vec0 takes many times as long as the product; a replaced index forgets them.
 */
function createCosines(db: Db): IndexReader['cosines'] {
  const ids = db.prepare(
    `SELECT v.id, v.chunk_id AS chunkId, v.kind FROM vector v WHERE v.chunk_id IN (
       SELECT value FROM json_each(@ids) UNION
       SELECT first.id FROM chunk c JOIN chunk first ON first.article_id = c.article_id AND first.ord = 0
        WHERE c.id IN (SELECT value FROM json_each(@ids)))`,
  )
  const remembered = new Map<number, Float32Array>()
  let current: string | undefined
  return (vector, chunkIds) => {
    const space = setting(db, 'space')
    if (space === undefined || chunkIds.length === 0) return []
    const state = `${db.pragma('data_version', { simple: true })} ${space}`
    if (state !== current || remembered.size > MAX_REMEMBERED) remembered.clear()
    current = state
    const one = db.prepare(`SELECT e FROM vector_${space} WHERE id = ?`).pluck()
    const vectorOf = (id: number): Float32Array => {
      const found = remembered.get(id) ?? fromBlob(one.get(BigInt(id)) as Buffer)
      remembered.set(id, found)
      return found
    }
    const rows = ids.all({ ids: JSON.stringify(chunkIds) }) as (Omit<VectorHit, 'cosine'> & {
      id: number
    })[]
    return rows.map(({ id, chunkId, kind }) => ({
      chunkId,
      kind,
      cosine: cosine(vector, vectorOf(id)),
    }))
  }
}

function readSources(db: Db): StoredSource[] {
  const rows = db.prepare('SELECT * FROM source ORDER BY path').all() as (Omit<
    StoredSource,
    'articles'
  > & { articles: string })[]
  return rows.map((row) => ({ ...row, articles: JSON.parse(row.articles) as StoredArticle[] }))
}

function readJson<T extends Article>(db: Db, sql: string): T[] {
  return (db.prepare(sql).pluck().all() as string[]).map((text) => JSON.parse(text) as T)
}
