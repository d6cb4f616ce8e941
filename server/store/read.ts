import type { SectionRole } from '../../kb/types.ts'
import type { Metric } from './metric.ts'
import { type Allows, loadVectors, type VectorHit } from './nearest.ts'
import { type Db, openReadable } from './open.ts'
import { readMetric } from './stored-metric.ts'
import type { IndexInfo, StoredArticle, StoredSource } from './types.ts'

export type LexicalHit = { readonly chunkId: number; readonly bm25: number }
export type ChunkRow = {
  readonly id: number
  readonly articleId: string
  readonly role: SectionRole
  readonly title: string
  readonly heading: string
  readonly markdown: string
}

/** Where a chunk belongs: its article, and that article's first chunk. */
export type Place = { readonly articleId: string; readonly first: number }

/** What a reader of the index can ask. All calls are synchronous and take a few milliseconds. */
export type IndexReader = {
  /** changes whenever somebody else has replaced the index */
  version(): number
  info(): IndexInfo | undefined
  /** `match` is an FTS5 expression that the program built: never a person's text */
  lexical(match: string, limit: number, allows?: Allows): LexicalHit[]
  /** how many chunks an expression, not an empty one, matches: some twentieth of what ranking them takes */
  matching(match: string): number
  /** what the index's vectors are compared in; undefined: as they are */
  metric(): Metric | undefined
  /** the vector is in the index's metric and of length 1 */
  nearest(vector: Float32Array, limit: number, allows?: Allows): VectorHit[]
  /** the same for the vectors of these chunks and of the first pieces of their articles */
  cosines(vector: Float32Array, chunkIds: readonly number[]): VectorHit[]
  chunks(ids: readonly number[]): ChunkRow[]
  /** of every chunk, by its id */
  places(): ReadonlyMap<number, Place>
  articles(): StoredArticle[]
  article(id: string): StoredArticle | undefined
  sources(): StoredSource[]
  /** every stem of the full-text index with the number of chunks that hold it */
  terms(): { readonly term: string; readonly chunks: number }[]
  /** every word that people read, with how often */
  words(): Map<string, number>
  /** every text that is read, one a chunk */
  texts(): string[]
  /** runs a call on one state of the index, whatever is written meanwhile */
  consistent<T>(call: () => T): T
  close(): void
}

/** Opens the index in a data folder; throws where there is none. */
export function openIndex(dataDir: string): IndexReader {
  return createReader(openReadable(dataDir))
}

/** bm25's weights by column: title, path, body, codes, aliases. */
const WEIGHTS = '2.0, 1.2, 1.0, 4.0, 1.6'

/** Questions repeat their words; what else there is would only fill the memory. */
const MAX_COUNTS = 20_000

/** Reads an index through an open connection. */
export function createReader(db: Db): IndexReader {
  const chunks = db.prepare(
    `SELECT id, article_id AS articleId, role, title, heading, markdown FROM chunk
      WHERE id IN (SELECT value FROM json_each(?))`,
  )
  const article = db.prepare('SELECT data FROM article WHERE id = ?').pluck()
  const matching = db.prepare('SELECT count(*) FROM chunk_fts WHERE chunk_fts MATCH ?').pluck()
  // inside of a transaction there is but one state
  let held: number | undefined
  const version = () => held ?? (db.pragma('data_version', { simple: true }) as number)
  const vectors = ofEachVersion(version, () => ofSpace(db, loadVectors))
  const metric = ofEachVersion(version, () => ofSpace(db, readMetric))
  const counts = ofEachVersion(version, () => new Map<string, number>())
  const places = ofEachVersion(version, () => loadPlaces(db))
  return {
    version,
    info: () => readInfo(db),
    lexical: createLexical(db),
    matching(match) {
      const known = counts().get(match) ?? (matching.get(match) as number)
      if (counts().size < MAX_COUNTS) counts().set(match, known)
      return known
    },
    metric,
    nearest: (vector, limit, allows) => vectors()?.nearest(vector, limit, allows) ?? [],
    cosines(vector, ids) {
      const place = places()
      const firsts = ids.flatMap((id) => place.get(id)?.first ?? [])
      return vectors()?.of(vector, new Set([...ids, ...firsts])) ?? []
    },
    chunks: (ids) => chunks.all(JSON.stringify(ids)) as ChunkRow[],
    places,
    articles: () => readArticles(db),
    article(id) {
      const data = article.get(id) as string | undefined
      return data === undefined ? undefined : (JSON.parse(data) as StoredArticle)
    },
    sources: () => readSources(db),
    terms: () =>
      db.prepare('SELECT term, doc AS chunks FROM chunk_term').all() as {
        term: string
        chunks: number
      }[],
    words: () =>
      new Map(db.prepare('SELECT word, count FROM word').raw().all() as [string, number][]),
    texts: () =>
      db
        .prepare(`SELECT title || ' ' || path || ' ' || body || ' ' || aliases FROM chunk`)
        .pluck()
        .all() as string[],
    consistent: (call) =>
      db.transaction(() => {
        // the first read of a transaction is what settles its state
        setting(db, 'kb')
        held = version()
        try {
          return call()
        } finally {
          held = undefined
        }
      })(),
    close: () => void db.close(),
  }
}

