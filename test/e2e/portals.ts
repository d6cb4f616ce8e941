/** The demo portals at an origin of their own, and a scripted server that allows it. */
import type { AddressInfo } from 'node:net'
import { servePortals } from '../../examples/serve.ts'
import { type Stub, startStub } from '../helpers/stub-server.ts'

export type Portals = {
  readonly stub: Stub
  /** the portals' origin */
  readonly portal: string
  /** allows one origin more; returns how to take that back */
  allow(origin: string): () => void
  close(): Promise<void>
}

export async function startPortals({ allow = true } = {}): Promise<Portals> {
  const allowed: string[] = []
  const stub = await startStub({ allowed })
  const server = await servePortals(stub.url, 0)
  const portal = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  if (allow) allowed.push(portal)
  return {
    stub,
    portal,
    allow(origin) {
      allowed.push(origin)
      return () => void allowed.splice(allowed.indexOf(origin), 1)
    },
    async close() {
      server.close()
      await stub.close()
    },
  }
}
