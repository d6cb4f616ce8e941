/** What a person tells in their own words, as facts. */
import type { Fact, FactData } from '../types.ts'
import { FACTS } from './data.ts'
import {
  findPhrase,
  phraseWords,
  plain,
  type Sentence,
  sentences,
  stem,
  type Word,
} from './text.ts'

type Saying = {
  readonly fact: FactData
  readonly value: string
  readonly words: readonly string[]
}

/**
 * Facts stated in a person's own words, by the wordings in `kb/data/facts`. Where two wordings of one
 * fact fit, the longer one wins ("not only calendar" over "only calendar"); a denied one turns a
 * question with two answers to the other answer and says nothing where there are more.
 */
export function readFacts(text: string, data: readonly FactData[] = FACTS): readonly Fact[] {
  const index = indexOf(data)
  const best = new Map<string, { value: string; length: number }>()
  for (const sentence of sentences(text)) {
    if (isPolarQuestion(sentence)) continue
    for (const { fact, value, words, negated, start } of sayingsIn(sentence, index)) {
      if (isHypothetical(sentence, start)) continue
      const told = negated ? opposite(fact, value) : value
      if (told === undefined || (fact.id === 'tried' && isAdvice(sentence, words))) continue
      const before = best.get(fact.id)
      if (!before || words.length > before.length || (words.length === before.length && !negated))
        best.set(fact.id, { value: told, length: words.length })
    }
  }
  return [...best].map(([name, { value }]) => ({ name, value, from: 'person' }))
}

/**
 * A short answer to a question that was asked: its label, a wording of it without the usual care, a
 * number ("the second one"), yes or no where these are labels. Undefined where it answers nothing.
 */
export function readAnswer(text: string, question: FactData): Fact | undefined {
  // a question of their own is no answer to ours, unless it begins with one ("no, and why …?")
  if (text.includes('?') && !YES.test(text) && !NO.test(text)) return undefined
  const value =
    byWording(text, question) ?? byOrdinal(text, question) ?? byYesNo(text, question) ?? undefined
  return value === undefined ? undefined : { name: question.id, value, from: 'person' }
}

/**
 * An option said as it was offered, by a click or word by word. Undefined where questions of several
 * things have the same option ("yes"): then only the question itself could tell.
 */
export function readOption(text: string, questions: readonly FactData[]): Fact | undefined {
  const said = bare(text)
  const found = questions.flatMap(({ id, options }) =>
    options.filter(({ label }) => bare(label) === said).map(({ value }) => ({ name: id, value })),
  )
  const [only] = found
  return only && found.length === 1 ? { ...only, from: 'person' } : undefined
}

const bare = (text: string): string => plain(text).replace(/^\W+|\W+$/g, '')

function byWording(text: string, question: FactData): string | undefined {
  const told = readFacts(text, [question])[0]?.value
  if (told !== undefined) return told
  const said = sentences(text).flatMap(({ words }) => words.map(({ stem }) => stem))
  const scored = question.options
    .map(({ value, label }) => ({ value, share: shareOf(phraseWords(label), said) }))
    .sort((a, b) => b.share - a.share)
  const [first, second] = scored
  return first && first.share >= 0.5 && first.share > (second?.share ?? 0) ? first.value : undefined
}

/** Words that every label may hold; they tell no option from another. */
const FILLERS = new Set(
  'a an the of or and to it is in on at by from with that this you your i my only just other one not'.split(
    ' ',
  ),
)

function shareOf(label: readonly string[], said: readonly string[]): number {
  const content = label.filter((word) => !FILLERS.has(word))
  if (content.length === 0) return 0
  return content.filter((word) => said.includes(word)).length / content.length
}

const ORDINALS: readonly (readonly [RegExp, number])[] = [
  [/^\W*(?:the |number |no\.? |option )?(?:first|1st|1|former|upper|a)\b(?: one| option)?\W*$/i, 0],
  [/^\W*(?:the |number |no\.? |option )?(?:second|2nd|2|b)\b(?: one| option)?\W*$/i, 1],
  [/^\W*(?:the |number |no\.? |option )?(?:third|3rd|3|c)\b(?: one| option)?\W*$/i, 2],
  [/^\W*(?:the |number |no\.? |option )?(?:fourth|4th|4|d)\b(?: one| option)?\W*$/i, 3],
  [/^\W*(?:the )?(?:last|latter|lower)\b(?: one| option)?\W*$/i, -1],
]

