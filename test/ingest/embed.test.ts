import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toChunks } from '../../ingest/chunk.ts'
import { embedChunks } from '../../ingest/embed.ts'
import { prepareLocal } from '../../server/retrieve/embed/local.ts'
import { openEmbeddingCache, openWritable } from '../../server/store/index.ts'
import { article, temporaryFolder, wordEmbedder } from '../helpers/app.ts'

test('equal texts go through the model once, and never again', async (t) => {
  const db = openWritable(temporaryFolder(t))
  t.after(() => db.close())
  const asked: string[] = []
  const counting = {
    ...wordEmbedder,
    embed: (texts: readonly string[]) => {
      asked.push(...texts)
      return wordEmbedder.embed(texts)
    },
  }
  const text = '# Full\n\nThe mailbox is full.'
  const chunks = [article('one', text), article('two', text)].flatMap(toChunks)
  const cache = openEmbeddingCache(db, counting.space)
  const first = await embedChunks(chunks, counting, cache, () => {})
  assert.equal(new Set(asked).size, asked.length, 'none was asked for twice')
  assert.equal(first.computed, asked.length)
  assert.deepEqual(first.hashes[0], first.hashes[1])
  const again = await embedChunks(chunks, counting, cache, () => {})
  assert.equal(again.computed, 0)
  assert.deepEqual(again.hashes, first.hashes)
})

test('the local model is given what it reads well: lower case, flat, cut at a word', () => {
  assert.equal(prepareLocal('  The\n\tMAILBOX  is full '), 'the mailbox is full')
  const cut = prepareLocal('mailbox '.repeat(1000))
  assert.ok(cut.length <= 640 && cut.endsWith('mailbox'))
  assert.equal(prepareLocal('x'.repeat(5000)).length, 640)
})

test('a vector that is of another length, zero or no number is refused before it is stored', (t) => {
  const db = openWritable(temporaryFolder(t))
  t.after(() => db.close())
  const cache = openEmbeddingCache(db, { fingerprint: 'test', dims: 3 })
  const wrong = [
    [1, 2],
    [0, 0, 0],
    [1, Number.NaN, 1],
    [1, Number.POSITIVE_INFINITY, 1],
  ]
  for (const values of wrong) {
    assert.throws(() => cache.save([['hash', Float32Array.from(values)]]), TypeError)
  }
  assert.ok(!cache.has('hash'))
})
