import type { Passage, Query } from '../../kb/types.ts'
import { type IndexReader, type StoredArticle, toMetric } from '../store/index.ts'
import { affordable } from './affordable.ts'
import { judge, type Verdict } from './band.ts'
import type { Embedder } from './embed/index.ts'
import { classify, tokensOf } from './field/index.ts'
import { allowedBy } from './filter.ts'
import { namedIn, registryArticles, standing } from './named.ts'
import { caseParts, each, type Found, joinHits, type Parts, sumOf, WEIGHTS } from './score.ts'
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

/** A chunk that was found, scored; what the score is made of is put together for those that are shown. */
type Scored = {
  readonly chunkId: number
  readonly article: StoredArticle
  readonly score: number
  readonly hit: Found
  /** the nearest of its article's ways of asking: speaks for each of its pieces, not for the lead alone */
  readonly alias: number
}

/** Passages by article: the best article first, and of each the pieces that were found. */
function rank(
  found: ReadonlyMap<number, Found>,
  query: Query,
  codes: readonly string[],
  deps: FindDeps,
): Passage[] {
  const parts = articleParts(query, codes)
  const best = scoreByArticle(found, parts, deps)
    .map((scored) => scored.sort((a, b) => b.score - a.score).slice(0, PER_ARTICLE))
    .sort((a, b) => (b[0]?.score ?? 0) - (a[0]?.score ?? 0))
    .slice(0, MAX_ARTICLES)
    .flat()
  const rows = new Map(
    deps.reader.chunks(best.map(({ chunkId }) => chunkId)).map((row) => [row.id, row]),
  )
  return best.flatMap((scored) => {
    const row = rows.get(scored.chunkId)
    if (row === undefined) return []
    const { chunkId, article, score } = scored
    const { articleId, title, heading, role, markdown } = row
    const url = article.url ?? `/articles/${encodeURIComponent(articleId)}`
    const explain = explained(scored, parts)
    return [{ chunkId, score, explain, articleId, title, heading, role, markdown, url }]
  })
}

const lexicalPart = ({ lexical }: Found): number => WEIGHTS.lexical * lexical
const vectorPart = ({ vector }: Found, alias: number): number =>
  WEIGHTS.vector * Math.max(vector, alias)

const explained = ({ article, hit, alias }: Scored, parts: Parts): Passage['explain'] => ({
  lexical: lexicalPart(hit),
  vector: vectorPart(hit, alias),
  ...each(parts, article),
  weight: article.weight,
})

/** The chunks that were found with their scores, those of one article together. */
function scoreByArticle(
  found: ReadonlyMap<number, Found>,
  parts: Parts,
  { reader, articles }: FindDeps,
): Scored[][] {
  const places = reader.places()
  const byArticle = new Map<string, [chunkId: number, hit: Found][]>()
  for (const entry of found) {
    const articleId = places.get(entry[0])?.articleId
    if (articleId === undefined || !articles.has(articleId)) continue
    const chunks = byArticle.get(articleId)
    if (chunks) chunks.push(entry)
    else byArticle.set(articleId, [entry])
  }
  return [...byArticle].map(([articleId, chunks]) => {
    const article = articles.get(articleId) as StoredArticle
    const alias = chunks.reduce((most, [, hit]) => Math.max(most, hit.alias), 0)
    const ofCase = sumOf(parts, article)
    return chunks.map(([chunkId, hit]) => {
      const score = article.weight * (lexicalPart(hit) + vectorPart(hit, alias) + ofCase)
      return { chunkId, article, score, hit, alias }
    })
  })
}

/** What an article is worth to a case whatever of it was found. */
function articleParts(query: Query, codes: readonly string[]): Parts {
  const named = namedIn(query)
  const registry = registryArticles(codes)
  // who asks for a code and nothing else wants to know what it means
  const bare = codes.length > 0 && wordsOf(query.text).every((word) => /^\d+$/.test(word))
  return {
    ...caseParts(query, codes),
    standing: (article) => STANDING[standing(article, named)],
    registry: ({ id }) => (registry.has(id) ? (bare ? 3 : 1) * WEIGHTS.registry : 0),
    called: ({ id }) => (named.text.includes(calledAs(id)) ? WEIGHTS.called : 0),
    title: ({ title }) => (codes.some((code) => title.includes(code)) ? WEIGHTS.title : 0),
  }
}

/** "mail-loops" is what a mail loop is called. */
const calledAs = (id: string): string => ` ${id.replaceAll('-', ' ').replace(/s$/, '')}`

const STANDING = { named: WEIGHTS.named, aside: -WEIGHTS.aside, general: 0 } as const
