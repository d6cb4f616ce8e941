import assert from 'node:assert/strict'
import { test } from 'node:test'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { affordable } from '../../server/retrieve/affordable.ts'
import { createMatrix } from '../../server/store/dot.ts'
import {
  indexPath,
  openEmbeddingCache,
  openIndex,
  openReadable,
  openWritable,
} from '../../server/store/index.ts'
import { dot, toUnit } from '../../server/store/vectors.ts'
import { article, temporaryFolder, wordEmbedder, writeArticles } from '../helpers/app.ts'

test('products of any number of rows of any length are those of a plain loop', () => {
  const sizes = fc.record({
    dims: fc.integer({ min: 1, max: 70 }),
    rows: fc.integer({ min: 0, max: 40 }),
  })
  const cases = sizes.chain(({ dims, rows }) => {
    const vector = fc.float32Array({
      ...{ minLength: dims, maxLength: dims },
      min: -1,
      max: 1,
      noNaN: true,
    })
    return fc.record({
      query: vector,
      rows: fc.array(vector, { minLength: rows, maxLength: rows }),
    })
  })
  fc.assert(
    fc.property(cases, ({ query, rows }) => {
      const matrix = createMatrix(rows.length, query.length)
      for (const [at, row] of rows.entries()) matrix.set(at, row)
      const products = matrix.products(query)
      assert.equal(products.length, rows.length)
      for (const [at, row] of rows.entries()) {
        assert.ok(Math.abs((products[at] as number) - dot(query, row)) < 1e-4)
      }
      const all = [...products]
      const backwards = [...rows.keys()].reverse()
      assert.deepEqual(matrix.productsOf(query, backwards), all.reverse())
    }),
    { numRuns: 60 },
  )
})

test('the nearest are those that an exact search finds, in its order', async (t) => {
  const dataDir = temporaryFolder(t)
  const words = ['mailbox', 'queue', 'relay', 'spam', 'quota', 'domain', 'banner', 'loop']
  const articles = Array.from({ length: 60 }, (_, nth) =>
    article(
      `a${nth}`,
      `# About ${words[nth % 8]}\n\nText ${nth} of ${words[(nth * 3) % 8]} ${nth}.`,
    ),
  )
  await writeArticles(dataDir, articles)
  const reader = openIndex(dataDir)
  t.after(() => reader.close())
  const [raw = new Float32Array()] = await wordEmbedder.embed(['a mailbox over its quota'])
  const vector = toUnit(raw)
  const ids = Array.from({ length: reader.info()?.chunks ?? 0 }, (_, nth) => nth + 1)
  const exact = reader.cosines(vector, ids).map(({ cosine }) => cosine)
  const found = reader.nearest(vector, 20).map(({ cosine }) => cosine)
  const expected = exact.sort((a, b) => b - a).slice(0, 20)
  for (const [at, cosine] of found.entries()) {
    assert.ok(Math.abs(cosine - (expected[at] as number)) < 1e-5)
  }
  const odd = reader.nearest(vector, 20, (chunkId) => chunkId % 2 === 1)
  assert.equal(odd.length, 20)
  assert.ok(odd.every(({ chunkId }) => chunkId % 2 === 1))
})

test('an index of another version is made anew, and its vectors are taken over', async (t) => {
  const dataDir = temporaryFolder(t)
  await writeArticles(dataDir, [article('full', '# Full\n\nThe mailbox is full.')])
  const before = new Database(indexPath(dataDir))
  const hashes = before.prepare('SELECT sha256 FROM embedding').pluck().all() as string[]
  before.pragma('user_version = 1')
  before.close()
  assert.ok(hashes.length > 0)
  assert.throws(() => openReadable(dataDir), /of another version.*npm run ingest/)
  const db = openWritable(dataDir)
  const cache = openEmbeddingCache(db, wordEmbedder.space)
  assert.ok(hashes.every((hash) => cache.has(hash)))
  db.close()
  assert.equal(openIndex(dataDir).info(), undefined)
})

test('words that stand everywhere are left out of a search of very many chunks, never all of them', () => {
  const counts: Record<string, number> = { mail: 90_000, blocked: 1_500, dbl: 20, queue: 900 }
  const matching = (word: string) => counts[word] ?? 0
  const words = Object.keys(counts)
  assert.deepEqual(affordable(words, 2_000, matching), words)
  assert.deepEqual(affordable(words, 100_000, matching), ['blocked', 'dbl', 'queue'])
  assert.deepEqual(affordable(['mail'], 100_000, matching), ['mail'])
})
