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
    if (entry) found.push({ text: word, english: entry.english })
    else found.push({ text: word, ...inside(word, language) })
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

/** How long an entry must be to be taken for a part of a longer word. */
const PART: Readonly<Record<string, number>> = { de: 6, nl: 6, sv: 6, ar: 3, he: 3 }

/** Compounds ("Firmenpostfach"), and words with an article or "and" written on to them (Arabic, Hebrew). */
function inside(word: string, language: Language): { english?: string } {
  const least = PART[language.id]
  if (least === undefined) return {}
  for (let at = 1; at + least <= word.length; at++) {
    const entry = entriesAt(language, word, at).find(
      (entry) => entry.start.length >= least && fits(word, at, entry),
    )
    if (entry) return { english: entry.english }
  }
  return {}
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
