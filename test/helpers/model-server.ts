/** An OpenAI-compatible server on loopback that says what a test's script tells it to say. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Script = (call: {
  readonly body: { readonly [key: string]: unknown }
  /** counts from 1 */
  readonly n: number
  readonly response: ServerResponse
}) => void | Promise<void>

export type ModelServer = {
  readonly url: string
  readonly bodies: { readonly [key: string]: unknown }[]
  close(): Promise<void>
}

export async function startModelServer(script: Script): Promise<ModelServer> {
  const bodies: { readonly [key: string]: unknown }[] = []
  const server = createServer(async (request, response) => {
    const body = JSON.parse(await textOf(request))
    bodies.push(body)
    await script({ body, n: bodies.length, response })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    bodies,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

/** Streams a text in small pieces and ends it as a model does; without `finish` the stream just stops. */
export function say(response: ServerResponse, text: string, finish: string | null = 'stop'): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (const piece of text.match(/[\s\S]{1,7}/g) ?? []) {
    response.write(
      frame({ choices: [{ index: 0, delta: { content: piece }, finish_reason: null }] }),
    )
  }
  if (finish !== null) {
    response.write(frame({ choices: [{ index: 0, delta: {}, finish_reason: finish }] }))
    response.write(
      frame({
        choices: [],
        usage: { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 },
      }),
    )
    response.write('data: [DONE]\n\n')
  }
  response.end()
}

/** Refuses with a status, as the endpoint's own error JSON. */
export function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json', 'retry-after': '0.01' })
  response.end(JSON.stringify({ error: { message, type: 'error' } }))
}

const frame = (chunk: object): string =>
  `data: ${JSON.stringify({ id: 'x', object: 'chat.completion.chunk', created: 0, model: 'm', ...chunk })}\n\n`

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const piece of request) text += piece
  return text
}
