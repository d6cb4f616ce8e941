/** A scripted helpdesk on loopback: it answers as told and remembers what it was sent. */
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'

export type Received = {
  readonly method: string
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export type Helpdesk = {
  readonly url: string
  readonly received: readonly Received[]
  /** resolves once so many requests have come */
  seen(count: number): Promise<void>
}

export type Reply = { readonly status: number; readonly headers?: Record<string, string> }

/** The first requests are answered by `replies`, in turn; the others with 201. */
export async function startHelpdesk(
  t: TestContext,
  replies: readonly Reply[] = [],
): Promise<Helpdesk> {
  const received: Received[] = []
  const waiting: { count: number; go: () => void }[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { status, headers = {} } = replies[received.length] ?? { status: 201 }
      const { method = '', url = '' } = request
      const body = Buffer.concat(chunks).toString()
      received.push({ method, url, headers: request.headers, body })
      response.writeHead(status, headers).end('{}')
      for (const { count, go } of waiting) if (received.length >= count) go()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    seen: (count) =>
      new Promise((go) => {
        if (received.length >= count) go()
        else waiting.push({ count, go })
      }),
  }
}
