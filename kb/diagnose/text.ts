/** Wording, made comparable: what people type and what data files hold meet here. */

/** Lower case, straight quotes, one blank between words, "we're" and "I'm" in full. */
export function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[\u2018\u2019\u02bc]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .replace(/[\u2010-\u2014]/g, '-')
    .replace(/\b(we|they|you)'re\b/g, '$1 are')
    .replace(/\bi'm\b/g, 'i am')
    .replace(/\s+/g, ' ')
    .trim()
}

/** A word as it is compared. `stop` is the mark that ends the reach of a "not" before it. */
export type Word = { readonly stem: string; readonly stop: boolean }

const WORD = /[\p{L}\p{N}@#]+(?:[.'&_-][\p{L}\p{N}]+)*|[,.;:!?()]/gu
const STOPS = /^(?:[,;:()]|but|however|though|although)$/

/**
 * Splits into sentences of words. A full stop inside "5.7.1" or "example.com" is part of the word, so
 * what is left over as punctuation really ends something.
 */
export function sentences(text: string): readonly Sentence[] {
  const result: Sentence[] = []
  for (const line of text.split(/\n/)) {
    let words: Word[] = []
    for (const [token] of plain(line).matchAll(WORD)) {
      if (/^[.!?]$/.test(token)) {
        result.push({ words, question: token === '?' })
        words = []
      } else words.push({ stem: stem(token), stop: STOPS.test(token) })
    }
    result.push({ words, question: false })
  }
  return result.filter(({ words }) => words.length > 0)
}

export type Sentence = { readonly words: readonly Word[]; readonly question: boolean }

/** The words of one phrase of a data file. */
export function phraseWords(phrase: string): readonly string[] {
  return sentences(phrase).flatMap((sentence) =>
    sentence.words.filter(({ stop }) => !stop).map((word) => word.stem),
  )
}

/** "invitations", "invitation" → "invitation"; "arrived", "arrive" → "arriv". Coarse on purpose. */
export function stem(word: string): string {
  if (word.length < 4 || /[\d@.]/.test(word)) return word
  const cut = word
    .replace(/'s$/, '')
    .replace(/ies$/, 'y')
    .replace(/(?<=[^s])s$/, '')
    .replace(/(?<=[a-z]{3})(?:ing|ed)$/, '')
    .replace(/(?<=[a-z]{3})e$/, '')
  return cut.replace(/([bdgmnprt])\1$/, '$1')
}

/** How many words may stand between two words of a phrase before they no longer belong together. */
const REACH = 5
const NEGATIONS = new Set(
  ['not', 'no', 'never', 'without', 'neither', 'nor', 'cannot', 'hardly'].map(stem),
)
const isNegation = (word: string) => NEGATIONS.has(word) || /n't$/.test(word)
/** How far back a "not" reaches: "I don't think that it is only …". */
const NEGATION_REACH = 5

/** Where a phrase stands in a sentence. */
export type Hit = { readonly start: number; readonly end: number; readonly negated: boolean }

/**
 * Looks for the words of a phrase in this order, near each other. `negated`: a "not" before it that
 * reaches it ("not only calendar invites"); "no, only calendar invites" is not negated, for the comma
 * stands between.
 */
export function findPhrase(
  sentence: readonly Word[],
  phrase: readonly string[],
  reach: number = REACH,
): Hit | undefined {
  const [first, ...rest] = phrase
  if (first === undefined) return undefined
  for (let start = 0; start < sentence.length; start++) {
    if (sentence[start]?.stem !== first) continue
    const end = follow(sentence, rest, start, reach)
    if (end === undefined) continue
    const between = sentence.slice(start + 1, end).some(({ stem: word }) => isNegation(word))
    const wanted = rest.some(isNegation) || isNegation(first)
    return { start, end, negated: !wanted && (between || negatedBefore(sentence, start)) }
  }
  return undefined
}

function follow(
  sentence: readonly Word[],
  rest: readonly string[],
  start: number,
  reach: number,
): number | undefined {
  let at = start
  for (const word of rest) {
    const limit = Math.min(sentence.length, at + 2 + reach)
    let next = at + 1
    while (next < limit && sentence[next]?.stem !== word) next++
    if (next >= limit) return undefined
    at = next
  }
  return at
}

function negatedBefore(sentence: readonly Word[], start: number): boolean {
  for (let at = start - 1; at >= 0 && at >= start - NEGATION_REACH; at--) {
    const word = sentence[at]
    if (!word || word.stop) return false
    if (isNegation(word.stem)) return true
  }
  return false
}
