/**
 * Gradient-boosted trees of logistic loss (Friedman 2001, with the second-order leaves of XGBoost): a few
 * thousand examples, a dozen features. The same examples give the same trees.
 */
import { leafOf, type Tree } from '../../server/retrieve/band.ts'

export type Example = { readonly x: readonly number[]; readonly y: 0 | 1; readonly weight: number }

const ROUNDS = 120
const DEPTH = 3
const RATE = 0.1
const RIDGE = 20
/** A split that leaves fewer examples on a side is chance. */
const LEAST = 15

export function boost(examples: readonly Example[]): Tree[] {
  const scores = new Float64Array(examples.length)
  const trees: Tree[] = []
  const all = examples.map((_, at) => at)
  for (let round = 0; round < ROUNDS; round++) {
    const slopes = examples.map(({ y, weight }, at) => {
      const chance = 1 / (1 + Math.exp(-(scores[at] as number)))
      return { first: weight * (chance - y), second: weight * chance * (1 - chance) }
    })
    const tree = grow(all, examples, slopes, DEPTH)
    trees.push(tree)
    for (const at of all)
      scores[at] = (scores[at] as number) + leafOf(tree, (examples[at] as Example).x)
  }
  return trees
}

type Slopes = readonly { readonly first: number; readonly second: number }[]

function grow(
  places: readonly number[],
  examples: readonly Example[],
  slopes: Slopes,
  depth: number,
): Tree {
  const total = sumOf(places, slopes)
  const leaf = (-total.first / (total.second + RIDGE)) * RATE
  const split = depth > 0 ? bestSplit(places, examples, slopes) : undefined
  if (split === undefined) return Math.round(leaf * 1e5) / 1e5
  const { feature, least } = split
  const goesLeft = (at: number) => (examples[at]?.x[feature] as number) <= least
  const side = (left: boolean) =>
    grow(
      places.filter((at) => goesLeft(at) === left),
      examples,
      slopes,
      depth - 1,
    )
  return [feature, least, side(true), side(false)]
}

function bestSplit(places: readonly number[], examples: readonly Example[], slopes: Slopes) {
  const total = sumOf(places, slopes)
  const worth = (first: number, second: number) => first ** 2 / (second + RIDGE)
  let best: { gain: number; feature: number; least: number } | undefined
  for (let feature = 0; feature < (examples[0]?.x.length ?? 0); feature++) {
    const of = (at: number) => examples[at]?.x[feature] as number
    const sorted = places.toSorted((a, b) => of(a) - of(b))
    let [first, second] = [0, 0]
    for (let nth = 0; nth < sorted.length - 1; nth++) {
      const at = sorted[nth] as number
      first += slopes[at]?.first ?? 0
      second += slopes[at]?.second ?? 0
      const next = of(sorted[nth + 1] as number)
      if (of(at) === next || nth + 1 < LEAST || nth + 1 > sorted.length - LEAST) continue
      const gain =
        worth(first, second) +
        worth(total.first - first, total.second - second) -
        worth(total.first, total.second)
      const least = Math.round(((of(at) + next) / 2) * 1e4) / 1e4
      if (least < of(at) || least >= next) continue
      if (gain > (best?.gain ?? 1e-6)) best = { gain, feature, least }
    }
  }
  return best
}

function sumOf(places: readonly number[], slopes: Slopes) {
  let [first, second] = [0, 0]
  for (const at of places) {
    first += slopes[at]?.first ?? 0
    second += slopes[at]?.second ?? 0
  }
  return { first, second }
}
