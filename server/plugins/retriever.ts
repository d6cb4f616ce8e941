import fp from 'fastify-plugin'
import type { Config } from '../config/index.ts'
import type { Embedder } from '../retrieve/embed/index.ts'
import { createRetriever, type Retriever, startRetriever } from '../retrieve/index.ts'
import { openIndex } from '../store/index.ts'

declare module 'fastify' {
  interface FastifyInstance {
    retriever: Retriever
  }
}

export type RetrieverOptions = {
  readonly config: Config
  /** a test brings a quick model of its own, which no other thread can be given */
  readonly embedder?: Embedder | undefined
}

/** `app.retriever`: finds passages and articles. Without an index the app runs and says so. */
export const retrieverPlugin = fp<RetrieverOptions>(
  async (app, { config, embedder }) => {
    const retriever = embedder
      ? createRetriever({ reader: openIndex(config.DATA_DIR), embedder })
      : startRetriever(config)
    app.decorate('retriever', retriever)
    app.addHook('onClose', () => retriever.close())
  },
  { name: 'retriever' },
)
