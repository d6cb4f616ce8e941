import type { Evidence } from './band.ts'
import { codeTokens } from './codes.ts'
import { FIELD_TERMS } from './field-terms.ts'

/** What the verdict is made of; each about 0 to 1. */
export function featuresOf({ query, codes, words, lexical, vectors, passages, deps }: Evidence) {
  const field = words.filter((word) => FIELD_TERMS.has(word)).length
  const tokens = codes.flatMap(codeTokens)
  return {
    /** the nearest vector of all */
    cosine: vectors[0]?.cosine ?? 0,
    /** how much of the question the KB has words for */
    coverage: words.length === 0 ? 0 : words.filter(deps.speller.knows).length / words.length,
    /** the best full-text score, made comparable over lengths of question and sizes of index */
    bm25:
      (lexical[0]?.bm25 ?? 0) /
      Math.sqrt(words.length + codes.length || 1) /
      Math.log(1 + deps.info.chunks),
    /** is it about mail at all? */
    field: Math.min(1, field / 2),
    fieldShare: words.length === 0 ? 0 : field / words.length,
    codesKnown: tokens.some((token) => deps.codes.has(token)) ? 1 : 0,
    codesUnknown: tokens.length > 0 && !tokens.some((token) => deps.codes.has(token)) ? 1 : 0,
    /** a report was read: the question is about a mail that came back, whatever its words */
    diagnosis: query.causes.length > 0 || query.reasons.length > 0 ? 1 : 0,
    /** does the best article stand out? */
    score: Math.min(1, passages[0]?.score ?? 0),
  }
}

export type Features = ReturnType<typeof featuresOf>
