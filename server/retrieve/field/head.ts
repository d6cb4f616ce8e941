/**
 * Which field a question belongs to: ours (mail that did not arrive as it should), near (other matters of
 * e-mail) or off (anything else). A linear classifier over the question's vector and its words, learnt
 * from examples at ingest, so that it knows the model in use and the operator's own articles.
 */

export const FIELDS = ['ours', 'near', 'off'] as const
export type FieldName = (typeof FIELDS)[number]

/** Shares that add up to 1. */
export type FieldShares = Readonly<Record<FieldName, number>>

export type FieldExample = {
  readonly field: FieldName
  /** in the index's metric, of length 1 */
  readonly vector: Float32Array
  readonly tokens: readonly string[]
}

/** Weights by field: of the vector, of each token, and what each field has to begin with. */
export type Head = {
  readonly vector: readonly (readonly number[])[]
  readonly tokens: Readonly<Record<string, readonly number[]>>
  readonly bias: readonly number[]
}

const EPOCHS = 24
const RATE = 1
const RIDGE = 5e-4
/** A token counts half of what the whole vector does. */
const TOKEN = 0.5

/** The same examples give the same head. */
export function trainHead(examples: readonly FieldExample[]): Head {
  const index = vocabulary(examples)
  const dims = examples[0]?.vector.length ?? 0
  const rows = examples.map((example) => toRow(example, index, dims))
  const size = dims + index.size + 1
  const weights = FIELDS.map(() => new Float64Array(size))
  const share = FIELDS.map(
    (field) =>
      rows.length / FIELDS.length / (rows.filter((row) => row.field === field).length || 1),
  )
  const order = rows.map((_, at) => at)
  const random = generator()
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    const rate = RATE / (1 + epoch * 0.3)
    shuffle(order, random)
    for (const at of order) step(weights, rows[at] as Row, rate, share)
    shrink(weights, size - 1, Math.exp(-rate * RIDGE * rows.length))
  }
  return toHead(weights, index, dims)
}

/** How a question is shared out. */
export function classify(head: Head, { vector, tokens }: Omit<FieldExample, 'field'>): FieldShares {
  const known = tokens.flatMap((token) => head.tokens[token] ?? NONE)
  const factor = TOKEN / Math.sqrt(known.length / FIELDS.length || 1)
  const scores = FIELDS.map((_, field) => {
    let score = head.bias[field] as number
    const own = head.vector[field] as readonly number[]
    for (let at = 0; at < vector.length; at++) score += (own[at] as number) * (vector[at] as number)
    for (let at = field; at < known.length; at += FIELDS.length)
      score += factor * (known[at] as number)
    return score
  })
  const [ours = 0, near = 0, off = 0] = softmax(scores)
  return { ours, near, off }
}

const NONE: readonly number[] = []

type Row = {
  readonly field: FieldName
  readonly vector: Float32Array
  readonly places: readonly number[]
  readonly value: number
}

/** Tokens of one example alone tell nothing of the next. */
function vocabulary(examples: readonly FieldExample[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const token of examples.flatMap(({ tokens }) => tokens)) {
    counts.set(token, (counts.get(token) ?? 0) + 1)
  }
  const kept = [...counts].filter(([, count]) => count > 1)
  return new Map(kept.map(([token], at) => [token, at]))
}

function toRow(
  { field, vector, tokens }: FieldExample,
  index: ReadonlyMap<string, number>,
  dims: number,
): Row {
  const places = tokens.flatMap((token) => {
    const at = index.get(token)
    return at === undefined ? [] : [dims + at]
  })
  return { field, vector, places, value: TOKEN / Math.sqrt(places.length || 1) }
}

/** One step down the slope of one example's loss. */
function step(
  weights: readonly Float64Array[],
  { field, vector, places, value }: Row,
  rate: number,
  share: readonly number[],
): void {
  const last = (weights[0]?.length ?? 1) - 1
  const scores = weights.map((own) => {
    let score = own[last] as number
    for (let at = 0; at < vector.length; at++) score += (own[at] as number) * (vector[at] as number)
    for (const place of places) score += value * (own[place] as number)
    return score
  })
  const truth = FIELDS.indexOf(field)
  for (const [at, chance] of softmax(scores).entries()) {
    const own = weights[at] as Float64Array
    const slope = rate * (share[truth] as number) * (chance - (at === truth ? 1 : 0))
    for (let nth = 0; nth < vector.length; nth++) {
      own[nth] = (own[nth] as number) - slope * (vector[nth] as number)
    }
    for (const place of places) own[place] = (own[place] as number) - slope * value
    own[last] = (own[last] as number) - slope * 0.3
  }
}

function shrink(weights: readonly Float64Array[], count: number, factor: number): void {
  for (const own of weights) {
    for (let at = 0; at < count; at++) own[at] = (own[at] as number) * factor
  }
}

function softmax(scores: readonly number[]): number[] {
  const most = Math.max(...scores)
  const powers = scores.map((score) => Math.exp(score - most))
  const total = powers.reduce((sum, power) => sum + power, 0)
  return powers.map((power) => power / total)
}

function toHead(
  weights: readonly Float64Array[],
  index: ReadonlyMap<string, number>,
  dims: number,
): Head {
  const round = (value: number | undefined) => Math.round((value ?? 0) * 1000) / 1000
  return {
    vector: weights.map((own) => [...own.subarray(0, dims)].map(round)),
    tokens: Object.fromEntries(
      [...index].map(([token, at]) => [token, weights.map((own) => round(own[dims + at]))]),
    ),
    bias: weights.map((own) => round(own.at(-1))),
  }
}

/** Lehmer's generator: the same order every time. */
function generator(): () => number {
  let state = 1
  return () => {
    state = (state * 16807) % 2147483647
    return state / 2147483647
  }
}

function shuffle(order: number[], random: () => number): void {
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1))
    const held = order[at] as number
    order[at] = order[other] as number
    order[other] = held
  }
}
