/**
 * Questions in other languages, for an index and a model that know English alone: word lists put them
 * into English, word by word and in their order. What a question is about survives that; its grammar
 * need not.
 */

import { fold } from './languages/fold.ts'
import { gloss } from './languages/gloss.ts'
import type { Language } from './languages/list.ts'
import { isEnglish, KEPT, languageOf } from './languages/tell.ts'

/** The question in English words; unchanged where it is English already. */
export function toEnglish(text: string): string {
  const language = languageOf(text)
  if (language === undefined) return text
  // words in capitals are names, unless the whole question shouts
  const spoken = /\p{Ll}/u.test(text) ? text : text.toLowerCase()
  return spoken
    .split(KEPT)
    .map((piece, at) => (at % 2 === 1 ? kept(piece, language) : inWords(piece, language)))
    .filter((piece) => piece !== '')
    .join(' ')
}

/** Id of the language of a text that is not English; undefined for English and for what cannot be told. */
export function languageIdOf(text: string): string | undefined {
  return languageOf(text)?.id
}

/** "NICHT" is no acronym. */
function kept(piece: string, language: Language): string {
  return /^[A-Z]+$/.test(piece) ? inWords(piece, language) || piece : piece
}

function inWords(piece: string, language: Language): string {
  const words = gloss(piece, language).map(({ text, english }) => english ?? asItIs(text, language))
  return [...words, ...latinIn(piece, language)].filter(isNews).join(' ')
}

const isNews = (word: string, at: number, words: readonly string[]) =>
  word !== '' && word !== words[at - 1]

const asItIs = (word: string, { small }: Language): string =>
  isEnglish(word) && !small.has(word) ? word : ''

/** Japanese and Chinese write names in Latin letters between their own, without blanks. */
function latinIn(piece: string, { id }: Language): string[] {
  if (id !== 'ja' && id !== 'zh') return []
  return fold(piece).match(/[a-z]{2,}/g) ?? []
}
