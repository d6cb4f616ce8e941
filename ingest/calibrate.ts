import type { Embedder } from '../server/retrieve/embed/index.ts'
import {
  FIELD_QUESTIONS,
  type FieldExample,
  type FieldQuestion,
  tokensOf,
  trainHead,
} from '../server/retrieve/field/index.ts'
import { toEnglish } from '../server/retrieve/translate.ts'
import {
  type Calibration,
  type Chunk,
  type EmbeddingCache,
  fitMetric,
  toMetric,
} from '../server/store/index.ts'
import { embedTexts, type Progress } from './embed.ts'

/** More examples of one's own field than this would only take time. */
const MOST_OURS = 6000

type Input = {
  readonly chunks: readonly Chunk[]
  /** of each chunk the hashes of its texts */
  readonly hashes: readonly (readonly string[])[]
  readonly embedder: Embedder
  readonly cache: EmbeddingCache
  readonly progress: Progress
}

export type Calibrated = { readonly calibration: Calibration; readonly computed: number }

/**
 * Learns from this index and this model what is near and which questions are of this field. The ways in
 * which articles are asked for are examples of it, an operator's own among them.
 */
export async function calibrate(input: Input): Promise<Calibrated> {
  const { cache, embedder, progress } = input
  const asked = askedIn(input)
  const questions = FIELD_QUESTIONS.map(({ field, text }) => ({ field, text: toEnglish(text) }))
  const { hashes, computed } = await embedTexts(
    questions.map(({ text }) => text),
    embedder,
    cache,
    progress,
  )
  const all = [...asked, ...questions.map((question, at) => ({ ...question, hash: hashes[at] }))]
  const known = all.flatMap(({ field, text, hash }) => {
    const vector = hash === undefined ? undefined : cache.find(hash)
    return vector ? [{ field, text, vector }] : []
  })
  const ours = known.filter(({ field }) => field === 'ours')
  const metric = fitMetric(ours.map(({ vector }) => vector))
  const examples = known.map(({ field, text, vector }): FieldExample => {
    return { field, vector: toMetric(metric, vector), tokens: tokensOf(text) }
  })
  return {
    calibration: {
      metric,
      head: JSON.stringify(trainHead(examples)),
      hashes: hashes.filter((hash) => hash !== undefined),
    },
    computed,
  }
}

/** Titles and ways of asking, of very many every nth. */
function askedIn({ chunks, hashes }: Input): (FieldQuestion & { readonly hash: string })[] {
  const all = chunks.flatMap(({ embed }, at) =>
    embed.flatMap(({ kind, text }, nth) => {
      const hash = hashes[at]?.[nth]
      return kind === 'chunk' || hash === undefined ? [] : [{ field: 'ours' as const, text, hash }]
    }),
  )
  const step = Math.ceil(all.length / MOST_OURS)
  return all.filter((_, at) => at % step === 0)
}
