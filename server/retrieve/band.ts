import type { Band, Passage, Query } from '../../kb/types.ts'
import type { LexicalHit, VectorHit } from '../store/index.ts'
import coefficients from './band.json' with { type: 'json' }
import { type Features, featuresOf } from './features.ts'
import type { FieldShares } from './field/index.ts'
import type { SearchDeps } from './search.ts'

export type Evidence = {
  readonly query: Query
  readonly codes: readonly string[]
  readonly words: readonly string[]
  readonly lexical: readonly LexicalHit[]
  readonly vectors: readonly VectorHit[]
  readonly passages: readonly Passage[]
  readonly field: FieldShares | undefined
  readonly deps: Pick<SearchDeps, 'speller' | 'codes' | 'info' | 'articles'>
}

export type Verdict = {
  readonly band: Band
  readonly confidence: number
  readonly features: Features
}

/**
 * Whether what was found answers the question. No threshold of a single score can tell; two small logistic
 * models over many features do: whether the question is of our field at all, and whether this answers it.
 * Fitted by `scripts/retrieval/fit-bands.ts` on the project's own questions.
 */
export function judge(evidence: Evidence): Verdict {
  const features = featuresOf(evidence)
  if (evidence.passages.length === 0) return { band: 'none', confidence: 0, features }
  const field = chance(coefficients.field, features)
  const answer = chance(coefficients.answer, features)
  return { band: bandOf(field, answer), confidence: Math.min(field, answer), features }
}

function bandOf(field: number, answer: number): Band {
  if (field < coefficients.field.least) return 'none'
  return answer < coefficients.answer.least ? 'nearest' : 'answer'
}

type Model = { readonly intercept: number; readonly weights: Readonly<Record<string, number>> }

function chance({ intercept, weights }: Model, features: Features): number {
  const logit = Object.entries(weights).reduce(
    (sum, [name, weight]) => sum + weight * features[name as keyof Features],
    intercept,
  )
  return 1 / (1 + Math.exp(-logit))
}
