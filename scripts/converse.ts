/**
 * `npx tsx scripts/converse.ts FILE…`: each FILE is a JSON list of a person's messages, or a text with
 * "---" lines between them; prints the whole conversation as the program gives it.
 */
import { readFileSync } from 'node:fs'
import type { ChatAnswer, ChatMessage } from '../kb/types.ts'
import { type AnswerDeps, answer } from '../server/answer/index.ts'
import { createNearest } from '../server/answer/nearest.ts'
import { loadConfig } from '../server/config/index.ts'
import { createEmbedder } from '../server/retrieve/embed/index.ts'
import { createRetriever } from '../server/retrieve/index.ts'
import { openIndex } from '../server/store/index.ts'

/** Runs a conversation, each answer going along with the next request as a client does it. */
export async function converse(
  turns: readonly string[],
  deps: AnswerDeps,
  audience?: 'sender' | 'admin',
): Promise<readonly ChatAnswer[]> {
  const messages: ChatMessage[] = []
  const answers: ChatAnswer[] = []
  for (const content of turns) {
    messages.push({ role: 'user', content })
    const result = await finish(answer({ messages, audience }, deps))
    answers.push(result)
    messages.push({ role: 'assistant', content: result.answer })
  }
  return answers
}

async function finish(events: ReturnType<typeof answer>): Promise<ChatAnswer> {
  for await (const event of events) if (event.type === 'done') return event.result
  throw new Error('the answer ended without "done"')
}

/** The shipped index and the local model, as the server uses them. */
export async function openDeps(): Promise<AnswerDeps & { close(): Promise<void> }> {
  const config = loadConfig()
  const embedder = await createEmbedder(config)
  const retriever = createRetriever({ reader: openIndex(config.DATA_DIR), embedder })
  const { fingerprint } = embedder.space
  const finder = createNearest({ fingerprint, embed: retriever.embed }, config.DATA_DIR)
  await finder.ready()
  return { ...retriever, nearest: finder.nearest }
}

export function print(turns: readonly string[], answers: readonly ChatAnswer[]): string {
  return answers
    .map(({ answer: text, citations, suggestions, answered }, at) => {
      const sources = citations.map(
        ({ n, articleId, heading }) => `[${n}] ${articleId}${heading ? ` › ${heading}` : ''}`,
      )
      return [
        `### Person\n\n${turns[at]}`,
        `### Bouncewise${answered ? '' : ' (answered: false)'}\n\n${text}`,
        `Sources: ${sources.join(' · ') || 'none'}`,
        `Suggestions: ${suggestions.join(' | ')}`,
      ].join('\n\n')
    })
    .join('\n\n')
}

if (/\/converse\.[jt]s$/.test(process.argv[1] ?? '')) {
  const deps = await openDeps()
  for (const file of process.argv.slice(2)) {
    const text = readFileSync(file, 'utf8')
    const turns = file.endsWith('.json')
      ? (JSON.parse(text) as string[])
      : text.split(/^---$/m).map((one) => one.trim())
    console.log(print(turns, await converse(turns, deps)))
  }
  await deps.close()
}
