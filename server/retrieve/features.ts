import type { StoredArticle, VectorHit } from '../store/index.ts'
import type { Evidence } from './band.ts'
import { codeTokens } from './codes.ts'
import { factsOf } from './facts.ts'
import { tokensOf } from './field/index.ts'
import { CHORE_WORDS, FIELD_TERMS, SURE_NAMES, TRADE_NAMES, TROUBLE_WORDS } from './field-terms.ts'
import type { Speller } from './spelling.ts'

/** What the verdict is made of; each about 0 to 1. */
export function featuresOf(evidence: Evidence) {
  const { query, codes, words, lexical, vectors, passages, deps } = evidence
  const { field: shares } = evidence
  const field = words.filter((word) => FIELD_TERMS.has(word)).length
  const tokens = codes.flatMap(codeTokens)
  const all = query.text.toLowerCase().match(/[\p{L}']+/gu) ?? []
  return {
    /** the nearest vector of all, and the nearest way of asking */
    cosine: best(vectors),
    alias: best(vectors.filter(({ kind }) => kind !== 'chunk')),
    /** how much of the question the KB has words for */
    coverage: share(words.map((word) => deps.speller.knows(word))),
    /** how much of it, rare words counting more, stands in the best article */
    topCoverage: topCoverage(words, deps.articles.get(passages[0]?.articleId ?? ''), deps.speller),
    /** the best full-text score, made comparable over lengths of question and sizes of index */
    bm25:
      (lexical[0]?.bm25 ?? 0) /
      Math.sqrt(words.length + codes.length || 1) /
      Math.log(1 + deps.info.chunks),
    /** which field it belongs to, by examples */
    off: logit(shares.off),
    near: logit(shares.near),
    /** words that neither the KB nor the examples have: of another field, as likely as not */
    strange: Math.min(1, words.filter((word) => isStrange(word, deps)).length / 3),
    /** is it about mail at all? */
    field: Math.min(1, field / 2),
    fieldShare: words.length === 0 ? 0 : field / words.length,
    /** is something wrong with it, or is it a chore of the desk? */
    trouble: Math.min(1, all.filter((word) => TROUBLE_WORDS.has(word)).length / 2),
    chore: Math.min(1, all.filter((word) => CHORE_WORDS.has(word)).length),
    codesKnown: tokens.some((token) => deps.codes.has(token)) ? 1 : 0,
    codesUnknown: tokens.length > 0 && !tokens.some((token) => deps.codes.has(token)) ? 1 : 0,
    /** a code and nothing else, and how much there is to go by */
    bare: codes.length > 0 && words.every((word) => /^\d+$/.test(word)) ? 1 : 0,
    length: Math.min(1, words.length / 12),
    /** a name of the trade, and no sign that it is meant otherwise, as in sunscreen */
    trade:
      SURE_NAMES.test(query.text) || (TRADE_NAMES.test(query.text) && shares.off < 0.7) ? 1 : 0,
    /** a report was read: the question is about a mail that came back, whatever its words */
    diagnosis: query.causes.length > 0 || query.reasons.length > 0 ? 1 : 0,
    /** does the best article stand out? */
    score: Math.min(1, (passages[0]?.score ?? 0) / 1.5),
  }
}

/** -1 to 1 over what a classifier can be sure of. */
const logit = (share: number): number =>
  Math.max(-1, Math.min(1, Math.log(share / (1 - share)) / 15))

export type Features = ReturnType<typeof featuresOf>

const isStrange = (word: string, { speller, head }: Evidence['deps']): boolean =>
  !speller.knows(word) && tokensOf(word).every((token) => !Object.hasOwn(head.tokens, token))

const best = (vectors: readonly VectorHit[]): number =>
  vectors.reduce((most, { cosine }) => Math.max(most, cosine), 0)

const share = (flags: readonly boolean[]): number =>
  flags.length === 0 ? 0 : flags.filter(Boolean).length / flags.length

function topCoverage(
  words: readonly string[],
  article: StoredArticle | undefined,
  speller: Speller,
): number {
  if (article === undefined || words.length === 0) return 0
  const text = factsOf(article).text()
  const weight = (word: string) => 1 / Math.log(3 + speller.count(word))
  const total = words.reduce((sum, word) => sum + weight(word), 0)
  const held = words.filter((word) => text.includes(` ${stem(word)}`))
  return held.reduce((sum, word) => sum + weight(word), 0) / total
}

/** Enough of a word to find its other forms; a short word is itself. */
const stem = (word: string): string => (word.length > 6 ? word.slice(0, word.length - 2) : word)
