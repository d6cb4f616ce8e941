/**
 * Questions in other languages, for an index and a model that know English alone: the words of the
 * field are put into English by small word lists. What a question is about survives that; its grammar
 * need not.
 */
import de from './languages/de.json' with { type: 'json' }
import es from './languages/es.json' with { type: 'json' }
import fr from './languages/fr.json' with { type: 'json' }
import it from './languages/it.json' with { type: 'json' }
import ja from './languages/ja.json' with { type: 'json' }
import nl from './languages/nl.json' with { type: 'json' }
import pl from './languages/pl.json' with { type: 'json' }
import pt from './languages/pt.json' with { type: 'json' }
import ru from './languages/ru.json' with { type: 'json' }
import sv from './languages/sv.json' with { type: 'json' }
import zh from './languages/zh.json' with { type: 'json' }

/** `function`: small words that tell the language; `words`: beginnings of words, folded, to English. */
type WordList = {
  readonly id: string
  readonly function: readonly string[]
  readonly words: Readonly<Record<string, string>>
}

type Language = WordList & {
  readonly small: ReadonlySet<string>
  readonly long: [string, string][]
}

const LANGUAGES: readonly Language[] = [de, fr, es, it, nl, pt, pl, sv, ru, ja, zh].map(
  (list: WordList) => ({
    ...list,
    small: new Set(list.function),
    // longer beginnings first: "lista negra" before "lista"
    long: Object.entries(list.words).sort(([a], [b]) => b.length - a.length),
  }),
)

const KANA = /[\u3040-\u30ff]/
const HAN = /[\u4e00-\u9fff]/
const CYRILLIC = /[\u0400-\u04ff]/

/** The question with its words of the field in English; unchanged where it is English already. */
export function toEnglish(text: string): string {
  const language = languageOf(text)
  if (language === undefined) return text
  const folded = fold(text)
  const found = language.long.filter(([word]) => beginsIn(folded, word, language.id))
  // what is in no list may be a name, a code or an English word of the trade
  return [...found.map(([, english]) => english), ...foreignRest(text)].join(' ')
}

/** Id of the language of a text that is not English; undefined for English and for what cannot be told. */
export function languageIdOf(text: string): string | undefined {
  return languageOf(text)?.id
}

function languageOf(text: string): Language | undefined {
  if (KANA.test(text)) return byId('ja')
  if (HAN.test(text)) return byId('zh')
  if (CYRILLIC.test(text)) return byId('ru')
  const words = fold(text).match(/[a-z]+/g) ?? []
  const english = words.filter((word) => ENGLISH.has(word)).length
  const scored = LANGUAGES.map((language) => ({ language, score: score(language, text, words) }))
  const best = scored.toSorted((a, b) => b.score - a.score)[0]
  return best && best.score >= 2 && best.score > english ? best.language : undefined
}

const byId = (id: string) => LANGUAGES.find((language) => language.id === id)

/** Small words tell a language; words of the field and letters that English lacks speak for it too. */
function score({ small, long, id }: Language, text: string, words: readonly string[]): number {
  const folded = fold(text)
  const little = words.filter((word) => small.has(word)).length
  const field = long.filter(([word]) => word.length > 4 && beginsIn(folded, word, id)).length
  return little + field * 0.8 + (LETTERS[id]?.test(text) ? 1 : 0)
}

const LETTERS: Readonly<Record<string, RegExp>> = {
  de: /[äöüß]/i,
  fr: /[àâçèêëîïôùûœ]/i,
  es: /[ñ¿¡áíóú]/i,
  it: /[àèìòù]/i,
  pt: /[ãõçâê]/i,
  pl: /[ąćęłńśźż]/i,
  sv: /[åäö]/i,
}

const ENGLISH: ReadonlySet<string> = new Set(
  `the is are was were not and why how who what my our you your from with but only all it they them this
  that have has does do did can cannot to of for when which there been will would`.split(/\s+/),
)

function beginsIn(folded: string, word: string, id: string): boolean {
  if (id === 'ja' || id === 'zh') return folded.includes(word)
  const at = ` ${folded}`.indexOf(` ${word}`)
  if (at < 0) return id === 'de' && word.length > 5 && folded.includes(word)
  return word.length > 3 || !/[\p{L}]/u.test(folded[at + word.length] ?? ' ')
}

/** Words in Latin letters of a text in another script, and names and codes of any text. */
function foreignRest(text: string): string[] {
  if (KANA.test(text) || HAN.test(text) || CYRILLIC.test(text)) {
    return text.match(/[A-Za-z0-9][A-Za-z0-9.-]+/g) ?? []
  }
  return (
    text.match(/\b(?:[A-Z]*\d[\w.-]*|[A-Z]{2,}\w*|[A-Za-z]+\d\w*)\b/g)?.concat(names(text)) ??
    names(text)
  )
}

const NAMES =
  /\b(?:gmail|outlook|exchange|yahoo|hotmail|postfix|exim|sendmail|qmail|office|icloud|proofpoint|mimecast|spamhaus|barracuda|spam|spf|dkim|dmarc|mx|dns|tls|smtp|server|domain|mail|email|e-mail|relay|newsletter|t-online|gmx|web\.de|zip|ndr)\b/gi

const names = (text: string): string[] => text.match(NAMES) ?? []

/** Letters without their marks, blanks collapsed, punctuation as blanks. */
function fold(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .replaceAll('ß', 'ss')
    .replaceAll('ł', 'l')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
