/** Measures of a ranking, and how sure they are. */

/** Places from 1 of the articles that are right, in the order of the ranking; what is missing is left out. */
export function placesOf(ranking: readonly string[], expect: readonly string[]): number[] {
  return ranking.flatMap((id, at) => (expect.includes(id) ? [at + 1] : []))
}

/** 1 where one of the right articles is among the first k. */
export const recallAt = (k: number, ranking: readonly string[], expect: readonly string[]) =>
  placesOf(ranking.slice(0, k), expect).length > 0 ? 1 : 0

/** Reciprocal of the first right place; nothing found is 0. */
export function reciprocalRank(ranking: readonly string[], expect: readonly string[]): number {
  const [first] = placesOf(ranking, expect)
  return first === undefined ? 0 : 1 / first
}

/**
 * nDCG over the first ten. Any right article is an answer by itself, so the ideal is one of them in
 * first place: a reader who has the answer is not short of the other ways to it. The best article
 * counts whole, another right one `ALSO_RIGHT`.
 */
export function ndcg(ranking: readonly string[], expect: readonly string[]): number {
  const gains = ranking.slice(0, 10).map((id, at) => gain(id, expect) / Math.log2(at + 2))
  return Math.max(0, ...gains)
}

const ALSO_RIGHT = 0.9
const gain = (id: string, expect: readonly string[]): number =>
  id === expect[0] ? 1 : expect.includes(id) ? ALSO_RIGHT : 0

/** The usual nDCG over the first ten: every right article ought to stand above all others. */
export function ndcgOfAll(ranking: readonly string[], expect: readonly string[]): number {
  const total = (gains: readonly number[]) =>
    gains.slice(0, 10).reduce((sum, value, at) => sum + value / Math.log2(at + 2), 0)
  return total(ranking.map((id) => gain(id, expect))) / total(expect.map((id) => gain(id, expect)))
}

export type Interval = { readonly mean: number; readonly low: number; readonly high: number }

/** Mean with its 95 % interval by bootstrap; the same numbers give the same interval. */
export function bootstrap(values: readonly number[], rounds = 1000): Interval {
  const random = randomFrom(20_031)
  const means = Array.from({ length: rounds }, () =>
    mean(values.map(() => values[Math.floor(random() * values.length)] ?? 0)),
  ).toSorted((a, b) => a - b)
  const at = (share: number) => means[Math.floor(share * (rounds - 1))] ?? 0
  return { mean: mean(values), low: at(0.025), high: at(0.975) }
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

/** Park and Miller's generator: enough to draw samples, and repeatable. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}
