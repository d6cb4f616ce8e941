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
  return calm(text, language)
    .split(KEPT)
    .map((piece, at) => (at % 2 === 1 ? piece : inWords(piece, language)))
    .filter((piece) => piece !== '')
    .join(' ')
}

/** "NICHT" is no acronym, and where everything is in capitals nothing is. */
function calm(text: string, language: Language): string {
  if (!/\p{Ll}/u.test(text)) return text.toLowerCase()
  return text.replaceAll(/(?<!\p{L})\p{Lu}{2,}(?!\p{L})/gu, (word) => {
    const known = gloss(word, language).some(({ english }) => english !== undefined)
    return known || language.small.has(fold(word)) ? word.toLowerCase() : word
  })
}

/** Id of the language of a text that is not English; undefined for English and for what cannot be told. */
export function languageIdOf(text: string): string | undefined {
  return languageOf(text)?.id
}

function inWords(piece: string, language: Language): string {
  const words = gloss(piece, language).map(({ text, english }) => english ?? asItIs(text, language))
  return [...words, ...latinIn(piece, language)].filter(isNews).join(' ')
}

const isNews = (word: string, at: number, words: readonly string[]) =>
  word !== '' && word !== words[at - 1]

const asItIs = (word: string, { small }: Language): string =>
  word.length > 1 && isEnglish(word) && !small.has(word) ? word : ''

/** Japanese and Chinese write names in Latin letters between their own, without blanks. */
function latinIn(piece: string, { id }: Language): string[] {
  if (id !== 'ja' && id !== 'zh') return []
  return fold(piece).match(/[a-z]{2,}/g) ?? []
}
