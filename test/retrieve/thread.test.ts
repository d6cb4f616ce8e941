import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadConfig } from '../../server/config/index.ts'
import { createWorkerPool } from '../../server/retrieve/embed/pool.ts'
import { IndexUnusable, queryOf, startRetriever } from '../../server/retrieve/index.ts'
import { fromFailure, toFailure } from '../../server/retrieve/thread/messages.ts'
import { createThread } from '../../server/retrieve/thread/thread.ts'
import { article, temporaryFolder, writeArticles } from '../helpers/app.ts'

const DYING = new URL('./dying-worker.ts', import.meta.url)

test('a thread that dies fails its calls with the cause, and the next call starts another', async (t) => {
  const thread = createThread(loadConfig({}), DYING)
  t.after(() => thread.close())
  assert.equal(await thread.call({ type: 'check' }), 'fine')
  await assert.rejects(
    thread.call({ type: 'retrieve', query: queryOf('throw') }),
    (error: Error) => {
      assert.match(error.message, /died/)
      assert.match(String(error.cause), /out of order/)
      return true
    },
  )
  assert.equal(await thread.call({ type: 'check' }), 'fine')
  await assert.rejects(thread.call({ type: 'retrieve', query: queryOf('exit') }), /ended with 3/)
  assert.equal(await thread.call({ type: 'check' }), 'fine')
})

test('what is called when it is closed fails, and so does what was under way', async () => {
  const thread = createThread(loadConfig({}), DYING)
  await thread.call({ type: 'check' })
  await thread.close()
  await assert.rejects(thread.call({ type: 'check' }), /closed/)
})

test('an error that is known is still known on the other side', () => {
  const error = fromFailure(toFailure(new IndexUnusable('run it')))
  assert.ok(error instanceof IndexUnusable)
  assert.equal(error.message, 'run it')
})

test('an index that comes after the server is found without a restart', async (t) => {
  const dataDir = temporaryFolder(t)
  const retriever = startRetriever(loadConfig({ DATA_DIR: dataDir }))
  t.after(() => retriever.close())
  await assert.rejects(retriever.check(), /There is no index yet: run `npm run ingest`/)
  assert.equal(retriever.info(), undefined)
  await writeArticles(dataDir, [article('full', '# Full\n\nThe mailbox is full.')])
  assert.equal(retriever.article('full')?.title, 'Full')
  // the index is there, and of another model than the one that runs
  await assert.rejects(retriever.check(), /holds vectors of test:words/)
})

test('an embedding worker that dies fails its job alone', async (t) => {
  const pool = createWorkerPool(new URL('./dying-pool-worker.ts', import.meta.url), 1)
  t.after(() => pool.close())
  const results = await Promise.allSettled(['a', 'die', 'b'].map((input) => pool.run(input)))
  assert.deepEqual(
    results.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled'],
  )
  assert.equal(await pool.run('c'), 'c')
})
