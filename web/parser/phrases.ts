/**
 * In place of `kb/ndr/phrases.ts`: a browser reads one report at a time, and looks for one phrase after
 * the other fast enough; the index that serves thousands of mails a second weighs more than it gains.
 */
import { inOrder } from '../../kb/ndr/fold.ts'
import type { Matcher } from '../../kb/ndr/phrases.ts'

export { fold } from '../../kb/ndr/fold.ts'

export const createMatcher = (lists: readonly (readonly string[])[]): Matcher => ({
  find: (text, rank) => {
    const ranked: [place: number, list: number][] = []
    for (const [list, phrases] of lists.entries()) {
      const place = phrases.length > 0 && inOrder(text, phrases) ? rank(list) : undefined
      if (place !== undefined) ranked.push([place, list])
    }
    return ranked.sort((a, b) => a[0] - b[0] || a[1] - b[1])[0]?.[1] ?? -1
  },
})
