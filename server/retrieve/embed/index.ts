/** The face of the embedders: the one that the configuration asks for. */
import { availableParallelism } from 'node:os'
import type { Config } from '../../config/index.ts'
import { createLocalEmbedder } from './local.ts'
import type { Embedder } from './types.ts'

export { cacheEmbedder } from './cached.ts'
export { LOCAL_SPACE } from './local.ts'
export type { Embedder } from './types.ts'

/** A person waits for a question; an ingest may wait until a busy endpoint takes it. */
const PATIENCE = {
  question: { retries: 2, budgetMs: 15_000 },
  ingest: { retries: 8, budgetMs: 300_000 },
} as const

/** One worker answers questions; an ingest takes every core, up to what 110 MB each are worth. */
const WORKERS = { question: 1, ingest: Math.min(4, availableParallelism()) } as const

/** Throws where the model cannot be asked, saying what to mend. */
export async function createEmbedder(
  config: Config,
  purpose: keyof typeof PATIENCE = 'question',
): Promise<Embedder> {
  if (config.EMBEDDINGS === 'local') return createLocalEmbedder({ workers: WORKERS[purpose] })
  // a client that most never use takes a third of a second to load
  const { createOpenAiEmbedder } = await import('./openai.ts')
  return createOpenAiEmbedder({
    apiKey: config.EMBEDDINGS_API_KEY || config.OPENAI_API_KEY,
    baseUrl: config.EMBEDDINGS_BASE_URL || config.OPENAI_BASE_URL,
    model: config.EMBEDDINGS_MODEL,
    patience: PATIENCE[purpose],
  })
}
