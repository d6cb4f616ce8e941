/**
 * The same program on a terminal.
 *
 *   npm run --silent cli -- parse [--json] [--files LIST] [FILE…]
 *   npm run --silent cli -- explain [FILE]
 *   npm run --silent cli -- ask "QUESTION"
 */
import { readFile } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import type { ChatAnswer } from '../kb/types.ts'
import { answer, type ChatRequest } from './answer/index.ts'
import { toTerminal } from './cli/terminal.ts'
import { ConfigError, loadConfig } from './config/index.ts'
import { createEmbedder } from './retrieve/embed/index.ts'
import { createRetriever, IndexUnusable } from './retrieve/index.ts'
import { indexPath, openIndex } from './store/index.ts'

const USAGE = `Usage:
  npm run --silent cli -- parse [--json] [--files LIST] [FILE…]   what a report says
  npm run --silent cli -- explain [FILE]                          what it means and what to do
  npm run --silent cli -- ask "QUESTION"                          a question without a report
A FILE is a mail, a .msg or pasted text; without one, standard input is read.`

type Command = (args: readonly string[]) => Promise<number>

const COMMANDS: Readonly<Record<string, Command>> = {
  parse: async (args) => (await import('./cli/parse.ts')).runParse(args, process),
  explain: async ([file]) =>
    reply({ messages: [{ role: 'user', content: '' }], files: [await input(file)] }),
  ask: (words) => ask(words.join(' ').trim()),
}

async function main([name = '', ...args]: readonly string[]): Promise<number> {
  const command = COMMANDS[name]
  if (command) return command(args)
  const asked = name === '--help' || name === 'help'
  ;(asked ? console.log : console.error)(USAGE)
  return asked ? 0 : 2
}

/** A file's bytes, or what comes in through a pipe, however slowly. */
const input = (file: string | undefined): Promise<Buffer> =>
  file === undefined ? buffer(process.stdin) : readFile(file)

async function ask(question: string): Promise<number> {
  if (question !== '') return reply({ messages: [{ role: 'user', content: question }] })
  console.error(`Say what you want to know.\n\n${USAGE}`)
  return 2
}

/** Status 1 where nothing answers it, so that a script can tell. */
async function reply(request: ChatRequest): Promise<number> {
  const result = await answerOnce(request)
  process.stdout.write(toTerminal(result, { color: process.stdout.isTTY === true }))
  return result.answered ? 0 : 1
}

async function answerOnce(request: ChatRequest): Promise<ChatAnswer> {
  const config = loadConfig()
  const retriever = createRetriever({
    reader: open(config.DATA_DIR),
    embedder: await createEmbedder(config),
  })
  try {
    for await (const event of answer(request, retriever)) {
      if (event.type === 'done') return event.result
      if (event.type === 'failed') throw new Error(event.error.message)
    }
    throw new Error('the answer ended without a result')
  } finally {
    await retriever.close()
  }
}

function open(dataDir: string) {
  try {
    return openIndex(dataDir)
  } catch (cause) {
    throw new IndexUnusable(`There is no index at ${indexPath(dataDir)}: run \`npm run ingest\`.`, {
      cause,
    })
  }
}

main(process.argv.slice(2)).then(
  (status) => {
    process.exitCode = status
  },
  (error: unknown) => {
    const { code, path, message } = error as NodeJS.ErrnoException
    const known = error instanceof ConfigError || error instanceof IndexUnusable
    if (known) console.error(message)
    else if (path !== undefined)
      console.error(`${path}: ${code === 'ENOENT' ? 'no such file' : message}`)
    else console.error(error)
    process.exitCode = 1
  },
)
