/** A loopback server that speaks `/embeddings`, well or badly, as a test wants it. */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import type { TestContext } from 'node:test'

export type Asked = {
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: { readonly model: string; readonly input: readonly string[] }
}

/** Answers one request, or returns the vectors to answer with. */
export type Behaviour = (asked: Asked, response: ServerResponse) => unknown

export type EmbeddingServer = {
  readonly baseUrl: string
  readonly asked: Asked[]
  /** what the next requests get */
  behave(behaviour: Behaviour): void
  close(): Promise<void>
}

const DIMS = 32

/** Texts that share words are near. */
export function vectorOf(text: string, dims = DIMS): number[] {
  const vector = Array<number>(dims).fill(0.01)
  for (const [word] of text.toLowerCase().matchAll(/\p{L}+/gu)) {
    let hash = 7
    for (const letter of word) hash = (hash * 31 + letter.charCodeAt(0)) % 9973
    vector[hash % dims] = (vector[hash % dims] ?? 0) + 1
  }
  return vector
}

/** As it should be. */
export const well: Behaviour = ({ body }) => body.input.map((text) => vectorOf(text))

/** An answer with a status and nothing to use. */
export const refuse =
  (status: number, headers: Readonly<Record<string, string>> = {}): Behaviour =>
  (_asked, response) =>
    response
      .writeHead(status, { 'content-type': 'application/json', ...headers })
      .end(JSON.stringify({ error: { message: `refused with ${status}` } }))

/** Starts it, and stops it after the test. */
export async function startEmbeddingServer(t: TestContext, first = well): Promise<EmbeddingServer> {
  let behaviour = first
  const asked: Asked[] = []
  const server = createServer(async (request, response) => {
    const body = (await json(request)) as Asked['body']
    const one: Asked = { url: request.url ?? '', headers: request.headers, body }
    asked.push(one)
    const vectors = behaviour(one, response)
    if (!Array.isArray(vectors)) return
    const data = vectors.map((embedding, index) => ({ object: 'embedding', index, embedding }))
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ object: 'list', model: body.model, data }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = () =>
    new Promise<void>((resolve) => {
      server.closeAllConnections()
      server.close(() => resolve())
    })
  t.after(close)
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    behave: (next) => {
      behaviour = next
    },
    close,
  }
}
