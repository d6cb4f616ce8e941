/** How near a text is to each of a few others: phrasings that are compared when they are needed, not indexed. */
import { dot, type Metric, toMetric } from '../store/index.ts'
import type { Embedder } from './embed/index.ts'

/** Vectors that are kept; one takes 2 KB. */
const MOST = 4000

export type Similar = (
  text: string,
  texts: readonly string[],
  metric: Metric | undefined,
) => Promise<readonly number[]>

/**
 * Gives one cosine (−1 to 1) for each of `texts`, in order, in the index's metric. Each text is embedded
 * once, all that are new in one call; a failure of the model is the caller's.
 */
export function createSimilar(embedder: Embedder): Similar {
  const kept = new Map<string, Float32Array>()
  let keptIn: Metric | undefined
  return async (text, texts, metric) => {
    if (metric !== keptIn) kept.clear()
    keptIn = metric
    const all = [...new Set([text, ...texts])]
    const missing = all.filter((one) => !kept.has(one) && embedder.prepare(one) !== '')
    const made = missing.length > 0 ? await embedder.embed(missing.map(embedder.prepare)) : []
    const vectors = new Map(all.flatMap((one) => pair(one, kept.get(one))))
    for (const [at, one] of missing.entries()) {
      const vector = made[at] && toMetric(metric, made[at])
      if (vector) vectors.set(one, vector)
    }
    for (const [one, vector] of vectors) {
      kept.delete(one)
      kept.set(one, vector)
    }
    for (const oldest of kept.keys()) {
      if (kept.size <= MOST) break
      kept.delete(oldest)
    }
    const own = vectors.get(text)
    return texts.map((one) => {
      const other = vectors.get(one)
      return own && other ? dot(own, other) : 0
    })
  }
}

const pair = (text: string, vector: Float32Array | undefined): [string, Float32Array][] =>
  vector ? [[text, vector]] : []
