import type { Worker } from 'node:worker_threads'
import { startWorker } from '../start-worker.ts'

export type PoolRequest = { readonly id: number; readonly input: string }
export type PoolReply =
  | { readonly id: number; readonly output: unknown }
  | { readonly id: number; readonly error: string }

type Job = {
  readonly request: PoolRequest
  resolve(output: unknown): void
  reject(error: Error): void
}
type Member = { readonly worker: Worker; job: Job | undefined }

export type WorkerPool = { run<T>(input: string): Promise<T>; close(): Promise<void> }

/**
 * Worker threads that each do one job at a time; jobs wait in the order they came. A thread is started
 * when there is work for it: a run that embeds nothing loads no model. One that dies fails the job that it
 * had, and the next job starts another.
 */
export function createWorkerPool(url: URL, size: number): WorkerPool {
  const waiting: Job[] = []
  const members = new Set<Member>()
  let closed = false
  let nextId = 0

  const next = (member: Member) => {
    member.job = waiting.shift()
    if (member.job) member.worker.postMessage(member.job.request)
  }
  const finish = (member: Member, reply: PoolReply) => {
    const job = member.job
    next(member)
    if ('error' in reply) job?.reject(new Error(reply.error))
    else job?.resolve(reply.output)
  }
  const end = (member: Member, error: Error) => {
    if (!members.delete(member)) return
    member.job?.reject(error)
    if (waiting.length > 0 && !closed) next(add())
  }
  const add = () => {
    const member: Member = { worker: startWorker(url), job: undefined }
    member.worker.on('message', (reply: PoolReply) => finish(member, reply))
    member.worker.on('error', (cause) => end(member, new Error(DIED, { cause })))
    member.worker.on('exit', () => end(member, new Error(closed ? CLOSED : DIED)))
    members.add(member)
    return member
  }

  return {
    run: <T>(input: string) =>
      new Promise<T>((resolve, reject) => {
        if (closed) return reject(new Error(CLOSED))
        nextId += 1
        waiting.push({
          request: { id: nextId, input },
          resolve: resolve as (output: unknown) => void,
          reject,
        })
        const idle = [...members].find(({ job }) => job === undefined)
        if (idle) next(idle)
        else if (members.size < size) next(add())
      }),
    async close() {
      closed = true
      for (const job of waiting.splice(0)) job.reject(new Error(CLOSED))
      await Promise.all([...members].map(({ worker }) => worker.terminate()))
    },
  }
}

const DIED = 'an embedding worker died'
const CLOSED = 'the embedding workers are closed'