function byOrdinal(text: string, { options }: FactData): string | undefined {
  const place = ORDINALS.find(([pattern]) => pattern.test(text))?.[1]
  return place === undefined ? undefined : options.at(place)?.value
}

export const YES =
  /^\W*(?:yes|yep|yeah|yup|sure|correct|right|exactly|indeed|true|ja|oui|of course|that's right)\b/i
export const NO = /^\W*(?:no|nope|nah|not really|negative|nein|non|wrong)\b/i

function byYesNo(text: string, { options }: FactData): string | undefined {
  const word = YES.test(text) ? 'yes' : NO.test(text) ? 'no' : undefined
  if (word === undefined) return undefined
  return options.find(({ label, value }) => value === word || label.toLowerCase().startsWith(word))
    ?.value
}

/** "Is it listed?", "so can I just resend it": asks, states nothing. Many leave out the question mark. */
function isPolarQuestion({ words, question }: Sentence): boolean {
  const stems = words.map(({ stem }) => stem)
  const start = stems.findIndex((word) => !OPENERS.has(word))
  return POLAR.has(stems[start] ?? '') && (question || PRONOUNS.has(stems[start + 1] ?? ''))
}
const POLAR = new Set(
  'is are was were do does did can could should shall must may might will would am has have'
    .split(' ')
    .map(stem),
)
const OPENERS = new Set('so and but then ok okay well now also or , please'.split(' ').map(stem))
const PRONOUNS = new Set('i we you he she it they this that there'.split(' ').map(stem))

const SUPPOSED = new Set('whether if before until'.split(' ').map(stem))

/** "How do I see whether they run …", "what if we use …": asked or supposed, not stated. */
function isHypothetical({ words }: Sentence, start: number): boolean {
  return words.slice(0, start).some(({ stem: word }) => SUPPOSED.has(word))
}

/** "Somebody says I must …": advice that was heard, not something that was done ("I told her"). */
function isAdvice({ words }: Sentence, saying: readonly string[]): boolean {
  return words.some(({ stem }) => ADVICE.has(stem) && !(stem === 'told' && saying.includes(stem)))
}
const ADVICE = new Set(
  'must should shall need say said suggest advis recommend tell told try'.split(' '),
)

type Index = ReadonlyMap<string, readonly Saying[]>
const indexes = new WeakMap<readonly FactData[], Index>()

/** Sayings by their first word, so that a sentence is compared only with those that can begin in it. */
function indexOf(data: readonly FactData[]): Index {
  const before = indexes.get(data)
  if (before) return before
  const index = new Map<string, Saying[]>()
  for (const fact of data)
    for (const { value, says } of fact.options)
      for (const words of says.map(phraseWords)) {
        const first = words[0]
        if (first === undefined) continue
        const list = index.get(first)
        if (list) list.push({ fact, value, words })
        else index.set(first, [{ fact, value, words }])
      }
  indexes.set(data, index)
  return index
}

function sayingsIn({ words }: Sentence, index: Index) {
  const seen = new Set(words.map(({ stem }) => stem))
  return [...seen].flatMap((first) =>
    (index.get(first) ?? []).flatMap((saying) => {
      if (!saying.words.every((word) => seen.has(word))) return []
      const hit = findPhrase(words, saying.words, reachOf(saying.words))
      if (!hit || !holdsTogether(words.slice(hit.start, hit.end + 1), saying.words)) return []
      return [{ ...saying, negated: hit.negated, start: hit.start }]
    }),
  )
}

/** Short wordings, and those with a "not" of their own, mean something else when words come between. */
function reachOf(phrase: readonly string[]): number {
  if (phrase.some((word) => word === 'not' || word.endsWith("n't"))) return 1
  return phrase.length <= 2 ? 2 : 4
}

/** "I see whether they run …" is not "I run …": no other subject, no "whether", no comma in a short one. */
function holdsTogether(span: readonly Word[], phrase: readonly string[]): boolean {
  return !span.some(
    ({ stem, stop }) =>
      !phrase.includes(stem) && (BREAKS.has(stem) || (stop && phrase.length <= 3)),
  )
}
const BREAKS = new Set('i we you he she they it who whether if that which because when'.split(' '))

function opposite({ options }: FactData, value: string): string | undefined {
  return options.length === 2 ? options.find((option) => option.value !== value)?.value : undefined
}
