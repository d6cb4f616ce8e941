/**
 * Search and index at sizes beyond the shipped KB. The extra chunks are made of the KB's own sentences,
 * mixed, with vectors near those of the KB's: so that both searches have something to do.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { textOf } from '../../ingest/chunk.ts'
import { buildApp } from '../../server/app.ts'
import { loadConfig } from '../../server/config/index.ts'
import type { Embedder } from '../../server/retrieve/embed/index.ts'
import { createRetriever, queryOf } from '../../server/retrieve/index.ts'
import { countWords } from '../../server/retrieve/spelling.ts'
import {
  type Chunk,
  createReader,
  indexPath,
  openEmbeddingCache,
  openIndex,
  openReadable,
  openWritable,
  type StoredArticle,
  writeIndex,
} from '../../server/store/index.ts'
import { each, type Row, seeded, spread } from './measure.ts'

const QUERIES = 60
const ROUNDS = 5
const AT_ONCE = 4

/** Rows for one size; `dataDir` holds the shipped index. */
export async function benchScale(
  dataDir: string,
  embedder: Embedder,
  chunks: number,
  questions: readonly string[],
): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  try {
    const start = performance.now()
    fill(folder, dataDir, embedder, chunks)
    const written = (performance.now() - start) / 1000
    const asked = Array.from(
      { length: QUERIES },
      (_, i) => questions[i % questions.length] as string,
    )
    return [
      {
        what: `written, ${chunks} chunks`,
        value: chunks / written,
        unit: 'chunks/s',
        note: 'made-up texts and vectors: without embedding',
      },
      {
        what: `index, ${chunks} chunks`,
        value: statSync(indexPath(folder)).size / 2 ** 20,
        unit: 'MiB',
      },
      ...(await benchSearch(folder, embedder, chunks, asked)),
      ...(await benchServing(folder, chunks, asked)),
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The search beside the embedding: the first round fills the cache of the questions' vectors. */
async function benchSearch(
  folder: string,
  embedder: Embedder,
  chunks: number,
  asked: readonly string[],
): Promise<Row[]> {
  const reader = openIndex(folder)
  const retriever = createRetriever({ reader, embedder })
  const start = performance.now()
  for (const question of asked) await retriever.retrieve(queryOf(question))
  const first = performance.now() - start
  const rounds = Array.from({ length: ROUNDS }, () => asked).flat()
  const samples = await each(rounds, (question) => retriever.retrieve(queryOf(question)))
  reader.close()
  return spread(`search, ${chunks} chunks`, samples).map((row) => ({
    ...row,
    note: `beside the embedding; ${QUERIES} questions for the first time: ${Math.round(first)} ms`,
  }))
}

/** The same through the server, with its thread and its model: does its event loop stay free? */
async function benchServing(
  folder: string,
  chunks: number,
  asked: readonly string[],
): Promise<Row[]> {
  const app = await buildApp({
    ...loadConfig({}),
    DATA_DIR: folder,
    BOUNCEWISE_RATE_LIMIT: 0,
    LOG_LEVEL: 'silent',
  })
  const ask = async (question: string) => {
    const { statusCode } = await app.inject(`/api/search?q=${encodeURIComponent(question)}`)
    if (statusCode !== 200) throw new Error(`the server answered ${statusCode}`)
  }
  for (const question of asked.slice(0, 8)) await ask(question)
  const delay = monitorEventLoopDelay({ resolution: 2 })
  delay.enable()
  const lanes = Array.from({ length: AT_ONCE }, (_, lane) =>
    each(
      asked.filter((_question, i) => i % AT_ONCE === lane),
      (question) => ask(`${question} ${lane}`),
    ),
  )
  const samples = (await Promise.all(lanes)).flat()
  delay.disable()
  await app.close()
  return [
    ...spread(`question over HTTP, ${AT_ONCE} at once, ${chunks} chunks`, samples),
    {
      what: `event-loop delay meanwhile p99, ${chunks} chunks`,
      value: delay.percentile(99) / 1e6,
      unit: 'ms',
    },
  ]
}

/** An index of so many chunks, of the shipped KB's own sentences. */
export function fill(folder: string, dataDir: string, embedder: Embedder, count: number): void {
  const shipped = createReader(openReadable(dataDir))
  const articles = shipped.articles()
  const rows = shipped.chunks(Array.from({ length: shipped.info()?.chunks ?? 0 }, (_, i) => i + 1))
  const sentences = rows
    .flatMap(({ markdown }) => markdown.split(/(?<=[.:])\s+/))
    .filter((one) => one.length > 20)
  const metric = shipped.metric()
  shipped.close()
  const random = seeded(count)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const dims = embedder.space.dims
  const centres = Array.from({ length: 64 }, () => noise(random, dims))
  const chunks: Chunk[] = []
  const vectors: [string, Float32Array][] = []
  const made: StoredArticle[] = []
  for (let i = 0; i < count; i++) {
    const article = pick(articles)
    const id = `${article.id}-${Math.floor(i / 8)}`
    if (i % 8 === 0) made.push({ ...article, id })
    const body = Array.from({ length: 6 }, () => pick(sentences)).join(' ')
    chunks.push({
      articleId: made.at(-1)?.id ?? id,
      ord: i % 8,
      role: 'other',
      title: article.title,
      heading: '',
      path: article.title,
      markdown: body,
      body,
      codes: '',
      aliases: '',
      embed: [{ kind: 'chunk', text: body }],
    })
    vectors.push([`${i}`, near(pick(centres), random)])
  }
  const db = openWritable(folder)
  openEmbeddingCache(db, embedder.space).save(vectors)
  writeIndex(db, {
    kb: `bench ${count}`,
    space: embedder.space,
    sources: [],
    articles: made,
    chunks,
    hashes: vectors.map(([hash]) => [hash]),
    words: countWords(chunks.map(textOf)),
    metric,
  })
  db.close()
}

const noise = (random: () => number, dims: number): Float32Array =>
  Float32Array.from({ length: dims }, () => random() - 0.5)

function near(centre: Float32Array, random: () => number): Float32Array {
  const vector = centre.map((value) => value + (random() - 0.5) * 0.4)
  const length = Math.hypot(...vector)
  return vector.map((value) => value / length)
}
