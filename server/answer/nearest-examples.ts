/** The example phrasings of `kb/data/intents/examples.json` with their vectors, made once and kept. */
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import exampleData from '../../kb/data/intents/examples.json' with { type: 'json' }
import { plain } from '../../kb/diagnose/text.ts'
import { type Head, train, unit } from './nearest-head.ts'
import { asked, spelled } from './typing.ts'

/** The embedding model; its fingerprint names it, and with it what was kept of it. */
export type Model = {
  readonly fingerprint: string
  embed(texts: readonly string[]): Promise<readonly Float32Array[]>
}
type Example = { readonly id: string; readonly text: string }
export type Examples = { readonly head: Head; readonly vectors: readonly Float32Array[] }

/** Examples and questions alike: slips mended, the words around the question left out. */
export const prepare = (text: string): string => plain(asked(spelled(text)))

/**
 * Embeds the examples and learns from them, or reads what was kept of an earlier start with the same model
 * and the same examples. Rejects where the model fails.
 */
export async function load(model: Model, folder: string | undefined): Promise<Examples> {
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

/** What earlier examples or another model left behind. */
const KEPT = /^(?:meanings|phrasings)-[0-9a-f]{16}\.f32$/

/** Written beside and renamed, so that nobody reads half a file. A folder that takes nothing costs time only. */
function keep(file: string, arrays: readonly Float32Array[]): void {
  try {
    mkdirSync(dirname(file), { recursive: true })
    for (const old of readdirSync(dirname(file)).filter((name) => KEPT.test(name)))
      rmSync(join(dirname(file), old))
    const part = `${file}.${process.pid}`
    writeFileSync(part, Buffer.concat(arrays.map(bytesOf)))
    renameSync(part, file)
  } catch {
    // the next start embeds them again
  }
}
