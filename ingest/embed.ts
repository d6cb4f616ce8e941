import type { Embedder } from '../server/retrieve/embed/index.ts'
import type { Chunk, EmbeddingCache } from '../server/store/index.ts'
import { sha256 } from './articles/shipped.ts'

export type Progress = (done: number, total: number) => void

export type Embedded = {
  /** of each chunk the hashes of its texts; the cache holds a vector for each */
  readonly hashes: string[][]
  readonly computed: number
}

/** Small enough that a killed run loses seconds, large enough that saving costs nothing. */
const BATCH = 64

/** A vector for every text of every chunk: from the cache where the text is known, each text once. */
export async function embedChunks(
  chunks: readonly Chunk[],
  embedder: Embedder,
  cache: EmbeddingCache,
  progress: Progress,
): Promise<Embedded> {
  const texts = new Map<string, string>()
  const hashes = chunks.map(({ embed }) =>
    embed.map(({ text }) => {
      const prepared = embedder.prepare(text)
      const hash = sha256(prepared)
      texts.set(hash, prepared)
      return hash
    }),
  )
  const missing = [...texts].filter(([hash]) => !cache.has(hash))
  for (let at = 0; at < missing.length; at += BATCH) {
    progress(at, missing.length)
    await embedBatch(missing.slice(at, at + BATCH), embedder, cache)
  }
  if (missing.length > 0) progress(missing.length, missing.length)
  return { hashes, computed: missing.length }
}

async function embedBatch(
  batch: readonly (readonly [hash: string, text: string])[],
  embedder: Embedder,
  cache: EmbeddingCache,
): Promise<void> {
  const vectors = await embedder.embed(batch.map(([, text]) => text))
  cache.save(batch.map(([hash], index) => [hash, vectors[index] as Float32Array]))
}
