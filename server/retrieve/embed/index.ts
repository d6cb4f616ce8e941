/** The face of the embedders: the one that the configuration asks for. */
import type { Config } from '../../config/index.ts'
import { createLocalEmbedder } from './local.ts'
import type { Embedder } from './types.ts'

export { cacheEmbedder } from './cached.ts'
export { LOCAL_SPACE } from './local.ts'
export type { Embedder } from './types.ts'

/** Workers: one answers questions, two halve the time of an ingest. */
export async function createEmbedder(config: Config, { workers = 1 } = {}): Promise<Embedder> {
  if (config.EMBEDDINGS === 'local') return createLocalEmbedder({ workers })
  // a client that most never use takes a third of a second to load
  const { createOpenAiEmbedder } = await import('./openai.ts')
  return createOpenAiEmbedder({
    apiKey: config.EMBEDDINGS_API_KEY || config.OPENAI_API_KEY,
    baseUrl: config.EMBEDDINGS_BASE_URL || config.OPENAI_BASE_URL,
    model: config.EMBEDDINGS_MODEL,
  })
}
