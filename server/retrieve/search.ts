import type { Passage, Query } from '../../kb/types.ts'
import type { ChunkRow, IndexReader, StoredArticle } from '../store/index.ts'
import { judge, type Verdict } from './band.ts'
import type { Embedder } from './embed/index.ts'
import { isAside, namedIn } from './named.ts'
import { caseScore, type Found, joinHits, sum, WEIGHTS } from './score.ts'
import type { Snapshot } from './snapshot.ts'
import { codesOf, toMatch, wordsOf } from './terms.ts'
import { toEnglish } from './translate.ts'

export type SearchDeps = Snapshot & { readonly reader: IndexReader; readonly embedder: Embedder }

/** What was found, and what the verdict on it is made of. */
export type Trace = Verdict & { readonly passages: readonly Passage[] }

const LEXICAL_LIMIT = 60
const VECTOR_LIMIT = 60
const MAX_ARTICLES = 10
const PER_ARTICLE = 3

/** Both searches, joined, with what is known of the case; then the verdict whether it is an answer. */
export async function search(asked: Query, deps: SearchDeps): Promise<Trace> {
  const query = { ...asked, text: toEnglish(asked.text) }
  const codes = codesOf(query.text, query.codes)
  const words = wordsOf(query.text).map(deps.speller.correct)
  const lexical = deps.reader.lexical(toMatch(words, codes), LEXICAL_LIMIT)
  const vectors = await nearest(query.text, words, deps)
  const passages = rank(joinHits(lexical, vectors), query, codes, deps)
  return { ...judge({ query, codes, words, lexical, vectors, passages, deps }), passages }
}

/** The corrected words are what the model reads, so that a slip of the finger costs nothing here too. */
async function nearest(
  text: string,
  words: readonly string[],
  { reader, embedder, speller }: SearchDeps,
) {
  const prepared = embedder.prepare(words.length === 0 ? '' : respell(text, speller.correct))
  if (prepared === '') return []
  const [vector] = await embedder.embed([prepared])
  return vector ? reader.nearest(vector, VECTOR_LIMIT) : []
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
  for (const row of reader.chunks([...found.keys()])) {
    const article = articles.get(row.articleId)
    if (article === undefined) continue
    const passage = toPassage(row, article, query, codes, {
      ...(found.get(row.id) as Found),
      alias: alias.get(row.articleId) ?? 0,
      aside: isAside(article, named),
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

function toPassage(
  row: ChunkRow,
  article: StoredArticle,
  query: Query,
  codes: readonly string[],
  { lexical, vector, alias, aside }: Found & { readonly aside: boolean },
): Passage {
  const parts = {
    lexical: WEIGHTS.lexical * lexical,
    vector: WEIGHTS.vector * Math.max(vector, alias),
    ...caseScore(article, query, codes),
    aside: aside ? -WEIGHTS.aside : 0,
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
