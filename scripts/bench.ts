/**
 * npm run bench -- [--json FILE] [--corpus FOLDER] [--only parser|embed|search|server|widget]
 *
 * The table goes to the terminal, the same as JSON to FILE (`-` for standard output). Figures of one
 * run belong together: compare them as ratios, never one machine's with another's.
 */
import { existsSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { ingest } from '../ingest/index.ts'
import { loadConfig, root } from '../server/config/index.ts'
import { createEmbedder } from '../server/retrieve/embed/index.ts'
import { openIndex } from '../server/store/index.ts'
import { type Row, spread } from './bench/measure.ts'
import { benchParser } from './bench/parser.ts'
import { benchScale } from './bench/scale.ts'
import { benchServer } from './bench/serve.ts'
import { benchWidget } from './bench/widget.ts'

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    corpus: { type: 'string' },
    only: { type: 'string' },
    sizes: { type: 'string', default: '1000,10000,100000' },
  },
})
const config = loadConfig()
const wants = (part: string) => values.only === undefined || values.only === part
const rows: Row[] = []
const add = (found: readonly Row[]) => {
  for (const row of found) {
    rows.push(row)
    console.error(
      `${row.what.padEnd(52)} ${format(row.value).padStart(12)} ${row.unit.padEnd(9)} ${row.note ?? ''}`,
    )
  }
}
const format = (value: number) =>
  value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(2)

if (wants('parser')) {
  const given = values.corpus ?? join(root, '../shared/corpus/dev')
  const corpus = existsSync(given) ? given : join(root, 'test/fixtures/ndr')
  if (values.corpus !== undefined && corpus !== given) throw new Error(`${given} is not there`)
  add(benchParser(existsSync(join(corpus, 'dev')) ? join(corpus, 'dev') : resolve(corpus)))
}
if (wants('widget')) add(await benchWidget())
if (wants('embed') || wants('search') || wants('server')) await benchIndex()

async function benchIndex(): Promise<void> {
  // brings the shipped index up to date first: everything below reads it
  await ingest({
    dataDir: config.DATA_DIR,
    own: { paths: [], keep: true, include: [], exclude: [], month: '2000-01' },
    createEmbedder: () => createEmbedder(config, 'ingest'),
    progress: () => {},
  })
  const reader = openIndex(config.DATA_DIR)
  const questions = reader
    .articles()
    .map(({ askedAs }) => askedAs[0] ?? '')
    .filter((text) => text !== '')
  const texts = reader.texts()
  reader.close()
  if (wants('embed')) await benchEmbedding(texts, questions)
  const embedder = await createEmbedder(config)
  if (wants('search')) {
    for (const size of (values.sizes ?? '').split(',').map(Number))
      add(await benchScale(config.DATA_DIR, embedder, size, questions))
  }
  await embedder.close()
  if (wants('server')) add(await benchServer(config.DATA_DIR, questions))
}

async function benchEmbedding(
  texts: readonly string[],
  questions: readonly string[],
): Promise<void> {
  const two = await createEmbedder(config, 'ingest')
  const chunks = texts.slice(0, 200).map(two.prepare)
  await two.embed(chunks.slice(0, 4))
  const start = performance.now()
  await two.embed(chunks)
  add([
    {
      what: 'chunks embedded, as an ingest does',
      value: chunks.length / ((performance.now() - start) / 1000),
      unit: 'chunks/s',
    },
  ])
  await two.close()
  const one = await createEmbedder(config)
  const samples: number[] = []
  for (const question of questions.slice(0, 100)) {
    const began = performance.now()
    await one.embed([one.prepare(question)])
    samples.push(performance.now() - began)
  }
  await one.close()
  add(spread('one question embedded', samples))
}

if (values.json === '-') console.log(JSON.stringify(rows))
else if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(rows, null, 1)}\n`)
