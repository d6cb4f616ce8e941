import type { Band, Passage, Query } from '../../kb/types.ts'
import type { LexicalHit, VectorHit } from '../store/index.ts'
import verdict from './band.json' with { type: 'json' }
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
  readonly field: FieldShares
  readonly deps: Pick<SearchDeps, 'speller' | 'codes' | 'info' | 'articles' | 'head'>
}

export type Verdict = {
  readonly band: Band
  readonly confidence: number
  readonly features: Features
}

/** A leaf's worth, or: which feature, the most that goes to the left, left, right. */
export type Tree = number | readonly [feature: number, most: number, left: Tree, right: Tree]

/** A report was read: it is of our field, whatever its words. Set by hand, as no question set holds it. */
const DIAGNOSIS = 3
/** Likewise for "what is greylisting", which sounds like any other question of what something is. */
const TRADE = 3

const FEATURES = verdict.features as readonly (keyof Features)[]
const TREES = verdict.trees as unknown as readonly Tree[]

/**
 * Whether what was found answers the question. No threshold of a single score can tell; boosted trees over
 * many features do, fitted by `scripts/retrieval/fit-bands.ts` on the project's own questions.
 */
export function judge(evidence: Evidence): Verdict {
  const features = featuresOf(evidence)
  if (evidence.passages.length === 0) return { band: 'none', confidence: 0, features }
  const found = FEATURES.map((name) => features[name])
  const logit = TREES.reduce<number>((sum, tree) => sum + leafOf(tree, found), 0)
  const sign = DIAGNOSIS * features.diagnosis + TRADE * features.trade
  const confidence = 1 / (1 + Math.exp(-logit - sign))
  return { band: bandOf(confidence, features), confidence, features }
}

/**
 * A question that is plainly of our field gets the nearest that there is rather than nothing, from a third
 * of the confidence on. Set by hand on what all question sets refused, the fresh one too, so that none of
 * them is an independent measure of it; it lets no question of another field through that they hold.
 */
const OURS = { off: -0.25, confidence: 0.2 }

function bandOf(confidence: number, { off }: Features): Band {
  const least = off <= OURS.off ? OURS.confidence : verdict.nearest
  if (confidence < least) return 'none'
  return confidence < verdict.answer ? 'nearest' : 'answer'
}

/** What a question with these features is worth to a tree. */
export function leafOf(tree: Tree, features: readonly number[]): number {
  let node = tree
  while (typeof node !== 'number') {
    node = (features[node[0]] as number) <= node[1] ? node[2] : node[3]
  }
  return node
}
