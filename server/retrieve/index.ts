/** The face of retrieval. */
import type { Query, Retrieval } from '../../kb/types.ts'
import type { IndexReader } from '../store/index.ts'
import { type Catalogue, createCatalogue } from './catalogue.ts'
import { cacheEmbedder, type Embedder } from './embed/index.ts'
import { type Asked, createLikeness } from './likeness.ts'
import { embedQuery, find, inEnglish, search, type Trace } from './search.ts'
import { type Snapshot, takeSnapshot } from './snapshot.ts'
import { IndexUnusable, NO_INDEX } from './unusable.ts'

export type { Trace } from './search.ts'
export { startRetriever } from './thread/index.ts'
export { IndexUnusable } from './unusable.ts'

export type Retriever = Catalogue & {
  retrieve(query: Query): Promise<Retrieval>
  /** one vector a text, in order, of the model that finds passages */
  embed(texts: readonly string[]): Promise<readonly Float32Array[]>
  /**
   * one number for each entry, in order: how much `text` asks the same; 0 for nothing in common, about 1
   * for the same in like words
   */
  likeness(text: string, entries: readonly Asked[]): Promise<readonly number[]>
  /** throws, saying why, where questions cannot be answered: no index, or vectors of another model */
  check(): Promise<void>
  close(): Promise<void>
}

/** A query of a text alone, or with whatever else is known. */
export function queryOf(
  text: string,
  known: { readonly [K in keyof Query]?: Query[K] | undefined } = {},
): Query {
  const { audience, only, ...rest } = known
  return {
    codes: rest.codes ?? [],
    reasons: rest.reasons ?? [],
    causes: rest.causes ?? [],
    products: rest.products ?? [],
    providers: rest.providers ?? [],
    text,
    ...(audience !== undefined && { audience }),
    ...(only !== undefined && { only }),
  }
}

export type RetrieverDeps = { readonly reader: IndexReader; readonly embedder: Embedder }

/**
 * Finds passages for a case. Sees at each call whether the index was replaced meanwhile: an ingest
 * needs no restart. Vectors of another model than the one that runs are never compared.
 */
export function createRetriever({ reader, embedder }: RetrieverDeps): Retriever {
  const cached = cacheEmbedder(embedder)
  const likeness = createLikeness(embedder)
  let kept: { readonly version: number; readonly snapshot: Snapshot | undefined } | undefined
  const current = (): Snapshot | undefined => {
    const version = reader.version()
    if (kept?.version !== version) kept = { version, snapshot: takeSnapshot(reader) }
    return kept.snapshot
  }
  const usable = (): Snapshot => {
    const state = current()
    if (state === undefined) throw new IndexUnusable(NO_INDEX)
    const { fingerprint } = state.info.space
    if (fingerprint === embedder.space.fingerprint) return state
    throw new IndexUnusable(
      `The index holds vectors of ${fingerprint}, but ${embedder.space.fingerprint} is running: run \`npm run ingest\`.`,
    )
  }
  return {
    ...createCatalogue(reader),
    async retrieve(asked) {
      const query = inEnglish(asked)
      const vector = await embedQuery(query, { embedder: cached, ...usable() })
      const found = reader.consistent(() => find(query, vector, { reader, ...usable() }))
      return { band: found.band, confidence: found.confidence, passages: found.passages }
    },
    embed: (texts) => embedder.embed(texts.map(embedder.prepare)),
    likeness: async (text, entries) =>
      likeness(inEnglish(queryOf(text)).text, entries, { reader, ...usable() }),
    async check() {
      usable()
      // a vector from the cache would say nothing about the model
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
  if (snapshot === undefined) throw new IndexUnusable(NO_INDEX)
  return (text) => search(queryOf(text), { reader, embedder, ...snapshot })
}
