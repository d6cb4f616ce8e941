import type { Passage, Query } from '../../kb/types.ts'
import type { ChunkRow, IndexReader, LexicalHit, StoredArticle, VectorHit } from '../store/index.ts'
import { judge, type Verdict } from './band.ts'
import type { Embedder } from './embed/index.ts'
import { namedIn, registryArticles, standing } from './named.ts'
import { caseScore, type Found, joinHits, sum, WEIGHTS } from './score.ts'
import type { Snapshot } from './snapshot.ts'
import { codesOf, compoundsOf, toMatch, wordsOf } from './terms.ts'
import { toEnglish } from './translate.ts'

export type SearchDeps = Snapshot & { readonly reader: IndexReader; readonly embedder: Embedder }

/** What was found, and what the verdict on it is made of. */
export type Trace = Verdict & { readonly passages: readonly Passage[] }

const LEXICAL_LIMIT = 60
const VECTOR_LIMIT = 60
const RESCORED = 30
const MAX_ARTICLES = 10
const PER_ARTICLE = 3

/** Both searches, joined, with what is known of the case; then the verdict whether it is an answer. */
export async function search(asked: Query, deps: SearchDeps): Promise<Trace> {
  const query = { ...asked, text: toEnglish(asked.text) }
  const codes = codesOf(query.text, query.codes)
  const words = wordsOf(query.text).map(deps.speller.correct)
  const match = toMatch([...words, ...compoundsOf(query.text)], codes)
  const lexical = deps.reader.lexical(match, LEXICAL_LIMIT)
  const vectors = await nearest(query.text, lexical, deps)
  const passages = rank(joinHits(lexical, vectors), query, codes, deps)
  return { ...judge({ query, codes, words, lexical, vectors, passages, deps }), passages }
}

/** The corrected words are what the model reads, so that a slip of the finger costs nothing here too. */
async function nearest(
  text: string,
  lexical: readonly LexicalHit[],
  { reader, embedder, speller }: SearchDeps,
): Promise<VectorHit[]> {
  const prepared = embedder.prepare(respell(text, speller.correct))
  if (prepared === '') return []
  const [vector] = await embedder.embed([prepared])
  if (vector === undefined) return []
  // what only the full-text search found has a vector too, and is judged by it
  const ids = lexical.slice(0, RESCORED).map(({ chunkId }) => chunkId)
  return [...reader.nearest(vector, VECTOR_LIMIT), ...reader.cosines(vector, ids)]
}

const respell = (text: string, correct: (word: string) => string): string =>
  text.replaceAll(/[A-Za-z]{5,}/g, (word) => correct(word.toLowerCase()))

/** Passages by article: the best article first, and of each the pieces that were found. */
function rank(
  found: ReadonlyMap<number, Found>,
  query: Query,
  codes: readonly string[],
  { reader, articles }: SearchDeps,
): Passage[] {
  const byArticle = new Map<string, Passage[]>()
  const alias = aliasByArticle(found, reader)
  const named = namedIn(query)
  const registry = registryArticles(codes)
  // who asks for a code and nothing else wants to know what it means
  const bare = codes.length > 0 && wordsOf(query.text).every((word) => /^\d+$/.test(word))
  for (const row of reader.chunks([...found.keys()])) {
    const article = articles.get(row.articleId)
    if (article === undefined) continue
    const passage = toPassage(row, article, query, codes, {
      ...(found.get(row.id) as Found),
      alias: alias.get(row.articleId) ?? 0,
      standing: standing(article, named),
      registry: registry.has(row.articleId) ? (bare ? 3 : 1) : 0,
    })
    byArticle.set(row.articleId, [...(byArticle.get(row.articleId) ?? []), passage])
  }
  return [...byArticle.values()]
    .map((passages) => passages.toSorted((a, b) => b.score - a.score).slice(0, PER_ARTICLE))
    .toSorted((a, b) => (b[0]?.score ?? 0) - (a[0]?.score ?? 0))
    .slice(0, MAX_ARTICLES)
    .flat()
}

/** A question found among the ways of asking speaks for each piece of its article, not for the lead alone. */
function aliasByArticle(found: ReadonlyMap<number, Found>, reader: IndexReader) {
  const best = new Map<string, number>()
  const asked = [...found].filter(([, { alias }]) => alias > 0)
  const rows = new Map(reader.chunks(asked.map(([id]) => id)).map((row) => [row.id, row]))
  for (const [id, { alias }] of asked) {
    const articleId = rows.get(id)?.articleId
    if (articleId !== undefined) best.set(articleId, Math.max(best.get(articleId) ?? 0, alias))
  }
  return best
}

type Signals = Found & {
  readonly standing: ReturnType<typeof standing>
  readonly registry: number
}

function toPassage(
  row: ChunkRow,
  article: StoredArticle,
  query: Query,
  codes: readonly string[],
  { lexical, vector, alias, standing, registry }: Signals,
): Passage {
  const parts = {
    lexical: WEIGHTS.lexical * lexical,
    vector: WEIGHTS.vector * Math.max(vector, alias),
    ...caseScore(article, query, codes),
    named: standing === 'named' ? WEIGHTS.named : 0,
    aside: standing === 'aside' ? -WEIGHTS.aside : 0,
    registry: registry * WEIGHTS.registry,
    title: codes.some((code) => row.title.includes(code)) ? WEIGHTS.title : 0,
  }
  return {
    chunkId: row.id,
    articleId: row.articleId,
    title: row.title,
    heading: row.heading,
    role: row.role,
    markdown: row.markdown,
    url: article.url ?? `/articles/${encodeURIComponent(row.articleId)}`,
    score: article.weight * sum(parts),
    explain: { ...parts, weight: article.weight },
  }
}
