/** Timing and small statistics that the benchmarks share. */

export type Row = {
  readonly what: string
  readonly value: number
  readonly unit: string
  readonly note?: string
}

/** The value below which `share` of the sorted samples lie. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}

/** Calls a second of `each` over all items, after a warm-up; about `seconds` of measuring. */
export function perSecond<T>(items: readonly T[], each: (item: T) => unknown, seconds = 2): number {
  const round = () => {
    for (const item of items) each(item)
  }
  const warm = performance.now()
  while (performance.now() - warm < seconds * 1000) round()
  const start = performance.now()
  let rounds = 0
  while (performance.now() - start < seconds * 1000) {
    round()
    rounds += 1
  }
  return (rounds * items.length) / ((performance.now() - start) / 1000)
}

/** Milliseconds of one call, the best of `times`: what the code costs when nothing else is in its way. */
export function best(call: () => unknown, times = 3): number {
  let least = Number.POSITIVE_INFINITY
  for (let i = 0; i < times; i++) {
    const start = performance.now()
    call()
    least = Math.min(least, performance.now() - start)
  }
  return least
}

/** Milliseconds of each of `calls`, one after the other. */
export async function each<T>(items: readonly T[], call: (item: T) => unknown): Promise<number[]> {
  const samples: number[] = []
  for (const item of items) {
    const start = performance.now()
    await call(item)
    samples.push(performance.now() - start)
  }
  return samples
}

/** p50, p95 and p99 as rows. */
export const spread = (what: string, samples: readonly number[]): Row[] =>
  [0.5, 0.95, 0.99].map((share) => ({
    what: `${what} p${share * 100}`,
    value: quantile(samples, share),
    unit: 'ms',
  }))

/** A generator of numbers in [0, 1) that gives the same ones at every run (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
