/**
 * Ranking takes about a microsecond for each chunk that matches, so that a word which stands everywhere
 * costs the most and tells the least.
 */
const BUDGET = 2500
/** In an index of so many chunks every word can be ranked. */
const SMALL = 4000

/** The rarest of the words, as many as can be ranked in a few milliseconds; at least one. */
export function affordable(
  words: readonly string[],
  chunks: number,
  matching: (word: string) => number,
): readonly string[] {
  if (chunks <= SMALL) return words
  const rarest = words
    .map((word) => ({ word, count: matching(word) }))
    .toSorted((a, b) => a.count - b.count)
  let total = 0
  const kept = rarest.filter(({ count }, at) => {
    total += count
    return at === 0 || total <= BUDGET
  })
  return words.filter((word) => kept.some((one) => one.word === word))
}
