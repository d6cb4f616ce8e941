import { codeTokens, enhancedCodesIn, replyCodesIn } from './codes.ts'
import { STOPWORDS } from './stopwords.ts'

/** Words of a query, more than which only slow it down: a paste of a thousand words has its codes. */
const MAX_TERMS = 48

/** The words of a text that carry a subject, lower case, each once, in order. */
export function wordsOf(text: string): string[] {
  const words = text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/['’]/g, '')
    .replaceAll(E_MAIL, 'mail')
    .match(/[\p{L}\p{N}]+/gu)
  return unique((words ?? []).filter(isTelling)).slice(0, MAX_TERMS)
}

/** People say "email" where this KB says "mail": as a rare word it would pull whatever has it in its name. */
const E_MAIL = /\be-?mail(?=s?\b)/g

/** A lone digit of a code says nothing by itself; the code is a token of its own. */
const isTelling = (word: string): boolean =>
  !STOPWORDS.has(word) && word.length <= 40 && !/^\d{1,2}$/.test(word) && word.length > 1

/** Names such as "t-online" or "web.de", whose parts say something else: looked for as a phrase. */
export function compoundsOf(text: string): string[] {
  const found = text.toLowerCase().match(/[\p{L}\p{N}]+(?:[-.][\p{L}\p{N}]+)+/gu) ?? []
  return unique(
    found.filter((name) => /\p{L}/u.test(name)).map((name) => name.replaceAll(/[-.]/g, ' ')),
  ).slice(0, 8)
}

/** The codes that a query is about: those that the program knows and those in the text. */
export function codesOf(text: string, known: readonly string[]): string[] {
  return unique([...known, ...enhancedCodesIn(text), ...replyCodesIn(text)])
}

/**
 * An FTS5 expression: any of the words, any of the codes. Words are letters and digits only and stand
 * in quotes, so nothing that a person writes is ever read as an operator.
 */
export function toMatch(words: readonly string[], codes: readonly string[]): string {
  return unique([...words, ...codes.flatMap(codeTokens)])
    .map((term) => `"${term.replaceAll('"', '')}"`)
    .join(' OR ')
}

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)]
