import OpenAI from 'openai'
import type { Embedder } from './types.ts'

export type OpenAiEmbedderOptions = {
  readonly apiKey: string
  /** empty for the OpenAI API itself */
  readonly baseUrl: string
  readonly model: string
  readonly maxRetries?: number
}

/** What a model with 512 tokens, the smallest in use, holds of English text. */
const MAX_CHARS = 1800
const BATCH = 64

/**
 * Any endpoint that speaks OpenAI's `/embeddings`: OpenAI, Azure, Ollama, TEI. Asks once at the start
 * how many dimensions the model has. 429 and 5xx are tried again, as `Retry-After` says.
 */
export async function createOpenAiEmbedder(options: OpenAiEmbedderOptions): Promise<Embedder> {
  const client = new OpenAI({
    apiKey: options.apiKey || 'none',
    baseURL: options.baseUrl || null,
    maxRetries: options.maxRetries ?? 5,
    timeout: 60_000,
  })
  const ask = (texts: readonly string[]) => askBatch(client, options.model, texts)
  const [probe] = await ask(['mail'])
  if (probe === undefined) throw new Error(`${options.model} returned no vector`)
  return {
    space: {
      fingerprint: `openai:${new URL(client.baseURL).host}:${options.model}:${MAX_CHARS}`,
      dims: probe.length,
    },
    prepare: (text) => text.replaceAll(/\s+/g, ' ').trim().slice(0, MAX_CHARS),
    async embed(texts) {
      const vectors: Float32Array[] = []
      for (let at = 0; at < texts.length; at += BATCH) {
        vectors.push(...(await ask(texts.slice(at, at + BATCH))))
      }
      return vectors
    },
    close: async () => {},
  }
}

async function askBatch(client: OpenAI, model: string, texts: readonly string[]) {
  const { data } = await client.embeddings.create({
    model,
    input: [...texts],
    encoding_format: 'float',
  })
  const sorted = data.toSorted((a, b) => a.index - b.index)
  if (sorted.length !== texts.length) {
    throw new Error(`${model} returned ${sorted.length} vectors for ${texts.length} texts`)
  }
  return sorted.map(({ embedding }) => Float32Array.from(embedding))
}
