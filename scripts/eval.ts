/**
 * `npm run eval [-- --json] [-- --model] [-- --misses]`: how well questions find their articles, how
 * well the rest is refused, and how many scripted conversations are right. Builds the index where it is
 * missing or old. Ends with status 1 below the bars of `test/eval/README.md`.
 *
 *   --json     one JSON object instead of tables
 *   --misses   also lists what went wrong in the half that may be looked at
 *   --model    also puts the answerable test questions to the configured model
 *   --no-conversations
 */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ingest } from '../ingest/index.ts'
import { createProgress } from '../ingest/report.ts'
import { loadConfig, root } from '../server/config/index.ts'
import { cacheEmbedder, createEmbedder } from '../server/retrieve/embed/index.ts'
import { takeSnapshot } from '../server/retrieve/snapshot.ts'
import { openIndex } from '../server/store/index.ts'
import { type ConversationResult, runConversations } from './eval/conversations.ts'
import { type ModelResult, runModel } from './eval/model.ts'
import { type EvalQuestion, readSet } from './eval/questions.ts'
import { misses, print, type Result, summarize } from './eval/report.ts'
import { rankings, type Source } from './eval/ways.ts'

const { values: flags } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    misses: { type: 'boolean', default: false },
    model: { type: 'boolean', default: false },
    conversations: { type: 'boolean', default: true },
  },
  allowNegative: true,
})

async function main(): Promise<void> {
  const config = loadConfig()
  await ingest({
    dataDir: config.DATA_DIR,
    own: { paths: [], keep: true, include: [], exclude: [], month: '' },
    createEmbedder: () => createEmbedder(config, 'ingest'),
    progress: createProgress(process.stderr),
  })
  const reader = openIndex(config.DATA_DIR)
  const embedder = cacheEmbedder(await createEmbedder(config), 10_000)
  const snapshot = takeSnapshot(reader)
  if (snapshot === undefined) throw new Error('The index was built and is not there.')
  const source = { ...snapshot, reader, embedder }
  const questions = readSet(join(root, 'test/eval'), new Set(snapshot.articles.keys()))
  const results = await measureAll(questions, source)
  const model = flags.model ? await runModel(questions, source, config) : undefined
  await embedder.close()
  reader.close()
  const conversations = flags.conversations ? await runConversations() : undefined
  conclude(results, model, conversations)
}

async function measureAll(questions: readonly EvalQuestion[], source: Source): Promise<Result[]> {
  const results: Result[] = []
  for (const question of questions) {
    const { ranked, whole } = await rankings(question.q, source)
    results.push({ question, ranked, band: whole })
  }
  return results
}

function conclude(
  results: readonly Result[],
  model: ModelResult | undefined,
  conversations: ConversationResult | undefined,
): void {
  const summary = summarize(results)
  if (flags.json) console.log(JSON.stringify({ ...summary, model, conversations }, null, 2))
  else {
    print(summary)
    if (flags.misses) console.log(misses(results).join('\n'))
    if (conversations) console.log('\nconversations', conversations)
    if (model) console.log('\nmodel', model)
  }
  const ok = summary.bars.every((bar) => bar.ok) && (conversations?.ok ?? true)
  process.exitCode = ok ? 0 : 1
}

await main()
