/** The face of retrieval. */
import type { Article, Query, Retrieval } from '../../kb/types.ts'
import type { IndexInfo, IndexReader, StoredArticle } from '../store/index.ts'
import type { Embedder } from './embed/index.ts'
import { search, type Trace } from './search.ts'
import { type Snapshot, takeSnapshot } from './snapshot.ts'

export type { Trace } from './search.ts'

export type Retriever = {
  retrieve(query: Query): Promise<Retrieval>
  article(id: string): Article | undefined
  articles(): readonly Article[]
  /** undefined where there is no index */
  info(): IndexInfo | undefined
  /** throws, saying why, where questions cannot be answered: no index, or vectors of another model */
  check(): Promise<void>
  close(): Promise<void>
}

/** A query of a text alone, or with whatever else is known. */
export function queryOf(
  text: string,
  known: { readonly [K in keyof Query]?: Query[K] | undefined } = {},
): Query {
  const { audience, ...rest } = known
  return {
    codes: rest.codes ?? [],
    reasons: rest.reasons ?? [],
    causes: rest.causes ?? [],
    products: rest.products ?? [],
    providers: rest.providers ?? [],
    text,
    ...(audience !== undefined && { audience }),
  }
}

export type RetrieverDeps = { readonly reader: IndexReader; readonly embedder: Embedder }

/** The index cannot be used; the message says why and what to do. */
export class IndexUnusable extends Error {
  override name = 'IndexUnusable'
}

/**
 * Finds passages for a case. Sees at each call whether the index was replaced meanwhile: an ingest
 * needs no restart. Vectors of another model than the one that runs are never compared.
 */
export function createRetriever({ reader, embedder }: RetrieverDeps): Retriever {
  let version: number | undefined
  let snapshot: Snapshot | undefined
  const current = (): Snapshot | undefined => {
    const now = reader.version()
    if (now !== version) snapshot = takeSnapshot(reader)
    version = now
    return snapshot
  }
  const usable = (): Snapshot => {
    const state = current()
    if (state === undefined) throw new IndexUnusable('There is no index yet: run `npm run ingest`.')
    const { fingerprint } = state.info.space
    if (fingerprint === embedder.space.fingerprint) return state
    throw new IndexUnusable(
      `The index holds vectors of ${fingerprint}, but ${embedder.space.fingerprint} is running: run \`npm run ingest\`.`,
    )
  }
  return {
    async retrieve(query) {
      const found = await search(query, { reader, embedder, ...usable() })
      return { band: found.band, confidence: found.confidence, passages: found.passages }
    },
    article: (id) => current()?.articles.get(id),
    articles: () => [...((current()?.articles.values() ?? []) as Iterable<StoredArticle>)],
    info: () => current()?.info,
    async check() {
      usable()
      await embedder.embed([embedder.prepare('mail')])
    },
    async close() {
      await embedder.close()
      reader.close()
    },
  }
}

/** Retrieval with all that its verdict is made of, for measuring and fitting. */
export function createTrace({ reader, embedder }: RetrieverDeps): (text: string) => Promise<Trace> {
  const snapshot = takeSnapshot(reader)
  if (snapshot === undefined)
    throw new IndexUnusable('There is no index yet: run `npm run ingest`.')
  return (text) => search(queryOf(text), { reader, embedder, ...snapshot })
}
