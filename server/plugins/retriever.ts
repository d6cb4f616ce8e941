import { existsSync } from 'node:fs'
import fp from 'fastify-plugin'
import type { Config } from '../config/index.ts'
import { cacheEmbedder, createEmbedder, type Embedder } from '../retrieve/embed/index.ts'
import { createRetriever, IndexUnusable, type Retriever } from '../retrieve/index.ts'
import { indexPath, openIndex } from '../store/index.ts'

declare module 'fastify' {
  interface FastifyInstance {
    retriever: Retriever
  }
}

export type RetrieverOptions = {
  readonly config: Config
  /** a test brings a quick model of its own */
  readonly embedder?: Embedder | undefined
}

/** `app.retriever`: finds passages and articles. Without an index the app runs and says so. */
export const retrieverPlugin = fp<RetrieverOptions>(
  async (app, { config, embedder }) => {
    const retriever = existsSync(indexPath(config.DATA_DIR))
      ? createRetriever({
          reader: openIndex(config.DATA_DIR),
          embedder: cacheEmbedder(embedder ?? (await createEmbedder(config))),
        })
      : withoutIndex
    app.decorate('retriever', retriever)
    app.addHook('onClose', () => retriever.close())
  },
  { name: 'retriever' },
)

const missing = async (): Promise<never> => {
  throw new IndexUnusable('There is no index yet: run `npm run ingest` and start again.')
}

const withoutIndex: Retriever = {
  retrieve: missing,
  article: () => undefined,
  articles: () => [],
  info: () => undefined,
  check: missing,
  close: async () => {},
}
