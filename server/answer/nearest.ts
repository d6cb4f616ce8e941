/**
 * What a follow-up means: learnt from the example phrasings in `kb/data/intents/examples.json` by the
 * embedding model's vectors, together with the wordings, and only where it is clear enough.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import exampleData from '../../kb/data/intents/examples.json' with { type: 'json' }
import { plain } from '../../kb/diagnose/text.ts'
import { asksAnything, isStatement } from './asks.ts'
import { type Intent, type IntentId, intentOf } from './intent.ts'
import { type Head, scores, train, unit } from './nearest-head.ts'
import { asked, spelled } from './typing.ts'

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

/** The embedding model; its fingerprint names it, and with it what was kept of it. */
export type Model = {
  readonly fingerprint: string
  embed(texts: readonly string[]): Promise<readonly Float32Array[]>
}
type Example = { readonly id: string; readonly text: string }
type Examples = { readonly head: Head; readonly vectors: readonly Float32Array[] }

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

/** Examples and questions alike: slips mended, the words around the question left out. */
const prepare = (text: string): string => plain(asked(spelled(text)))

/* ------------------------------------------------------------ the examples' vectors */

async function load(model: Model, folder: string | undefined): Promise<Examples> {
  const list: readonly Example[] = Object.entries(exampleData).flatMap(([id, texts]) =>
    texts.map((text) => ({ id, text: prepare(text) })),
  )
  const labels = list.map(({ id }) => id)
  const ids = [...new Set(labels)]
  const file = folder && join(folder, `meanings-${hashOf(model, list)}.f32`)
  const kept = file ? read(file, list.length, ids.length) : undefined
  if (kept) return { head: { ids, weights: kept.weights }, vectors: kept.vectors }
  const vectors = await embedAll(model, list)
  const head = await train(vectors, labels)
  if (file) keep(file, [...vectors, head.weights])
  return { head, vectors }
}

/** One after the other: a question that comes meanwhile waits for one text, not for hundreds. */
async function embedAll(model: Model, list: readonly Example[]): Promise<readonly Float32Array[]> {
  const vectors: Float32Array[] = []
  for (const { text } of list) vectors.push(...(await model.embed([text])).map(unit))
  return vectors
}

const hashOf = ({ fingerprint }: Model, list: readonly Example[]): string =>
  createHash('sha256')
    .update(JSON.stringify([fingerprint, list]))
    .digest('hex')
    .slice(0, 16)

type Kept = { readonly vectors: readonly Float32Array[]; readonly weights: Float32Array }

/** The vectors, one after the other, and behind them the head's weights. */
function read(file: string, count: number, intents: number): Kept | undefined {
  try {
    const all = new Float32Array(new Uint8Array(readFileSync(file)).buffer)
    const dims = (all.length - count * intents) / count
    if (!Number.isInteger(dims) || dims <= 0) return undefined
    return {
      vectors: Array.from({ length: count }, (_, at) => all.slice(at * dims, (at + 1) * dims)),
      weights: all.slice(count * dims),
    }
  } catch {
    return undefined
  }
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength)

/** Written beside and renamed, so that nobody reads half a file. A folder that takes nothing costs time only. */
function keep(file: string, arrays: readonly Float32Array[]): void {
  try {
    mkdirSync(join(file, '..'), { recursive: true })
    const part = `${file}.${process.pid}`
    writeFileSync(part, Buffer.concat(arrays.map(bytesOf)))
    renameSync(part, file)
  } catch {
    // the next start embeds them again
  }
}
