/** The question whose answer would tell the causes apart best. */
import type { Fact, FactData, Question } from '../types.ts'
import { anyHolds, known } from './condition.ts'
import { type Ranked, softmax, weigh } from './rank.ts'

/** Causes beyond these hardly change what is asked, and each costs a weighing per option. */
const CAUSES_ASKED_FOR = 8
/** Bits that a question must be worth, or it only costs the person's patience. */
const LEAST_GAIN = 0.05
const QUESTIONS = 3

/** Questions that are not answered yet, the most telling first. */
export function questions(
  ranked: readonly Ranked[],
  facts: readonly Fact[],
  data: readonly FactData[],
  text: string,
): readonly Question[] {
  const top = ranked.slice(0, CAUSES_ASKED_FOR)
  const about = known(facts, text)
  return data
    .filter((fact) => !about.values.has(fact.id) && anyHolds(fact.ask, about))
    .map((fact) => ({ fact, gain: gain(fact, top, facts, text) }))
    .filter((one) => one.gain >= LEAST_GAIN)
    .sort((a, b) => b.gain - a.gain)
    .slice(0, QUESTIONS)
    .map(({ fact }) => toQuestion(fact))
}

export const toQuestion = ({ id, question, options }: FactData): Question => ({
  id,
  text: question,
  options: options.map(({ label }) => label),
})

/**
 * Expected loss of entropy over the causes (and "none of them"). A signal's weight is read as the
 * log-ratio by which an answer is likelier under its cause; each cause's answers then add up to one.
 */
function gain(
  fact: FactData,
  top: readonly Ranked[],
  facts: readonly Fact[],
  text: string,
): number {
  const now = softmax(top.map(({ score }) => score))
  const prior = [...now, 1 - now.reduce((a, b) => a + b, 0)]
  const answers = fact.options.map(({ value }) => {
    const then = known([...facts, { name: fact.id, value, from: 'person' }], text)
    return [...top.map(({ cause, score }) => Math.exp(weigh(cause, then).score - score)), 1]
  })
  const totals = prior.map((_, at) => answers.reduce((sum, answer) => sum + (answer[at] ?? 0), 0))
  const after = answers.reduce((sum, answer) => {
    const joint = answer.map((part, at) => ((prior[at] ?? 0) * part) / (totals[at] || 1))
    const mass = joint.reduce((a, b) => a + b, 0)
    return sum + mass * entropy(joint.map((part) => part / (mass || 1)))
  }, 0)
  return entropy(prior) - after
}

const entropy = (shares: readonly number[]): number =>
  shares.reduce((sum, share) => (share > 0 ? sum - share * Math.log2(share) : sum), 0)
