/**
 * Search and index at sizes beyond the shipped KB. The extra chunks are made of the KB's own sentences,
 * mixed, with vectors near those of the KB's: so that both searches have something to do.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { textOf } from '../../ingest/chunk.ts'
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
    const reader = openIndex(folder)
    // the vectors of the questions are ready: what is measured is the search beside the embedding
    const known = new Map<string, Float32Array>()
    const asked = Array.from(
      { length: QUERIES },
      (_, i) => questions[i % questions.length] as string,
    )
    const retriever = createRetriever({ reader, embedder: remembering(embedder, known) })
    for (const question of new Set(asked)) await retriever.retrieve(queryOf(question))
    const samples = await each(asked, (question) => retriever.retrieve(queryOf(question)))
    reader.close()
    return [
      ...spread(`search, ${chunks} chunks`, samples),
      {
        what: `index, ${chunks} chunks`,
        value: statSync(indexPath(folder)).size / 2 ** 20,
        unit: 'MiB',
      },
      {
        what: `written, ${chunks} chunks`,
        value: chunks / written,
        unit: 'chunks/s',
        note: 'without embedding',
      },
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const remembering = (embedder: Embedder, known: Map<string, Float32Array>): Embedder => ({
  ...embedder,
  async embed(texts) {
    const missing = texts.filter((text) => !known.has(text))
    for (const [i, vector] of (await embedder.embed(missing)).entries())
      known.set(missing[i] as string, vector)
    return texts.map((text) => known.get(text) as Float32Array)
  },
})

export function fill(folder: string, dataDir: string, embedder: Embedder, count: number): void {
  const shipped = createReader(openReadable(dataDir))
  const articles = shipped.articles()
  const rows = shipped.chunks(Array.from({ length: shipped.info()?.chunks ?? 0 }, (_, i) => i + 1))
  const sentences = rows
    .flatMap(({ markdown }) => markdown.split(/(?<=[.:])\s+/))
    .filter((one) => one.length > 20)
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
