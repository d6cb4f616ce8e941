import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createOpenAiEmbedder } from '../../server/retrieve/embed/openai.ts'
import { ModelUnavailable } from '../../server/retrieve/unusable.ts'
import {
  type Behaviour,
  type EmbeddingServer,
  refuse,
  startEmbeddingServer,
  vectorOf,
  well,
} from '../helpers/embedding-server.ts'

const KEY = 'sk-not-to-be-seen'
const open = ({ baseUrl }: Pick<EmbeddingServer, 'baseUrl'>, budgetMs = 5000, retries = 2) =>
  createOpenAiEmbedder({
    apiKey: KEY,
    baseUrl,
    model: 'small',
    patience: { retries, budgetMs },
  })

test('texts go in batches, and come back in their order', async (t) => {
  const server = await startEmbeddingServer(t)
  const embedder = await open(server)
  const texts = Array.from({ length: 150 }, (_, nth) => `mail number ${'abc'.repeat(nth)}`)
  const vectors = await embedder.embed(texts)
  assert.deepEqual(
    server.asked.map(({ body }) => body.input.length),
    [1, 64, 64, 22],
  )
  for (const [nth, text] of texts.entries()) {
    assert.deepEqual(vectors[nth], Float32Array.from(vectorOf(text)))
  }
  assert.equal(server.asked[0]?.headers.authorization, `Bearer ${KEY}`)
})

test('the space names host, model and length of the vectors', async (t) => {
  const server = await startEmbeddingServer(t)
  const { space } = await open(server)
  assert.equal(space.dims, 32)
  assert.match(space.fingerprint, /^openai:127\.0\.0\.1:\d+:small:32:/)
})

test('a text is cut to what the model holds, and never through a character', async (t) => {
  const { prepare } = await open(await startEmbeddingServer(t))
  assert.equal(prepare(`a ${'\n'} b`), 'a b')
  const cut = prepare(`${'x'.repeat(1799)}😀${'y'.repeat(5000)}`)
  assert.equal(cut, 'x'.repeat(1799))
})

test('vectors in base64 are read too', async (t) => {
  const base64 = (text: string) =>
    Buffer.from(Float32Array.from(vectorOf(text)).buffer).toString('base64')
  const server = await startEmbeddingServer(t, ({ body }) => body.input.map(base64))
  const [vector] = await (await open(server)).embed(['mailbox full'])
  assert.deepEqual(vector, Float32Array.from(vectorOf('mailbox full')))
})

test('an endpoint that is busy is asked again, when it says so', async (t) => {
  const server = await startEmbeddingServer(t)
  const embedder = await open(server)
  let refused = 0
  server.behave((asked, response) => {
    refused += 1
    if (refused === 1) return refuse(429, { 'retry-after': '1' })(asked, response)
    if (refused === 2) return refuse(500)(asked, response)
    return well(asked, response)
  })
  const start = performance.now()
  assert.equal((await embedder.embed(['mail'])).length, 1)
  assert.equal(refused, 3)
  assert.ok(performance.now() - start >= 1000, 'it waited as long as it was told to')
})

const FAULTS: Readonly<Record<string, readonly [Behaviour, RegExp]>> = {
  'a key that is refused': [refuse(401), /answered 401: see EMBEDDINGS_API_KEY/],
  'a model that is not there': [refuse(404), /answered 404: see .*EMBEDDINGS_MODEL/],
  'an endpoint that always fails': [refuse(500), /answered 500/],
  'too few vectors': [() => [vectorOf('a')], /sent 1 vectors for 2 texts/],
  'other dimensions': [
    ({ body }) => body.input.map((text) => vectorOf(text, 16)),
    /another length than the 32/,
  ],
  'a vector of no numbers': [
    ({ body }) => body.input.map(() => Array(32).fill(null)),
    /empty or no numbers/,
  ],
  'an answer that is no JSON': [
    (_asked, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>hi'),
    /no list of vectors/,
  ],
}

for (const [name, [behaviour, message]] of Object.entries(FAULTS)) {
  test(`${name} is said in one line, without the key`, async (t) => {
    const server = await startEmbeddingServer(t)
    const embedder = await open(server, 5000, 1)
    server.behave(behaviour)
    await assert.rejects(embedder.embed(['one', 'two']), (error: Error) => {
      assert.ok(error instanceof ModelUnavailable)
      assert.match(error.message, message)
      assert.doesNotMatch(error.message, /\n|sk-not/)
      return true
    })
  })
}

test('an endpoint that keeps silent, or asks for too much patience, is given up in time', async (t) => {
  const server = await startEmbeddingServer(t)
  const embedder = await open(server, 600)
  for (const behaviour of [() => undefined, refuse(429, { 'retry-after': '30' })]) {
    server.behave(behaviour)
    const start = performance.now()
    await assert.rejects(embedder.embed(['mail']), /did not answer within 0\.6 seconds/)
    assert.ok(performance.now() - start < 5000)
  }
})

test('an endpoint that is not there is named at once', async (t) => {
  const server = await startEmbeddingServer(t)
  await server.close()
  await assert.rejects(open(server), /127\.0\.0\.1:\d+ \(model small\) cannot be reached/)
})

test("Azure's older addresses keep their version, and get the key in a header of its own", async (t) => {
  const server = await startEmbeddingServer(t)
  const deployment = `${new URL(server.baseUrl).origin}/openai/deployments/mine`
  await open({ baseUrl: `${deployment}?api-version=2024-10-21` })
  const [asked] = server.asked
  assert.equal(asked?.url, '/openai/deployments/mine/embeddings?api-version=2024-10-21')
  assert.equal(asked?.headers['api-key'], KEY)
  assert.equal(asked?.headers.authorization, undefined)
})
