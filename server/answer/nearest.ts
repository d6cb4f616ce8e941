/**
 * What a follow-up means: learnt from the example phrasings in `kb/data/intents/examples.json` by the
 * embedding model's vectors, together with the wordings, and only where it is clear enough.
 */
import { asksAnything, asksToo, isStatement } from './asks.ts'
import { type Intent, type IntentId, intentOf } from './intent.ts'
import { type Examples, load, type Model, prepare } from './nearest-examples.ts'
import { scores, unit } from './nearest-head.ts'

export type { Model } from './nearest-examples.ts'

/** A text's likeliest intents, by similarity and by the wordings in it, the likeliest first. */
export type Nearest = (text: string, told?: readonly Intent[]) => Promise<readonly Guess[]>
export type Guess = { readonly id: string; readonly score: number }

export type NearestFinder = {
  readonly nearest: Nearest
  /** embeds the examples, once; a failure is told to whoever waits, and tried again at the next call */
  ready(): Promise<void>
}

/** Questions about a matter of their own, and about nothing of ours at all. */
const TOPIC = 'topic'
/** What a wording of so many words adds to its intent; longer ones add no more. */
const WORDING = 0.1
const LONGEST_WORDING = 4
/** Measured on `test/answer/follow-ups.json` and on the examples by cross-validation. */
export const LEAST_SCORE = 0.2
export const LEAST_MARGIN = 0.02
/** What asks nothing needs no answer of its own: there it must be clearer. */
const LEAST_OF_STATEMENT = 0.3
/** A question about a matter of its own must not be taken for one about the case. */
const LEAD_OVER_TOPIC = 0.1
/** From here on the first of two that are near is taken. */
const LIKELY = 0.4
/** So much alone needs no lead. */
const PLAIN = 0.55
/** Talk about this program leads away from the case, and so does "off-topic": it must be clearer. */
const LEAST_SCORE_OF_TALK = 0.5
/** Statements of all kinds come near to a doubt. */
const LEAST_SCORE_OF_DOUBT = 0.38
/** "And if the group is synced?" asks, and doubts nothing. */
const SUPPOSES = /^\W*(?:(?:and|but|so|ok|or|what)\W+)*(?:if|when|suppose|assuming)\b/i
const TALK_IDS = new Set(['privacy', 'capability', 'human', 'greeting', 'language'])
/** Longer than this is a story of its own, not a follow-up. */
const LONGEST = 140
/** A question does not wait longer for the examples of a server that has just been started. */
const PATIENCE_MS = 300
/** From here on all of the text's words belong to the intent. */
const COVERING = 0.45
/** One sentence of several has to be clearer than a whole message. */
const ALONE = 0.35
/** The wording of a weaker intent says less than the whole text does. */
const CLEAR = 3

/** An answer to a question of ours, and no question. */
const YES_OR_NO = /^\W*(?:yes|yep|yeah|no|nope|nah|ja|nein|oui|non|maybe|perhaps)\W*$/i
/** At most so many sentences of a message are looked at one by one. */
const SENTENCES = 3

/**
 * What the examples take the text for, before what the wordings told. A message of several sentences may
 * ask twice: each sentence is looked at by itself too, and each intent says in which it was found.
 */
export async function withNearest(
  told: readonly Intent[],
  text: string,
  nearest: Nearest | undefined,
  read: (text: string) => readonly Intent[] = () => [],
  least = 0,
): Promise<readonly Intent[]> {
  if (!nearest || YES_OR_NO.test(text)) return told
  const parts = sentencesOf(text)
  const found = parts.length > 1 ? await eachOf(parts, nearest, read) : []
  const guesses = await nearest(text, told)
  const [first] = guesses
  if (found.length > 0 && !isSurerAsAWhole(found, parts, guesses))
    return [...found, ...told.filter(({ id }) => !has(found, id))]
  if (!first || !isSure(guesses)) return ordered(told, guesses)
  const bar = isStatement(text) ? LEAST_OF_STATEMENT : 0
  if (first.score < bar || (first.id === 'off' && !asksAnything(text)))
    return ordered(told, guesses)
  if (first.score < least) return told
  if (first.id === 'doubt' && (SUPPOSES.test(text) || asksToo(text)))
    return told.filter(({ id }) => id !== 'doubt')
  if (first.id === TOPIC) return told.filter(({ weight }) => weight >= CLEAR)
  const known = told.find(({ id }) => id === first.id)
  const own = first.score < COVERING && known && known.weight >= 2
  return [
    own ? known : intentOf(first.id as IntentId, text),
    ...told.filter(({ id }) => id !== first.id),
  ]
}

