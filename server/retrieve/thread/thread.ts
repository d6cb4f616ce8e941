import type { Worker } from 'node:worker_threads'
import type { Config } from '../../config/index.ts'
import { startWorker } from '../start-worker.ts'
import { type Call, fromFailure, type Reply, type Request } from './messages.ts'

export type Thread = { call(call: Call): Promise<unknown>; close(): Promise<void> }

type Pending = { resolve(result: unknown): void; reject(error: Error): void }
type Live = { readonly worker: Worker; readonly pending: Map<number, Pending> }

const WORKER = new URL('./worker.ts', import.meta.url)

/**
 * A thread that takes calls, as many at once as come. When it dies, its calls fail with the cause, and the
 * next call starts another: one that cannot start fails each call loudly, and never starts by itself.
 */
export function createThread(config: Config, file = WORKER): Thread {
  let live: Live | undefined
  let closed = false
  let nextId = 0
  const start = (): Live => {
    const worker = startWorker(file, { config })
    const started: Live = { worker, pending: new Map() }
    const end = (error: Error) => {
      if (live === started) live = undefined
      for (const { reject } of started.pending.values()) reject(error)
      started.pending.clear()
    }
    worker.on('message', (reply: Reply) => settle(started, reply))
    worker.on('error', (cause) => end(new Error('the thread that searches died', { cause })))
    worker.on('exit', (code) => end(new Error(`the thread that searches ended with ${code}`)))
    // a server that listens to nothing any more may end
    worker.unref()
    return started
  }
  return {
    call: (call) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(new Error('retrieval is closed'))
        live ??= start()
        nextId += 1
        live.pending.set(nextId, { resolve, reject })
        live.worker.ref()
        live.worker.postMessage({ id: nextId, call } satisfies Request)
      }),
    async close() {
      closed = true
      await live?.worker.terminate()
    },
  }
}

function settle({ worker, pending }: Live, reply: Reply): void {
  const waiting = pending.get(reply.id)
  pending.delete(reply.id)
  if (pending.size === 0) worker.unref()
  if ('failure' in reply) waiting?.reject(fromFailure(reply.failure))
  else waiting?.resolve(reply.result)
}
