import { fold } from './fold.ts'
import { type Entry, entriesAt, type Language } from './list.ts'

/** A stretch of text that was put into English, or a word that is in no list. */
export type Gloss = { readonly text: string; readonly english?: string }

/** The text word by word, each with its English where the list has it; the longest entry wins. */
export function gloss(text: string, language: Language): Gloss[] {
  const folded = fold(text)
  return isUnspaced(language) ? signs(folded, language) : words(folded, language)
}

const isUnspaced = ({ id }: Language) => id === 'ja' || id === 'zh'

function words(folded: string, language: Language): Gloss[] {
  const found: Gloss[] = []
  let at = 0
  while (at < folded.length) {
    const end = wordEnd(folded, at)
    const entry = entriesAt(language, folded, at).find((entry) => fits(folded, at, entry))
    const taken = entry ? wordEnd(folded, at + entry.start.length) : end
    const word = folded.slice(at, taken)
    found.push({ text: word, ...meaning(word, entry, language) })
    at = taken + 1
  }
  return found
}

const wordEnd = (text: string, from: number): number => {
  const end = text.indexOf(' ', from)
  return end < 0 ? text.length : end
}

function fits(folded: string, at: number, { start, whole }: Entry): boolean {
  if (!folded.startsWith(start, at)) return false
  const after = at + start.length
  return !whole || after === folded.length || folded[after] === ' '
}

/** The English of a word that begins with an entry, or has one further in. */
function meaning(word: string, entry: Entry | undefined, language: Language) {
  const least = PART[language.id]
  if (least === undefined) return entry && { english: entry.english }
  if (entry === undefined) return inside(word, 1, least, language)
  if (!COMPOUNDS.has(language.id)) return { english: entry.english }
  const more = inside(word, entry.start.length, least, language)
  return { english: more ? `${entry.english} ${more.english}` : entry.english }
}

/** How long an entry must be to be taken for a part of a longer word. */
const PART: Readonly<Record<string, number>> = { de: 6, nl: 5, sv: 6, ar: 3, he: 3 }

/** "Firmenpostfach"; Arabic and Hebrew write articles and "and" on to the word, which mean nothing here. */
const COMPOUNDS: ReadonlySet<string> = new Set(['de', 'nl', 'sv'])

function inside(
  word: string,
  from: number,
  least: number,
  language: Language,
): { english: string } | undefined {
  for (let at = from; at + least <= word.length; at++) {
    const entry = entriesAt(language, word, at).find(
      (entry) => entry.start.length >= least && fits(word, at, entry),
    )
    if (entry) return { english: entry.english }
  }
  return undefined
}

/** Japanese and Chinese put no blanks between words: an entry may stand anywhere. */
function signs(folded: string, language: Language): Gloss[] {
  const found: Gloss[] = []
  let at = 0
  while (at < folded.length) {
    const entry = entriesAt(language, folded, at).find(({ start }) => folded.startsWith(start, at))
    if (entry) found.push({ text: entry.start, english: entry.english })
    at += entry?.start.length ?? 1
  }
  return found
}