/** What is read once and then kept until the index is replaced. */
function ofEachVersion<T>(version: () => number, load: () => T): () => T {
  let kept: { readonly version: number; readonly value: T } | undefined
  return () => {
    const now = version()
    if (kept?.version !== now) kept = { version: now, value: load() }
    return kept.value
  }
}

const setting = (db: Db, name: string) =>
  db.prepare('SELECT value FROM setting WHERE name = ?').pluck().get(name) as string | undefined

const count = (db: Db, table: string) =>
  db.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number

/** undefined where no index has been written yet. */
function readInfo(db: Db): IndexInfo | undefined {
  const kb = setting(db, 'kb')
  const space = readSpace(db)
  if (kb === undefined || space === undefined) return undefined
  return {
    kb,
    space,
    articles: count(db, 'article'),
    chunks: count(db, 'chunk'),
    vectors: count(db, 'vector'),
  }
}

const readSpace = (db: Db) =>
  db.prepare('SELECT fingerprint, dims FROM space WHERE id = ?').get(setting(db, 'space') ?? -1) as
    | IndexInfo['space']
    | undefined

function ofSpace<T>(db: Db, open: (db: Db, space: number) => T): T | undefined {
  const space = setting(db, 'space')
  return space === undefined ? undefined : open(db, Number(space))
}

function loadPlaces(db: Db): Map<number, Place> {
  const rows = db
    .prepare('SELECT id, article_id, ord FROM chunk ORDER BY article_id, ord')
    .raw()
    .iterate() as Iterable<[number, string, number]>
  const places = new Map<number, Place>()
  let first = 0
  for (const [id, articleId, ord] of rows) {
    if (ord === 0) first = id
    places.set(id, { articleId, first })
  }
  return places
}

/** Without a limit in SQL: what is not allowed must not take the place of what is. */
function createLexical(db: Db): IndexReader['lexical'] {
  const sql = `SELECT rowid AS chunkId, -rank AS bm25 FROM chunk_fts
    WHERE chunk_fts MATCH ? AND rank MATCH 'bm25(${WEIGHTS})' ORDER BY rank`
  const best = db.prepare(`${sql} LIMIT ?`)
  const all = db.prepare(sql)
  return (match, limit, allows) => {
    if (match === '') return []
    if (allows === undefined) return best.all(match, limit) as LexicalHit[]
    const hits = all.all(match) as LexicalHit[]
    return hits.filter(({ chunkId }) => allows(chunkId)).slice(0, limit)
  }
}

function readArticles(db: Db): StoredArticle[] {
  const rows = db.prepare('SELECT data FROM article ORDER BY id').pluck().all() as string[]
  return rows.map((data) => JSON.parse(data) as StoredArticle)
}

function readSources(db: Db): StoredSource[] {
  const rows = db.prepare('SELECT * FROM source ORDER BY path').all() as (Omit<
    StoredSource,
    'articles'
  > & { articles: string })[]
  return rows.map((row) => ({ ...row, articles: JSON.parse(row.articles) as StoredArticle[] }))
}
