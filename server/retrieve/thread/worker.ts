/** Runs inside the thread: the index, and the model, which has a thread below this one. */
import { existsSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import type { Config } from '../../config/index.ts'
import { IndexUnreadable, indexPath, openIndex } from '../../store/index.ts'
import { createEmbedder } from '../embed/index.ts'
import { createRetriever, IndexUnusable, type Retriever } from '../index.ts'
import { NO_INDEX } from '../unusable.ts'
import { type Call, type Reply, type Request, toFailure } from './messages.ts'

const { config } = workerData as { readonly config: Config }

let opened: Promise<Retriever> | undefined

/** Once; after a failure, at the next call anew. */
function retriever(): Promise<Retriever> {
  opened ??= open().catch((error: unknown) => {
    opened = undefined
    throw error
  })
  return opened
}

async function open(): Promise<Retriever> {
  if (!existsSync(indexPath(config.DATA_DIR))) throw new IndexUnusable(NO_INDEX)
  const embedder = await createEmbedder(config)
  try {
    return createRetriever({ reader: openIndex(config.DATA_DIR), embedder })
  } catch (error) {
    await embedder.close()
    throw error instanceof IndexUnreadable ? new IndexUnusable(error.message) : error
  }
}

async function answer(call: Call): Promise<unknown> {
  const { check, embed, likeness, retrieve } = await retriever()
  switch (call.type) {
    case 'check':
      return check()
    case 'embed':
      return embed(call.texts)
    case 'likeness':
      return likeness(call.text, call.entries)
    case 'retrieve':
      return retrieve(call.query)
  }
}

async function reply({ id, call }: Request): Promise<Reply> {
  try {
    return { id, result: await answer(call) }
  } catch (error) {
    return { id, failure: toFailure(error) }
  }
}

parentPort?.on('message', async (request: Request) => {
  parentPort?.postMessage(await reply(request))
})
