/**
 * Finds, among many lists of phrases, the first whose phrases all stand in a text in their order.
 * One pass over the text hashes every window of four characters; only lists whose rarest window was
 * seen are looked at further. Time is linear in the text, and nothing in a phrase has to be escaped.
 */

import { inOrder } from './fold.ts'

export { fold, inOrder } from './fold.ts'

/** A list that ranks before another is preferred; `undefined` leaves it out. */
export type Rank = (list: number) => number | undefined

export type Matcher = {
  /** index of the best-ranked list whose phrases stand in the text in order, or -1 */
  readonly find: (text: string, rank: Rank) => number
}

const WINDOW = 4
const MASK = 0xffff

/** Builds the index once; lists without a phrase of four characters can never be found. */
export const createMatcher = (lists: readonly (readonly string[])[]): Matcher => {
  const buckets = bucketsOf(lists)
  const slots = new Uint16Array(MASK + 1)
  const filled: (readonly number[])[] = [[]]
  for (const [key, members] of buckets) slots[key] = filled.push(members) - 1

  const candidates = (text: string): number[] => {
    const seen = new Set<number>()
    let key = 0
    for (let i = 0; i < text.length; i++) {
      key = next(key, text.charCodeAt(i))
      const slot = slots[key] as number
      if (slot !== 0) seen.add(slot)
    }
    return [...seen].flatMap((slot) => filled[slot] as readonly number[])
  }

  const find = (text: string, rank: Rank): number => {
    const ranked: [number, number][] = []
    for (const list of candidates(text)) {
      const place = rank(list)
      if (place !== undefined) ranked.push([place, list])
    }
    ranked.sort((a, b) => a[0] - b[0] || a[1] - b[1])
    for (const [, list] of ranked) if (inOrder(text, lists[list] as readonly string[])) return list
    return -1
  }

  return { find }
}

/** Rolling hash: each step shifts four bits, so a key depends on the last four characters only. */
const next = (key: number, code: number): number => ((key << WINDOW) ^ mix(code)) & MASK

/** Spreads neighbouring letters over sixteen bits before they overlap. */
const mix = (code: number): number => (Math.imul(code, 0x9e35) >>> 3) & MASK

const keysOf = (phrase: string): number[] => {
  const keys: number[] = []
  let key = 0
  for (let i = 0; i < phrase.length; i++) {
    key = next(key, phrase.charCodeAt(i))
    if (i >= WINDOW - 1) keys.push(key)
  }
  return keys
}

/** Each list under the window that the fewest lists share: the rarer, the fewer vain comparisons. */
const bucketsOf = (lists: readonly (readonly string[])[]): Map<number, number[]> => {
  const counts = new Map<number, number>()
  const keys = lists.map((phrases) => phrases.flatMap(keysOf))
  for (const key of keys.flat()) counts.set(key, (counts.get(key) ?? 0) + 1)
  const buckets = new Map<number, number[]>()
  keys.forEach((own, list) => {
    const rarest = own.reduce(
      (best, key) => ((counts.get(key) ?? 0) < (counts.get(best) ?? 0) ? key : best),
      own[0] ?? -1,
    )
    if (rarest < 0) return
    const bucket = buckets.get(rarest)
    if (bucket) bucket.push(list)
    else buckets.set(rarest, [list])
  })
  return buckets
}
