/** "What is TLS?", "relaying?": a word of the field, in a sentence that everybody understands. */
import { phraseWords } from '../../kb/diagnose/text.ts'
import type { Article } from '../../kb/types.ts'
import { type Draft, withMark } from './draft.ts'
import { contentWords, overlap, type Part, partsOf } from './sections.ts'
import { mainArticle, type Turn } from './turn.ts'

/** The note whose headings are the words, each with its other forms behind commas. */
const NOTE = 'words-of-mail'

const OPENING = String.raw`^\W*(?:(?:and|but|so|ok|okay|well|sorry|hm+|oh|wait|please|then|um|err?)\b\W*)*`
const TAIL = String.raw`(?:\W+(?:exactly|anyway|actually|again|even|please|then|then again|in (?:plain|simple|normal) (?:words|english)|supposed to (?:be|mean)))*\W*$`
/** Ways of asking for a word; the first group is what is asked for. */
const FORMS: readonly RegExp[] = [
  `${OPENING}(?:what(?:'s|s| is| are| exactly is| the \\w+ is)|was (?:ist|sind|bedeutet|heißt|heisst)|c'est quoi|qu'est-ce que c'est que|qu'est-ce que|que es|qué es|cos'è|wat is) (.+?)${TAIL}`,
  `${OPENING}what (?:does|do) (.+?) (?:mean|stand for)${TAIL}`,
  `${OPENING}(?:define|explain(?: to me)?(?: what)?|what do you mean (?:by|with)|what is meant (?:by|with)|(?:the )?(?:meaning|definition) of|never heard of|(?:i )?(?:don'?t|do not) know what|(?:i have )?no (?:idea|clue) what) (.+?)(?: (?:is|are|means?|stands? for))?${TAIL}`,
  `${OPENING}(.+?) (?:is|are|means?) what${TAIL}`,
  String.raw`${OPENING}([^\s?]+(?: [^\s?]+){0,2}?)\s*\?+\W*$`,
].map((source) => new RegExp(source, 'i'))

/** "What is the domain?" under a report asks which one it is, not what the word means. */
const DEFINITE = /^(?:the|this|that|these|those|my|our|their|his|her|your|der|die|das|le|la)\s+/i
const ARTICLE = /^(?:an?|ein(?:en?)?|une?)\s+/i

const byWord = new WeakMap<Article, ReadonlyMap<string, Part>>()

/** Says what a word means; false where the message does not ask for one that is known. */
export function sayWord(turn: Turn, draft: Draft): boolean {
  const note = turn.articles.get(NOTE)
  const part = note && wordAsked(turn, wordsOf(note))
  if (!note || !part) return false
  const [first = ''] = part.heading.split(',')
  draft.add(withMark(`**${first}:** ${part.markdown}`, draft.cite(note, part.heading)))
  sayBearing(turn, draft, part)
  return true
}

/** What it has to do with the case, where the case's own article speaks of it. */
function sayBearing(turn: Turn, draft: Draft, { heading }: Part): void {
  const article = mainArticle(turn)
  if (!turn.report || !turn.diagnosis || !article) return
  const text = article.sections.map(({ markdown }) => markdown).join('\n')
  if (
    heading
      .split(',')
      .some((form) => overlap(contentWords(form), `${article.title}\n${text}`) === 1)
  )
    draft.add(`**In your report:** ${turn.diagnosis.summary}${draft.cite(article, '')}`)
}

function wordAsked({ own, report }: Turn, words: ReadonlyMap<string, Part>): Part | undefined {
  const sentence =
    own
      .trim()
      .split(/(?<=[.!?])\s+|\n+/)
      .at(-1) ?? ''
  for (const form of FORMS) {
    const asked = form.exec(sentence)?.[1]?.trim()
    if (!asked || (report && DEFINITE.test(asked))) continue
    const part = words.get(keyOf(asked.replace(DEFINITE, '').replace(ARTICLE, '')))
    if (part) return part
  }
  return undefined
}

function wordsOf(note: Article): ReadonlyMap<string, Part> {
  const before = byWord.get(note)
  if (before) return before
  const words = new Map(
    partsOf(note)
      .filter(({ role }) => role !== 'lead')
      .flatMap((part) =>
        part.heading.split(',').map((form): [string, Part] => [keyOf(form), part]),
      ),
  )
  byWord.set(note, words)
  return words
}

/** One key for a word and its plural. */
const keyOf = (form: string): string => phraseWords(form).join(' ').replace(/s$/, '')
