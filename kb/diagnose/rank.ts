/** Which causes are candidates, how likely each is, and why. */
import type { CauseData } from '../types.ts'
import { anyHolds, holds, type Known } from './condition.ts'

export type Ranked = {
  readonly cause: CauseData
  /** log-odds: base and the signals that fired */
  readonly score: number
  readonly likelihood: number
  readonly why: readonly string[]
}

/** "None of these": what is not known to us has the score of a cause nothing speaks for or against. */
const UNKNOWN_SCORE = 0

/** Candidates by falling likelihood. The likelihoods of all add up to less than one: the rest is "unknown". */
export function rank(causes: readonly CauseData[], about: Known): readonly Ranked[] {
  const scored = causes
    .filter(({ when }) => anyHolds(when, about))
    .map((cause) => weigh(cause, about))
  const shares = softmax(scored.map(({ score }) => score))
  return scored
    .map((one, at) => ({ ...one, likelihood: shares[at] ?? 0 }))
    .sort((a, b) => b.score - a.score)
}

export function weigh(cause: CauseData, about: Known) {
  const fired = cause.signals.filter((signal) => holds(signal.if, about))
  return {
    cause,
    score: fired.reduce((sum, { weight }) => sum + weight, cause.base),
    why: fired
      .filter(({ weight }) => weight > 0)
      .sort((a, b) => b.weight - a.weight)
      .map(({ why }) => why),
  }
}

export function softmax(scores: readonly number[]): readonly number[] {
  const top = Math.max(UNKNOWN_SCORE, ...scores)
  const parts = scores.map((score) => Math.exp(score - top))
  const sum = parts.reduce((a, b) => a + b, Math.exp(UNKNOWN_SCORE - top))
  return parts.map((part) => part / sum)
}