/** "We set up a new one. Could that be it?": what is asked stands in both sentences together. */
function isSurerAsAWhole(
  found: readonly Found[],
  parts: readonly string[],
  guesses: readonly Guess[],
): boolean {
  const [one] = found
  const [first] = guesses
  const asks = parts.filter(asksAnything).length
  return (
    asks < 2 &&
    one !== undefined &&
    first !== undefined &&
    isSure(guesses) &&
    first.score >= one.score
  )
}

const has = (list: readonly Intent[], wanted: IntentId): boolean =>
  list.some(({ id }) => id === wanted)

/** Sentences of more than one word; questions before what is only told. */
function sentencesOf(text: string): readonly string[] {
  const all = text
    .split(/(?<=[.!?])\s+|\n+/)
    .map((part) => part.trim())
    .filter((part) => part.split(/\s+/).length > 1)
  return [...all.filter(isQuestion), ...all.filter((part) => !isQuestion(part))].slice(0, SENTENCES)
}
const isQuestion = (part: string): boolean => part.endsWith('?')

type Found = Intent & { readonly score: number }

async function eachOf(
  parts: readonly string[],
  nearest: Nearest,
  read: (text: string) => readonly Intent[],
): Promise<readonly Found[]> {
  const found: Found[] = []
  const asking = parts.filter(asksAnything)
  // what is told beside a question only leads up to it
  for (const part of asking.length > 0 ? asking : parts) {
    const guesses = await nearest(part, read(part))
    const [first] = guesses
    const isNew = first && !found.some(({ id }) => id === first.id)
    if (isNew && isSure(guesses) && first.id !== TOPIC && first.score >= ALONE)
      found.push({ ...intentOf(first.id as IntentId, part), asked: part, score: first.score })
  }
  return found
}

/** Where nothing is sure, the wordings stay, in the order that the examples give them. */
function ordered(told: readonly Intent[], guesses: readonly Guess[]): readonly Intent[] {
  const score = ({ id }: Intent) => guesses.find((guess) => guess.id === id)?.score ?? 0
  return told.length < 2 || guesses.length === 0
    ? told
    : [...told].sort((a, b) => score(b) - score(a))
}

/** Near enough, and ahead of the next. */
function isSure([first, ...rest]: readonly Guess[]): boolean {
  const [second] = rest
  if (!first) return false
  const least = TALK_IDS.has(first.id)
    ? LEAST_SCORE_OF_TALK
    : first.id === 'doubt'
      ? LEAST_SCORE_OF_DOUBT
      : LEAST_SCORE
  const topic = rest.find(({ id }) => id === TOPIC)?.score ?? 0
  if (first.score < PLAIN && first.score - topic < LEAD_OVER_TOPIC) return false
  if (first.score >= PLAIN) return first.score >= least
  return (
    first.score >= least &&
    (first.score >= LIKELY || first.score - (second?.score ?? 0) >= LEAST_MARGIN)
  )
}

/** `folder`: where the examples' vectors are kept, so that they are embedded once and not at each start. */
export function createNearest(model: Model, folder?: string): NearestFinder {
  let loading: Promise<Examples> | undefined
  const examples = (): Promise<Examples> => {
    loading ??= load(model, folder)
    loading.catch(() => {
      loading = undefined
    })
    return loading
  }
  return {
    async ready() {
      await examples()
    },
    async nearest(text, told = []) {
      const prepared = prepare(text)
      if (prepared === '' || prepared.length > LONGEST) return []
      const known = await soon(examples())
      const [vector] = known ? await model.embed([prepared]) : []
      return known && vector ? ranked(unit(vector), known, told) : []
    },
  }
}

/** What comes in time, else undefined; a failed model is no reason to leave a question unanswered. */
function soon<T>(promise: Promise<T>): Promise<T | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, PATIENCE_MS, undefined)
    const done = (value: T | undefined) => {
      clearTimeout(timer)
      resolve(value)
    }
    promise.then(done, () => done(undefined))
  })
}

function ranked(
  vector: Float32Array,
  { head, vectors }: Examples,
  told: readonly Intent[],
): readonly Guess[] {
  const words = new Map(told.map(({ id, weight }) => [id as string, weight]))
  return [...scores(head, vectors, vector)]
    .map(([id, score]) => ({
      id,
      score: score + WORDING * Math.min(words.get(id) ?? 0, LONGEST_WORDING),
    }))
    .sort((a, b) => b.score - a.score)
}
