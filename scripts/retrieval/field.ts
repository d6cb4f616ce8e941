/** Learns which field a question belongs to: `server/retrieve/field` then tells it. */

import { toArticle } from '../../ingest/articles/index.ts'
import { readShipped } from '../../ingest/articles/shipped.ts'
import near from '../../kb/data/field/near-miss.json' with { type: 'json' }
import off from '../../kb/data/field/off-topic.json' with { type: 'json' }
import ours from '../../kb/data/field/ours.json' with { type: 'json' }
import { FIELDS, type FieldName, type Head, tokensOf } from '../../server/retrieve/field/index.ts'
import { toEnglish } from '../../server/retrieve/translate.ts'

export type FieldQuestion = { readonly field: FieldName; readonly text: string }

const of = (field: FieldName, { questions }: { readonly questions: readonly string[] }) =>
  questions.map((text): FieldQuestion => ({ field, text }))

/** The labelled questions of `kb/data/field`. */
export const FIELD_QUESTIONS: readonly FieldQuestion[] = [
  ...of('ours', ours),
  ...of('near', near),
  ...of('off', off),
]

/** Titles of the articles and the ways in which they are asked for. */
export function waysOfAsking(): FieldQuestion[] {
  return readShipped().flatMap(({ bytes, alsoAsked = [] }) => {
    const { title, askedAs } = toArticle(bytes.toString('utf8'))
    return [title, ...askedAs, ...alsoAsked].map((text) => ({ field: 'ours' as const, text }))
  })
}

const EPOCHS = 24
const RATE = 1
/** How much of a weight is lost in an epoch at the full rate. */
const RIDGE = 0.1
/** A step's size for the tokens, beside that for what each field has to begin with. */
const TOKEN = 2
const BIAS = 0.3

/** A softmax classifier over tokens, by stochastic gradient descent. The same questions give the same head. */
export function trainHead(questions: readonly FieldQuestion[]): Head {
  const rows = questions.map(({ field, text }) => {
    return { truth: FIELDS.indexOf(field), tokens: tokensOf(toEnglish(text)) }
  })
  const index = vocabulary(rows.map(({ tokens }) => tokens))
  const known = rows.map(({ truth, tokens }) => {
    return { truth, places: tokens.flatMap((token) => index.get(token) ?? []) }
  })
  const weights = FIELDS.map(() => new Float64Array(index.size))
  const bias = FIELDS.map(() => 0)
  const share = FIELDS.map((_, field) => {
    const count = rows.filter(({ truth }) => truth === field).length
    return rows.length / FIELDS.length / (count || 1)
  })
  const random = generator()
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    const rate = RATE / (1 + epoch * 0.3)
    shuffle(known, random)
    for (const row of known) {
      const value = TOKEN / Math.sqrt(row.places.length || 1)
      const scores = weights.map((own, field) =>
        row.places.reduce((sum, at) => sum + value * (own[at] as number), bias[field] as number),
      )
      for (const [field, chance] of softmax(scores).entries()) {
        const own = weights[field] as Float64Array
        const error = chance - (field === row.truth ? 1 : 0)
        const slope = rate * (share[row.truth] as number) * error
        for (const at of row.places) own[at] = (own[at] as number) - slope * value
        bias[field] = (bias[field] as number) - slope * BIAS
      }
    }
    const kept = Math.exp(-rate * RIDGE)
    for (const own of weights)
      for (let at = 0; at < own.length; at++) own[at] = (own[at] as number) * kept
  }
  return toHead(weights, bias, index)
}

/** Tokens of one example alone tell nothing of the next. */
function vocabulary(all: readonly (readonly string[])[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const token of all.flat()) counts.set(token, (counts.get(token) ?? 0) + 1)
  const kept = [...counts].filter(([, count]) => count > 1)
  return new Map(kept.map(([token], at) => [token, at]))
}

/** Against the first field, ours; what says next to nothing is left out. */
function toHead(
  [ours, near, off]: readonly Float64Array[],
  bias: readonly number[],
  index: ReadonlyMap<string, number>,
): Head {
  const round = (value: number) => Math.round(value * 100) / 100
  const against = (own: Float64Array | undefined, at: number) =>
    round(TOKEN * ((own?.[at] ?? 0) - (ours?.[at] ?? 0)))
  const tokens = [...index].flatMap(([token, at]) => {
    const weights = [against(near, at), against(off, at)] as const
    return weights.every((weight) => Math.abs(weight) < LEAST) ? [] : [[token, weights] as const]
  })
  const [first = 0, second = 0, third = 0] = bias
  return {
    bias: [round(second - first), round(third - first)],
    tokens: Object.fromEntries(tokens.toSorted(([a], [b]) => (a < b ? -1 : 1))),
  }
}

const LEAST = 0.2

function softmax(scores: readonly number[]): number[] {
  const most = Math.max(...scores)
  const powers = scores.map((score) => Math.exp(score - most))
  const total = powers.reduce((sum, power) => sum + power, 0)
  return powers.map((power) => power / total)
}

/** Lehmer's generator: the same order every time. */
function generator(): () => number {
  let state = 1
  return () => {
    state = (state * 16807) % 2147483647
    return state / 2147483647
  }
}

function shuffle<T>(order: T[], random: () => number): void {
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1))
    const held = order[at] as T
    order[at] = order[other] as T
    order[other] = held
  }
}
