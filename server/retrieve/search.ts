import type { Passage, Query } from '../../kb/types.ts'
import { type IndexReader, type StoredArticle, toMetric } from '../store/index.ts'
import { affordable } from './affordable.ts'
import { judge, type Verdict } from './band.ts'
import type { Embedder } from './embed/index.ts'
import { classify, tokensOf } from './field/index.ts'
import { allowedBy } from './filter.ts'
import { namedIn, registryArticles, standing } from './named.ts'
import { caseScore, type Found, joinHits, sum, WEIGHTS } from './score.ts'
import type { Snapshot } from './snapshot.ts'
import { codesOf, compoundsOf, toMatch, wordsOf } from './terms.ts'
import { toEnglish } from './translate.ts'

export type FindDeps = Snapshot & { readonly reader: IndexReader }
export type SearchDeps = FindDeps & { readonly embedder: Embedder }

/** What was found, and what the verdict on it is made of. */
export type Trace = Verdict & { readonly passages: readonly Passage[] }

const LEXICAL_LIMIT = 60
const VECTOR_LIMIT = 60
const RESCORED = 30
const MAX_ARTICLES = 10
const PER_ARTICLE = 3

/** Both searches, joined, with what is known of the case; then the verdict whether it is an answer. */
export async function search(asked: Query, deps: SearchDeps): Promise<Trace> {
  const query = inEnglish(asked)
  return find(query, await embedQuery(query, deps), deps)
}

/** The query as it is looked for. */
export const inEnglish = (asked: Query): Query => ({ ...asked, text: toEnglish(asked.text) })

/**
 * The corrected words are what the model reads, so that a slip of the finger costs nothing here too.
 * undefined where there is nothing to read.
 */
export async function embedQuery(
  { text }: Query,
  { embedder, speller }: Pick<SearchDeps, 'embedder' | 'speller'>,
): Promise<Float32Array | undefined> {
  const prepared = embedder.prepare(respell(text, speller.correct))
  if (prepared === '') return undefined
  const [vector] = await embedder.embed([prepared])
  return vector
}

const respell = (text: string, correct: (word: string) => string): string =>
  text.replaceAll(/[A-Za-z]{5,}/g, (word) => correct(word.toLowerCase()))

/** The search beside the embedding: at once, so that it sees one state of the index. */
export function find(query: Query, raw: Float32Array | undefined, deps: FindDeps): Trace {
  const { reader, speller, info } = deps
  const vector = raw && toMetric(deps.metric, raw)
  const codes = codesOf(query.text, query.codes)
  const words = wordsOf(query.text).map(speller.correct)
  const terms = affordable([...words, ...compoundsOf(query.text)], info.chunks, (word) =>
    reader.matching(toMatch([word], [])),
  )
  const allows = allowedBy(query.only, deps)
  const lexical = reader.lexical(toMatch(terms, codes), LEXICAL_LIMIT, allows)
  // what only the full-text search found has a vector too, and is judged by it
  const ids = lexical.slice(0, RESCORED).map(({ chunkId }) => chunkId)
  const vectors = vector
    ? [...reader.nearest(vector, VECTOR_LIMIT, allows), ...reader.cosines(vector, ids)]
    : []
  const passages = rank(joinHits(lexical, vectors), query, codes, deps)
  const field = classify(deps.head, tokensOf(respell(query.text, corrected(deps))))
  return { ...judge({ query, codes, words, lexical, vectors, passages, field, deps }), passages }
}

/** A word that tells the field is no error, though no article may have it. */
const corrected =
  ({ head, speller }: FindDeps) =>
  (word: string): string =>
    tokensOf(word).some((token) => Object.hasOwn(head.tokens, token)) ? word : speller.correct(word)

type Scored = Pick<Passage, 'chunkId' | 'score' | 'explain'> & { readonly article: StoredArticle }

/** Passages by article: the best article first, and of each the pieces that were found. */
function rank(
  found: ReadonlyMap<number, Found>,
  query: Query,
  codes: readonly string[],
  deps: FindDeps,
): Passage[] {
  const best = [...scoreByArticle(found, query, codes, deps)]
    .map((scored) => scored.toSorted((a, b) => b.score - a.score).slice(0, PER_ARTICLE))
    .toSorted((a, b) => (b[0]?.score ?? 0) - (a[0]?.score ?? 0))
    .slice(0, MAX_ARTICLES)
    .flat()
  const rows = new Map(
    deps.reader.chunks(best.map(({ chunkId }) => chunkId)).map((row) => [row.id, row]),
  )
  return best.flatMap(({ article, ...scored }) => {
    const row = rows.get(scored.chunkId)
    if (row === undefined) return []
    const { articleId, title, heading, role, markdown } = row
    const url = article.url ?? `/articles/${encodeURIComponent(articleId)}`
    return [{ ...scored, articleId, title, heading, role, markdown, url }]
  })
}

/** The scores of the chunks that were found, those of one article together. */
function scoreByArticle(
  found: ReadonlyMap<number, Found>,
  query: Query,
  codes: readonly string[],
  { reader, articles }: FindDeps,
): Iterable<Scored[]> {
  const scoreOf = articleScorer(query, codes)
  const places = reader.places()
  const byArticle = new Map<string, [number, Found][]>()
  for (const entry of found) {
    const articleId = places.get(entry[0])?.articleId
    if (articleId === undefined || !articles.has(articleId)) continue
    byArticle.set(articleId, [...(byArticle.get(articleId) ?? []), entry])
  }
  return [...byArticle].map(([articleId, chunks]) => {
    const article = articles.get(articleId) as StoredArticle
    const ofCase = scoreOf(article)
    // a question found among the ways of asking speaks for each piece of its article, not for the lead alone
    const alias = Math.max(...chunks.map(([, hit]) => hit.alias))
    return chunks.map(([chunkId, { lexical, vector }]) => {
      const parts = {
        lexical: WEIGHTS.lexical * lexical,
        vector: WEIGHTS.vector * Math.max(vector, alias),
        ...ofCase,
      }
      const explain = { ...parts, weight: article.weight }
      return { chunkId, article, score: article.weight * sum(parts), explain }
    })
  })
}

/** What an article is worth to a case whatever of it was found. */
function articleScorer(query: Query, codes: readonly string[]) {
  const named = namedIn(query)
  const registry = registryArticles(codes)
  // who asks for a code and nothing else wants to know what it means
  const bare = codes.length > 0 && wordsOf(query.text).every((word) => /^\d+$/.test(word))
  return (article: StoredArticle) => {
    const stands = standing(article, named)
    return {
      ...caseScore(article, query, codes),
      named: stands === 'named' ? WEIGHTS.named : 0,
      aside: stands === 'aside' ? -WEIGHTS.aside : 0,
      registry: registry.has(article.id) ? (bare ? 3 : 1) * WEIGHTS.registry : 0,
      title: codes.some((code) => article.title.includes(code)) ? WEIGHTS.title : 0,
    }
  }
}
