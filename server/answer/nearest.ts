/**
 * What a follow-up means where no wording fits: the nearest of the example phrasings in
 * `kb/data/intents/examples.json`, by the embedding model, and only where it is clearly the nearest.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import exampleData from '../../kb/data/intents/examples.json' with { type: 'json' }
import { plain } from '../../kb/diagnose/text.ts'
import { type Intent, type IntentId, intentOf } from './intent.ts'

/** A text's intent by similarity. Undefined where nothing is near enough, or the model is not ready. */
export type Nearest = (text: string) => Promise<Guess | undefined>
export type Guess = { readonly id: IntentId; readonly score: number; readonly margin: number }

export type NearestFinder = {
  readonly nearest: Nearest
  /** embeds the examples, once; a failure is told to whoever waits, and tried again at the next call */
  ready(): Promise<void>
}

/** A wording of fewer words is a weak one: an example that is nearest by this much goes before it. */
const CLEAR = 2
const MARGIN_OVER_WORDING = 0.08

/** What the wordings told, and before it the nearest example where no wording is clear. */
export async function withNearest(
  told: readonly Intent[],
  text: string,
  nearest: Nearest | undefined,
): Promise<readonly Intent[]> {
  const clear = told.some(({ id, weight }) => weight >= CLEAR && id !== 'code')
  const guess = nearest && !clear ? await nearest(text) : undefined
  if (!guess) return told
  const weak = told.filter(({ id }) => id !== 'code' && id !== guess.id)
  const wins = weak.length === 0 || guess.margin >= MARGIN_OVER_WORDING
  return wins ? [intentOf(guess.id, text), ...told] : told
}

/** The embedding model; its fingerprint names it, and with it what was kept of it. */
export type Model = {
  readonly fingerprint: string
  embed(texts: readonly string[]): Promise<readonly Float32Array[]>
}
type Example = { readonly id: string; readonly text: string }
type Examples = readonly (readonly [id: string, vector: Float32Array])[]

/** Examples of questions about something else: what is nearest to them is no follow-up. */
const TOPIC = 'topic'
/** Measured on `test/answer/follow-ups.json`: the least similarity, and the lead over the next intent. */
export const LEAST_SCORE = 0.6
export const LEAST_MARGIN = 0.05
/** Talk about this program leads away from the case: it must be clearer. */
const LEAST_SCORE_OF_TALK = 0.8
const TALK_IDS = new Set(['privacy', 'capability', 'human', 'greeting', 'language'])
/** Longer than this is a story of its own, not a follow-up. */
const LONGEST = 120
/** A question does not wait longer for the examples of a server that has just been started. */
const PATIENCE_MS = 300

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
    async nearest(text) {
      const prepared = plain(text)
      if (prepared === '' || prepared.length > LONGEST) return undefined
      const known = await soon(examples())
      const [vector] = known ? await model.embed([prepared]) : []
      return known && vector ? best(vector, known) : undefined
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

function best(vector: Float32Array, examples: Examples): Guess | undefined {
  const byIntent = new Map<string, number>()
  for (const [id, example] of examples)
    byIntent.set(id, Math.max(byIntent.get(id) ?? -1, cosine(vector, example)))
  const [first, second] = [...byIntent].sort(([, a], [, b]) => b - a)
  if (!first || first[0] === TOPIC) return undefined
  const [id, score] = first
  const margin = score - (second?.[1] ?? 0)
  const least = TALK_IDS.has(id) ? LEAST_SCORE_OF_TALK : LEAST_SCORE
  return score >= least && margin >= LEAST_MARGIN
    ? { id: id as IntentId, score, margin }
    : undefined
}

function cosine(a: Float32Array, b: Float32Array): number {
  let [dot, aa, bb] = [0, 0, 0]
  for (let at = 0; at < a.length; at++) {
    const [x, y] = [a[at] ?? 0, b[at] ?? 0]
    dot += x * y
    aa += x * x
    bb += y * y
  }
  return aa === 0 || bb === 0 ? 0 : dot / Math.sqrt(aa * bb)
}

/* ------------------------------------------------------------ the examples' vectors */

async function load(model: Model, folder: string | undefined): Promise<Examples> {
  const list: readonly Example[] = Object.entries(exampleData).flatMap(([id, texts]) =>
    texts.map((text) => ({ id, text: plain(text) })),
  )
  const file = folder && join(folder, `phrasings-${hashOf(model, list)}.f32`)
  const vectors = (file && read(file, list.length)) || (await embedAll(model, list))
  if (file) keep(file, vectors)
  return list.map(({ id }, at) => [id, vectors[at] ?? new Float32Array()] as const)
}

/** One after the other: a question that comes meanwhile waits for one text, not for hundreds. */
async function embedAll(model: Model, list: readonly Example[]): Promise<readonly Float32Array[]> {
  const vectors: Float32Array[] = []
  for (const { text } of list) vectors.push(...(await model.embed([text])))
  return vectors
}

const hashOf = ({ fingerprint }: Model, list: readonly Example[]): string =>
  createHash('sha256')
    .update(JSON.stringify([fingerprint, list]))
    .digest('hex')
    .slice(0, 16)

function read(file: string, count: number): readonly Float32Array[] | undefined {
  try {
    const bytes = readFileSync(file)
    const all = new Float32Array(new Uint8Array(bytes).buffer)
    const dims = all.length / count
    if (!Number.isInteger(dims) || dims === 0) return undefined
    return Array.from({ length: count }, (_, at) => all.slice(at * dims, (at + 1) * dims))
  } catch {
    return undefined
  }
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength)

/** Written beside and renamed, so that nobody reads half a file. A folder that takes nothing costs time only. */
function keep(file: string, vectors: readonly Float32Array[]): void {
  try {
    mkdirSync(join(file, '..'), { recursive: true })
    const part = `${file}.${process.pid}`
    writeFileSync(part, Buffer.concat(vectors.map(bytesOf)))
    renameSync(part, file)
  } catch {
    // the next start embeds them again
  }
}
