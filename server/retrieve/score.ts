import type { Query } from '../../kb/types.ts'
import type { LexicalHit, StoredArticle, VectorHit } from '../store/index.ts'
import { codeTokens } from './codes.ts'
import { factsOf } from './facts.ts'

/** What one chunk has for it, before anything else is known. */
export type Found = { lexical: number; vector: number; alias: number }

/** In the index's metric: what is below `from` is chance, what is `span` above it is as good as equal. */
export const COSINE = { from: 0, span: 0.6 }

/** Cosine as a share. */
export const affine = (cosine: number): number => clamp((cosine - COSINE.from) / COSINE.span)
const clamp = (value: number) => Math.min(1, Math.max(0, value))

/**
 * Joins both searches by chunk. Lexical scores count relative to the best, cosines as they are: measured
 * to be better than joining by rank. A way of asking found by its vector speaks for its article's lead.
 */
export function joinHits(
  lexical: readonly LexicalHit[],
  vectors: readonly VectorHit[],
): Map<number, Found> {
  const found = new Map<number, Found>()
  const at = (chunkId: number): Found => {
    const entry = found.get(chunkId) ?? { lexical: 0, vector: 0, alias: 0 }
    found.set(chunkId, entry)
    return entry
  }
  const top = lexical[0]?.bm25 ?? 1
  for (const { chunkId, bm25 } of lexical) at(chunkId).lexical = bm25 / top
  for (const { chunkId, kind, cosine } of vectors) {
    const entry = at(chunkId)
    const field = kind === 'chunk' ? 'vector' : 'alias'
    entry[field] = Math.max(entry[field], affine(cosine))
  }
  return found
}

/**
 * The weights of the parts of a score. Those of the case act once for each article. Chosen on each article's
 * own ways of asking, one left out of the index at a time and asked for.
 */
export const WEIGHTS = {
  lexical: 0.8,
  vector: 0.8,
  codes: 0.35,
  reasons: 0.08,
  causes: 0.3,
  products: 0.12,
  providers: 0.15,
  audience: 0.03,
  named: 0.08,
  aside: 0.22,
  registry: 0.08,
  title: 0.08,
  /** set by hand, on all question sets: the question holds its id, word by word: "backscatter", "mailbox full" */
  called: 0.4,
} as const

/** Parts of a score by name: what each gives an article. */
export type Parts = Readonly<Record<string, (article: StoredArticle) => number>>

/** What the case says for an article: codes, causes, products … that it is about. */
export function caseParts(query: Query, codes: readonly string[]): Parts {
  const tokens = codes.map((code) => ({ weight: weightOf(code), tokens: codeTokens(code) }))
  const { reasons, causes, products, providers, audience } = query
  return {
    codes: (article) => WEIGHTS.codes * share(tokens, factsOf(article).codes),
    reasons: (article) => WEIGHTS.reasons * any(reasons, article.reasons),
    causes: (article) => WEIGHTS.causes * ranked(causes, article.causes),
    products: (article) => WEIGHTS.products * any(products, article.products),
    providers: (article) => WEIGHTS.providers * any(providers, article.providers),
    audience: (article) =>
      audience !== undefined && article.audience.includes(audience) ? WEIGHTS.audience : 0,
  }
}

/** An article about one of two codes is half of what was asked; enhanced codes say more than reply codes. */
function share(
  codes: readonly { readonly weight: number; readonly tokens: readonly string[] }[],
  own: ReadonlySet<string>,
): number {
  let total = 0
  let hit = 0
  for (const { weight, tokens } of codes) {
    total += weight
    if (tokens.some((token) => own.has(token))) hit += weight
  }
  return total === 0 ? 0 : hit / Math.max(total, 1)
}

const weightOf = (code: string): number => (code.includes('.') ? 1 : 0.4)

const any = (wanted: readonly string[], own: readonly string[]): number =>
  wanted.some((value) => own.includes(value)) ? 1 : 0

/** Causes come likeliest first: the first counts whole, the next less. */
function ranked(wanted: readonly string[], own: readonly string[]): number {
  const at = wanted.findIndex((value) => own.includes(value))
  return at < 0 ? 0 : 1 / (1 + at * 0.5)
}

/** What the parts give an article together. */
export function sumOf(parts: Parts, article: StoredArticle): number {
  let total = 0
  for (const name in parts) total += parts[name]?.(article) ?? 0
  return total
}

/** What each of them gives it, by name. */
export const each = (parts: Parts, article: StoredArticle): Record<string, number> =>
  Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, part(article)]))
