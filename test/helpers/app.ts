import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { toOwnArticle } from '../../ingest/articles/index.ts'
import { textOf, toChunks } from '../../ingest/chunk.ts'
import { embedChunks } from '../../ingest/embed.ts'
import { buildApp } from '../../server/app.ts'
import { loadConfig } from '../../server/config/index.ts'
import type { Embedder } from '../../server/retrieve/embed/index.ts'
import { countWords } from '../../server/retrieve/spelling.ts'
import {
  openEmbeddingCache,
  openWritable,
  type StoredArticle,
  writeIndex,
} from '../../server/store/index.ts'

const DIMS = 64

/**
 * A quick model for tests of everything around the model: texts that share words are near. What
 * retrieval is worth is measured with the real one.
 */
export const wordEmbedder: Embedder = {
  space: { fingerprint: 'test:words', dims: DIMS },
  prepare: (text) => text.toLowerCase().replaceAll(/\s+/g, ' ').trim(),
  embed: async (texts) => texts.map(toVector),
  close: async () => {},
}

function toVector(text: string): Float32Array {
  const vector = new Float32Array(DIMS).fill(0.001)
  for (const [word] of text.matchAll(/\p{L}+/gu)) {
    let hash = 7
    for (const letter of word) hash = (hash * 31 + letter.charCodeAt(0)) % 9973
    vector[hash % DIMS] = (vector[hash % DIMS] ?? 0) + 1
  }
  return vector
}

/** A folder that is gone after the test. */
export function temporaryFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'bouncewise-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** An article of Markdown with front matter, as an operator would write it. */
export function article(id: string, markdown: string): StoredArticle {
  return toOwnArticle({ id, title: id, markdown }, '2026-11')
}

/** Writes an index of a few articles. */
export async function writeArticles(
  dataDir: string,
  articles: readonly StoredArticle[],
  kb = 'test',
) {
  const chunks = articles.flatMap(toChunks)
  const db = openWritable(dataDir)
  const { space } = wordEmbedder
  const cache = openEmbeddingCache(db, space)
  const { hashes } = await embedChunks(chunks, wordEmbedder, cache, () => {})
  const words = countWords(chunks.map(textOf))
  writeIndex(db, { kb, space, sources: [], articles, chunks, hashes, words })
  db.close()
}

export type TestApp = { readonly app: FastifyInstance; readonly dataDir: string }

/** A fresh app on a fresh index, closed after the test. */
export async function createApp(
  t: TestContext,
  articles: readonly StoredArticle[] | undefined,
  env: Readonly<Record<string, string>> = {},
): Promise<TestApp> {
  const dataDir = temporaryFolder(t)
  if (articles) await writeArticles(dataDir, articles)
  const config = loadConfig({ LOG_LEVEL: 'silent', DATA_DIR: dataDir, ...env })
  // without an index there is nothing for the quick model to do: the app is as it is shipped
  const app = await buildApp(config, articles ? { embedder: wordEmbedder } : {})
  t.after(() => app.close())
  return { app, dataDir }
}
