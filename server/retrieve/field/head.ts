import { STOPWORDS } from '../stopwords.ts'

/**
 * Which field a question belongs to: ours (mail that did not arrive as it should), near (other matters of
 * e-mail) or off (anything else). A linear classifier over the question's words: measured to be as good
 * as one that also sees the vector, and it needs no model.
 */

export const FIELDS = ['ours', 'near', 'off'] as const
export type FieldName = (typeof FIELDS)[number]

/** Shares that add up to 1. */
export type FieldShares = Readonly<Record<FieldName, number>>

/** How much more a token, or nothing at all, speaks for near and for off than for ours. */
export type Weights = readonly [near: number, off: number]
export type Head = {
  readonly tokens: Readonly<Record<string, Weights>>
  readonly bias: Weights
}

/** How a question with these tokens is shared out. Tokens that the head does not know say nothing. */
export function classify({ tokens, bias }: Head, question: readonly string[]): FieldShares {
  const known = question.filter((token) => Object.hasOwn(tokens, token))
  const length = Math.sqrt(known.length || 1)
  const [near, off] = [0, 1].map((at) => {
    const said = known.reduce((sum, token) => sum + ((tokens[token] as Weights)[at] as number), 0)
    return Math.exp((bias[at] as number) + said / length)
  }) as [number, number]
  const total = 1 + near + off
  return { ours: 1 / total, near: near / total, off: off / total }
}

const ROUNDS = 8
/** As large as the steps that the head was learnt by. */
const RATE = 4
/** From here on a question is ours beyond doubt, and nothing more is learnt of it. */
const SURE = 0.97

/**
 * The same head with other questions that are ours too, as those to an operator's own articles. What it
 * says of others changes no more than these need: words that every question has learn nothing.
 */
export function adapt(head: Head, ours: readonly (readonly string[])[]): Head {
  const tokens: Record<string, Weights> = { ...head.tokens }
  const adapted = { tokens, bias: head.bias }
  for (const token of ours.flat()) if (!Object.hasOwn(tokens, token)) tokens[token] = [0, 0]
  for (let round = 0; round < ROUNDS; round++) {
    for (const question of ours) {
      const { ours: sure, near, off } = classify(adapted, question)
      if (sure >= SURE) continue
      const step = RATE / Math.sqrt(question.length)
      for (const token of question.filter((one) => !STOPWORDS.has(one))) {
        const [a, b] = tokens[token] as Weights
        tokens[token] = [a - step * near, b - step * off]
      }
    }
  }
  return adapted
}
