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
 * Whether what was found answers the question. No threshold of a single score can tell; a small
 * logistic model over several features does, fitted by `scripts/fit-bands.ts` on the project's own questions.
 */
export function judge(evidence: Evidence): Verdict {
  const features = featuresOf(evidence)
  if (evidence.passages.length === 0) return { band: 'none', confidence: 0, features }
  let logit = coefficients.intercept
  for (const [name, weight] of Object.entries(coefficients.weights)) {
    logit += weight * (features[name as keyof typeof features] ?? 0)
  }
  const confidence = 1 / (1 + Math.exp(-logit))
  return { band: bandOf(confidence), confidence, features }
}

function bandOf(confidence: number): Band {
  if (confidence >= coefficients.answer) return 'answer'
  return confidence >= coefficients.nearest ? 'nearest' : 'none'
}
