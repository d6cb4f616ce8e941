/** Corrects words against the KB's own vocabulary. Words that it holds, and short ones, stay. */
export type Speller = {
  correct(word: string): string
  knows(word: string): boolean
  /** how often the KB has it */
  count(word: string): number
}

const MIN_LENGTH = 5
/** Words are corrected several times for one question, and come again in the next. */
const MOST_KEPT = 5000
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz'

/** The vocabulary of texts that people read: each word with how often it occurs. */
export function countWords(texts: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>()
  for (const text of texts) {
    for (const [word] of text.toLowerCase().matchAll(/[\p{L}\p{N}]+/gu)) {
      counts.set(word, (counts.get(word) ?? 0) + 1)
    }
  }
  return counts
}

/** Corrects against a vocabulary; frequent words win where several are near. */
export function createSpeller(counts: ReadonlyMap<string, number>): Speller {
  const corrected = new Map<string, string>()
  const knows = (word: string) => counts.has(word) || stems(word).some((stem) => counts.has(stem))
  return {
    knows,
    count: (word) => counts.get(word) ?? 0,
    correct(word) {
      if (word.length < MIN_LENGTH || !/^[a-z]+$/.test(word) || knows(word)) return word
      const before = corrected.get(word)
      if (before !== undefined) return before
      if (corrected.size >= MOST_KEPT) corrected.clear()
      const found = best(edits(word), counts) ?? word
      corrected.set(word, found)
      return found
    },
  }
}

/** Plain endings of English, so that a form the KB happens not to use is no error. */
function stems(word: string): string[] {
  const endings = ['s', 'es', 'ed', 'd', 'ing', 'er', 'ly']
  const cut = endings
    .filter((ending) => word.endsWith(ending) && word.length - ending.length > 2)
    .map((ending) => word.slice(0, -ending.length))
  return [...cut, ...cut.map((stem) => `${stem}e`), `${word}s`, `${word}ed`, `${word}ing`]
}

/** Every word at one slip of the finger: a letter too many, two swapped, a wrong one, one too few. */
function* edits(word: string): Generator<string> {
  for (let at = 0; at <= word.length; at++) {
    const head = word.slice(0, at)
    const tail = word.slice(at)
    if (tail) yield head + tail.slice(1)
    if (tail.length > 1) yield `${head}${tail[1]}${tail[0]}${tail.slice(2)}`
    for (const letter of ALPHABET) {
      if (tail) yield head + letter + tail.slice(1)
      yield head + letter + tail
    }
  }
}

function best(candidates: Iterable<string>, counts: ReadonlyMap<string, number>) {
  let found: string | undefined
  for (const candidate of candidates) {
    const count = counts.get(candidate) ?? 0
    if (count > (found === undefined ? 0 : (counts.get(found) ?? 0))) found = candidate
  }
  return found
}
