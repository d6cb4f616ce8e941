/** Retrieval in a thread of its own: the event loop stays free however large the index is. */
import { existsSync } from 'node:fs'
import type { Retrieval } from '../../../kb/types.ts'
import type { Config } from '../../config/index.ts'
import { IndexUnreadable, indexPath, openIndex } from '../../store/index.ts'
import { type Catalogue, createCatalogue } from '../catalogue.ts'
import type { Retriever } from '../index.ts'
import { createThread } from './thread.ts'

/**
 * Starts the thread at once, so that model and index are read while the server is being put together.
 * Where the index is missing, or the model does not answer, every call says so, and looks again.
 */
export function startRetriever(config: Config): Retriever {
  const thread = createThread(config)
  const { catalogue, close } = openCatalogue(config.DATA_DIR)
  // whoever asks first is told what is wrong
  thread.call({ type: 'check' }).catch(() => {})
  return {
    info: () => catalogue()?.info(),
    article: (id) => catalogue()?.article(id),
    articles: () => catalogue()?.articles() ?? [],
    retrieve: async (query) => (await thread.call({ type: 'retrieve', query })) as Retrieval,
    embed: async (texts) => (await thread.call({ type: 'embed', texts })) as Float32Array[],
    likeness: async (text, entries) =>
      (await thread.call({ type: 'likeness', text, entries })) as number[],
    check: async () => void (await thread.call({ type: 'check' })),
    async close() {
      await thread.close()
      close()
    },
  }
}

/** Articles are read in this thread: one is a row by its key. */
function openCatalogue(dataDir: string) {
  let close = () => {}
  let found: Catalogue | undefined
  const catalogue = (): Catalogue | undefined => {
    if (found || !existsSync(indexPath(dataDir))) return found
    try {
      const reader = openIndex(dataDir)
      close = reader.close
      found = createCatalogue(reader)
      return found
    } catch (error) {
      // the thread says so to whoever asks a question
      if (error instanceof IndexUnreadable) return undefined
      throw error
    }
  }
  return { catalogue, close: () => close() }
}
