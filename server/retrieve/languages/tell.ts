import en from './en.json' with { type: 'json' }
import { fold } from './fold.ts'
import { type Gloss, gloss } from './gloss.ts'
import { LANGUAGES, type Language } from './list.ts'

const ENGLISH: ReadonlySet<string> = new Set(en.words.split(' '))

/** Words that all these languages use alike tell nothing. */
const LOANS: ReadonlySet<string> = new Set(en.loans.split(' '))

/** Codes, names with dots or digits in them, and acronyms: the same in every language. */
export const KEPT =
  /((?<![\p{L}\p{N}])(?:[Tt]-[Oo]nline|[A-Za-z]{0,40}\d[\w.-]{0,80}|[A-Za-z]{0,40}[a-z][A-Z]\w{0,40}|[A-Z]\w{1,40}(?:\.\w{1,40}){1,6}|\w[\w-]{0,62}(?:\.\w{1,40}){0,6}\.(?:com|net|org|eu|de|at|ch|fr|es|it|nl|be|pt|br|pl|cz|se|ru|jp|cn|il)|[A-Z]{2,40})(?![\p{L}\p{N}]))/gu

/** Scripts that tell the language alone, as far as these lists know one for each; letters to a word. */
const SCRIPTS: readonly (readonly [RegExp, string, number])[] = [
  [/[\u3040-\u30ff]/g, 'ja', 1],
  [/[\u4e00-\u9fff]/g, 'zh', 1],
  [/[\u0400-\u04ff]/g, 'ru', 5],
  [/[\u0600-\u06ff]/g, 'ar', 5],
  [/[\u0590-\u05ff]/g, 'he', 5],
]

const LETTERS: Readonly<Record<string, RegExp>> = {
  de: /[äöüß]/i,
  fr: /[àâçèêëîïôùûœ]/i,
  es: /[ñ¿¡áéíóú]/i,
  it: /[àèìòùé]/i,
  pt: /[ãõçâêáéíóú]/i,
  pl: /[ąćęłńśźż]/i,
  sv: /[åäö]/i,
  cs: /[ěščřžůťďňáéíýú]/i,
}

/** How much must speak for a language; of a few words alone, that half of them are in its list. */
const ENOUGH = 2
const HALF = 0.5

/** As much of a text as is read to tell its language. */
const READ = 2_000

/** The language of a text that is not English; undefined for English and for what cannot be told. */
export function languageOf(whole: string): Language | undefined {
  const text = whole.slice(0, READ)
  const words = fold(text.replaceAll(KEPT, ' ')).split(' ').filter(isTelling)
  const english = words.filter((word) => ENGLISH.has(word)).length
  return byScript(text, english) ?? byWords(text, words, english)
}

/** A Chinese name in an English question does not make it Chinese. */
function byScript(text: string, english: number): Language | undefined {
  const script = SCRIPTS.find(([letters]) => text.search(letters) >= 0)
  if (script === undefined) return undefined
  const [letters, id, toAWord] = script
  const words = (text.match(letters)?.length ?? 0) / toAWord
  return words >= english ? LANGUAGES.find((language) => language.id === id) : undefined
}

function byWords(text: string, words: readonly string[], english: number): Language | undefined {
  const scored = LANGUAGES.map((language) => ({ language, score: score(text, words, language) }))
  const best = scored.toSorted((a, b) => b.score - a.score)[0]
  if (best === undefined || best.score <= english) return undefined
  const share = explained(words, best.language) / (words.length - english)
  return best.score >= ENOUGH || share >= HALF ? best.language : undefined
}

const isTelling = (word: string) => word !== '' && !LOANS.has(word)

/** Small words tell a language; known words and letters that English lacks speak for it too. */
function score(text: string, words: readonly string[], language: Language): number {
  const letters = LETTERS[language.id]?.test(text) ? 1 : 0
  const glosses = gloss(words.join(' '), language)
  return letters + glosses.map((found) => weight(found, language)).reduce(add, 0)
}

function weight({ text, english }: Gloss, { small }: Language): number {
  // a letter alone may be a name: "c++"
  if (text.length === 1) return 0
  if (small.has(text)) return ENGLISH.has(text) ? 0.5 : 1
  if (english === undefined || isCognate(text, english)) return 0
  return 0.8 * text.split(' ').filter((word) => !ENGLISH.has(word)).length
}

/** "installing" is no evidence for a language that says "install" too. */
const isCognate = (text: string, english: string) => text.slice(0, 4) === english.slice(0, 4)

/** How many of the words that are not English the language knows. */
function explained(words: readonly string[], { small, ...language }: Language): number {
  const foreign = words.filter((word) => !ENGLISH.has(word)).join(' ')
  return gloss(foreign, { small, ...language })
    .filter(({ text, english }) => small.has(text) || english !== undefined)
    .map(({ text }) => text.split(' ').length)
    .reduce(add, 0)
}

const add = (a: number, b: number) => a + b

/** Whether a word of a foreign text can stay as it is: a quoted error message is English everywhere. */
export const isEnglish = (word: string): boolean => ENGLISH.has(word) || LOANS.has(word)
