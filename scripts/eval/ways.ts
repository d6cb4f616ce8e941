/** The ways of retrieval that are compared: each part alone, then one more at a time. */
import type { Query, Retrieval } from '../../kb/types.ts'
import { type AnswerDeps, answer } from '../../server/answer/index.ts'
import type { Embedder } from '../../server/retrieve/embed/index.ts'
import { queryOf } from '../../server/retrieve/index.ts'
import { joinHits, WEIGHTS } from '../../server/retrieve/score.ts'
import { search } from '../../server/retrieve/search.ts'
import type { Snapshot } from '../../server/retrieve/snapshot.ts'
import { codesOf, compoundsOf, toMatch, wordsOf } from '../../server/retrieve/terms.ts'
import { toEnglish } from '../../server/retrieve/translate.ts'
import { type IndexReader, toMetric } from '../../server/store/index.ts'

export type Source = Snapshot & { readonly reader: IndexReader; readonly embedder: Embedder }

/** Ids of articles, best first. */
export type Ranking = readonly string[]

export const WAYS = ['fts5', 'vectors', 'fused', 'with codes', 'with diagnosis'] as const
export type Way = (typeof WAYS)[number]

const HITS = 60

/** The rankings of one question by each way, and what the whole of it decides. */
export async function rankings(q: string, source: Source) {
  const text = toEnglish(q)
  const words = [...wordsOf(text).map(source.speller.correct), ...compoundsOf(text)]
  const lexical = source.reader.lexical(toMatch(words, []), HITS)
  const vectors = await nearest(text, source)
  const fused = [...joinHits(lexical, vectors)].map(([id, hit]) => ({
    id,
    score: WEIGHTS.lexical * hit.lexical + WEIGHTS.vector * Math.max(hit.vector, hit.alias),
  }))
  const withCodes = await search(queryOf(q), source)
  const whole = await asAnswered(q, source)
  const ranked: Record<Way, Ranking> = {
    fts5: byArticle(
      lexical.map(({ chunkId, bm25 }) => ({ id: chunkId, score: bm25 })),
      source,
    ),
    vectors: byArticle(
      vectors.map(({ chunkId, cosine }) => ({ id: chunkId, score: cosine })),
      source,
    ),
    fused: byArticle(fused, source),
    'with codes': articlesOf(withCodes),
    'with diagnosis': articlesOf(whole),
  }
  return { ranked, band: withCodes.band, whole: whole.band, codes: codesOf(q, []) }
}

async function nearest(text: string, { reader, embedder, metric }: Source) {
  const prepared = embedder.prepare(text)
  if (prepared === '') return []
  const [vector] = await embedder.embed([prepared])
  return vector === undefined ? [] : reader.nearest(toMetric(metric, vector), HITS)
}

/** What an answer to the question has to go by: its query carries what parser and diagnosis found. */
async function asAnswered(q: string, source: Source): Promise<Retrieval> {
  let found: Retrieval = { band: 'none', confidence: 0, passages: [] }
  const deps: AnswerDeps = {
    async retrieve(query: Query) {
      found = await search(query, source)
      return found
    },
    article: (id) => source.articles.get(id),
  }
  for await (const _ of answer({ messages: [{ role: 'user', content: q }] }, deps)) {
    // only what was retrieved on the way is looked at
  }
  return found
}

const articlesOf = ({ passages }: Pick<Retrieval, 'passages'>): Ranking => [
  ...new Set(passages.map(({ articleId }) => articleId)),
]

function byArticle(
  hits: readonly { readonly id: number; readonly score: number }[],
  { reader }: Source,
): Ranking {
  const rows = new Map(reader.chunks(hits.map(({ id }) => id)).map((row) => [row.id, row]))
  const ids = hits
    .toSorted((a, b) => b.score - a.score)
    .flatMap(({ id }) => rows.get(id)?.articleId ?? [])
  return [...new Set(ids)].slice(0, 10)
}
