import type { Embedder } from './types.ts'

/**
 * Remembers the vectors of the last texts, and asks once for a text that is being embedded already.
 * A failure is not remembered.
 */
export function cacheEmbedder(embedder: Embedder, size = 500): Embedder {
  const known = new Map<string, Promise<Float32Array>>()
  const one = (text: string): Promise<Float32Array> => {
    const found = known.get(text) ?? ask(text)
    known.delete(text)
    known.set(text, found)
    return found
  }
  const ask = (text: string) => {
    const vector = embedder.embed([text]).then(([first]) => {
      if (first === undefined) throw new Error('the embedding model returned no vector')
      return first
    })
    vector.catch(() => known.delete(text))
    const oldest = known.size >= size ? known.keys().next().value : undefined
    if (oldest !== undefined) known.delete(oldest)
    return vector
  }
  return { ...embedder, embed: (texts) => Promise.all(texts.map(one)) }
}
