/** The server and an embedding endpoint that is there, goes, and comes back. */
import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { ingest } from '../../ingest/index.ts'
import { buildApp } from '../../server/app.ts'
import { loadConfig } from '../../server/config/index.ts'
import { createEmbedder } from '../../server/retrieve/embed/index.ts'
import { temporaryFolder } from '../helpers/app.ts'
import { refuse, startEmbeddingServer, well } from '../helpers/embedding-server.ts'

const QUESTION = '/api/search?q=mailbox+is+full'

async function setUp(t: TestContext) {
  const server = await startEmbeddingServer(t)
  const dataDir = temporaryFolder(t)
  const folder = join(dataDir, 'own')
  mkdirSync(folder)
  writeFileSync(join(folder, 'full.md'), '# Mailbox full\n\nThe mailbox is full: empty it.')
  const configOf = (model: string) =>
    loadConfig({
      DATA_DIR: dataDir,
      EMBEDDINGS: 'openai',
      EMBEDDINGS_BASE_URL: server.baseUrl,
      EMBEDDINGS_API_KEY: 'sk-secret',
      EMBEDDINGS_MODEL: model,
      LOG_LEVEL: 'error',
    })
  await ingest({
    dataDir,
    own: { paths: [folder], keep: false, include: [], exclude: [], month: '2026-11' },
    shipped: [],
    createEmbedder: () => createEmbedder(configOf('small'), 'ingest'),
    progress: () => {},
  })
  return { server, appOf: (model: string) => openApp(t, configOf(model)) }
}

async function openApp(t: TestContext, config: ReturnType<typeof loadConfig>) {
  const app = await buildApp(config)
  t.after(() => app.close())
  return app
}

test('an endpoint that goes away is told by /readyz and by the answer, and needs no restart', async (t) => {
  const { server, appOf } = await setUp(t)
  const app = await appOf('small')
  assert.equal((await app.inject('/readyz')).statusCode, 200)
  assert.equal((await app.inject(QUESTION)).json().passages[0].articleId, 'full')

  server.behave(refuse(401))
  const ready = await app.inject('/readyz')
  assert.equal(ready.statusCode, 503)
  assert.match(ready.json().message, /answered 401: see EMBEDDINGS_API_KEY/)
  const answer = await app.inject('/api/search?q=another+question')
  assert.equal(answer.statusCode, 503)
  assert.equal(answer.json().error.code, 'embeddings-unavailable')
  assert.doesNotMatch(ready.body + answer.body, /sk-secret|\bat .*\.[jt]s/)

  server.behave(well)
  assert.equal((await app.inject('/readyz')).statusCode, 200)
  assert.equal((await app.inject('/api/search?q=another+question')).statusCode, 200)
})

test('an endpoint that is not there when the server starts is waited for, not died of', async (t) => {
  const { server, appOf } = await setUp(t)
  server.behave(refuse(403))
  const app = await appOf('small')
  assert.equal((await app.inject('/healthz')).statusCode, 200)
  assert.equal((await app.inject('/readyz')).statusCode, 503)
  assert.equal((await app.inject('/api/articles/full')).statusCode, 200, 'articles can be read')
  server.behave(well)
  assert.equal((await app.inject('/readyz')).statusCode, 200)
  assert.equal((await app.inject(QUESTION)).statusCode, 200)
})

test('an index of one model refuses the questions of another, and names both', async (t) => {
  const { appOf } = await setUp(t)
  const app = await appOf('large')
  const { statusCode, body } = await app.inject('/readyz')
  assert.equal(statusCode, 503)
  assert.match(body, /holds vectors of openai:\S+:small:32:.*:large:32:.*npm run ingest/)
  assert.equal((await app.inject(QUESTION)).json().error.code, 'index-unusable')
})
