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
  const texts = chunks.flatMap(({ embed }) => embed.map(({ text }) => text))
  const { hashes, computed } = await embedTexts(texts, embedder, cache, progress)
  let at = 0
  const byChunk = chunks.map(({ embed }) => {
    const own = hashes.slice(at, at + embed.length)
    at += embed.length
    return own.map((hash) => hash ?? '')
  })
  return { hashes: byChunk, computed }
}

/** The same for texts; of one that has nothing to embed the hash is undefined. */
export async function embedTexts(
  texts: readonly string[],
  embedder: Embedder,
  cache: EmbeddingCache,
  progress: Progress,
): Promise<{ readonly hashes: readonly (string | undefined)[]; readonly computed: number }> {
  const byHash = new Map<string, string>()
  const hashes = texts.map((text) => {
    const prepared = embedder.prepare(text)
    if (prepared === '') return undefined
    const hash = sha256(prepared)
    byHash.set(hash, prepared)
    return hash
  })
  const missing = [...byHash].filter(([hash]) => !cache.has(hash))
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
