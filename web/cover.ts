/**
 * Triggers: few short strings, of which at least one stands in every text that holds any of some
 * wordings. So a part of the knowledge is loaded wherever it could say something, and rarely else.
 */

/** Shorter strings stand in too many texts by chance. */
const SHORTEST = 4
const LONGEST = 14
/** Letters that no English text holds tell more: fewer are enough. */
const FOREIGN = /[^\0-\x7f]/
const IDEOGRAPH = /[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]/

/** Blanks as triggers are looked for: one each, none before a colon. */
export const plain = (text: string): string => text.replace(/\s+/g, ' ').replace(/ :/g, ':')

/** Strings of one byte a letter are searched several times faster. */
const ascii = (text: string): string => text.replace(/[^\0-\x7f]+/g, '\n')

/** The wordings of an item; a text that the item fits holds all of them. */
export type Item<T> = { readonly it: T; readonly words: readonly string[] }

/** A text of which a part should not be loaded, as far as we know. */
export type Sample = { readonly layout: string; readonly text: string }

/**
 * Chooses triggers for the items, none of which stands in `elsewhere` or in a sample; items for
 * which there is none are left over.
 */
export function cover<T>(
  items: readonly Item<T>[],
  elsewhere: string,
  samples: readonly Sample[] = [],
): { readonly triggers: string[]; readonly left: readonly Item<T>[] } {
  const holders = new Map<string, Set<number>>()
  items.forEach(({ words }, i) => {
    for (const piece of new Set(words.flatMap(piecesOf))) {
      const set = holders.get(piece) ?? new Set()
      holders.set(piece, set.add(i))
    }
  })
  const english = ascii(elsewhere)
  const others = samples.map(({ text }) => text)
  const isCommon = (piece: string): boolean =>
    english.includes(piece) || others.some((text) => text.includes(piece))
  const rejected = new Set<string>()
  const open = new Set(items.keys())
  const triggers: string[] = []
  const candidates = [...holders].sort(([a, x], [b, y]) => y.size - x.size || a.length - b.length)
  while (open.size > 0) {
    const best = bestOf(candidates, open, rejected, isCommon)
    if (best === undefined) break
    triggers.push(best)
    for (const i of holders.get(best) ?? []) open.delete(i)
  }
  return { triggers, left: [...open].map((i) => items[i] as Item<T>) }
}

const piecesOf = (phrase: string): string[] => {
  const text = plain(phrase).trim()
  const pieces: string[] = []
  for (let from = 0; from < text.length; from++) {
    for (let to = from + 1; to <= Math.min(text.length, from + LONGEST); to++) {
      const piece = text.slice(from, to)
      if (isLong(piece) && !/^ | $|\|/.test(piece)) pieces.push(piece)
    }
  }
  return pieces
}

const isLong = (piece: string): boolean =>
  piece.length >= SHORTEST || IDEOGRAPH.test(piece) || (FOREIGN.test(piece) && piece.length >= 3)

type Candidate = readonly [string, ReadonlySet<number>]

/** The candidate that most of the open items hold; the shorter, the better. */
function bestOf(
  candidates: readonly Candidate[],
  open: ReadonlySet<number>,
  rejected: Set<string>,
  isCommon: (piece: string) => boolean,
): string | undefined {
  let best: Candidate | undefined
  let most = 0
  for (const candidate of candidates) {
    const [piece, holders] = candidate
    if (holders.size <= most) break
    if (rejected.has(piece)) continue
    let count = 0
    for (const i of holders) if (open.has(i)) count++
    if (count <= most) continue
    if (isCommon(piece)) rejected.add(piece)
    else [best, most] = [candidate, count]
  }
  return best?.[0]
}
