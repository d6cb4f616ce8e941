/** The whole program without HTTP: the shipped KB in its real index, the local model, the real parser. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { ChatAnswer, ChatMessage } from '../../kb/types.ts'
import { type AnswerDeps, answer } from '../../server/answer/index.ts'
import { createNearest } from '../../server/answer/nearest.ts'
import { loadConfig } from '../../server/config/index.ts'
import { createEmbedder } from '../../server/retrieve/embed/index.ts'
import { createRetriever } from '../../server/retrieve/index.ts'
import { openIndex } from '../../server/store/index.ts'
import { root } from './root.ts'

export type Whole = AnswerDeps & { close(): Promise<void> }

/** Opens the index that the test runner has brought up to date. */
export async function openWhole(): Promise<Whole> {
  const folder = process.env.TEST_INDEX ?? join(root, 'data/test')
  if (!existsSync(folder)) throw new Error(`${folder} is not there: node scripts/test.mjs makes it`)
  const config = loadConfig({ DATA_DIR: folder })
  const embedder = await createEmbedder(config)
  const retriever = createRetriever({ reader: openIndex(folder), embedder })
  const { fingerprint } = embedder.space
  const finder = createNearest({ fingerprint, embed: retriever.embed }, folder)
  await finder.ready()
  return { ...retriever, nearest: finder.nearest }
}

/** Says one message after the other, each answer going along as a client sends it. */
export async function talk(deps: AnswerDeps, turns: readonly string[]): Promise<ChatAnswer[]> {
  const messages: ChatMessage[] = []
  const answers: ChatAnswer[] = []
  for (const content of turns) {
    messages.push({ role: 'user', content })
    for await (const event of answer({ messages }, deps)) {
      if (event.type === 'done') answers.push(event.result)
    }
    messages.push({ role: 'assistant', content: answers.at(-1)?.answer ?? '' })
  }
  return answers
}
