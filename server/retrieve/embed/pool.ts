import { Worker } from 'node:worker_threads'

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
 * when there is work for it: a run that embeds nothing loads no model.
 */
export function createWorkerPool(url: URL, size: number): WorkerPool {
  const waiting: Job[] = []
  const members: Member[] = []
  let failed: Error | undefined
  let closed = false
  let nextId = 0

  const fail = (error: Error) => {
    failed ??= error
    for (const member of members) member.job?.reject(error)
    for (const job of waiting.splice(0)) job.reject(error)
  }
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
  const add = () => {
    const member: Member = { worker: startWorker(url), job: undefined }
    member.worker.on('message', (reply: PoolReply) => finish(member, reply))
    member.worker.on('error', (cause) => fail(new Error('an embedding worker died', { cause })))
    member.worker.on('exit', () => closed || fail(new Error('an embedding worker ended')))
    members.push(member)
    return member
  }

  return {
    run: <T>(input: string) =>
      new Promise<T>((resolve, reject) => {
        if (failed || closed) return reject(failed ?? new Error('the embedding workers are closed'))
        nextId += 1
        waiting.push({
          request: { id: nextId, input },
          resolve: resolve as (output: unknown) => void,
          reject,
        })
        const idle = members.find(({ job }) => job === undefined)
        if (idle) next(idle)
        else if (members.length < size) next(add())
      }),
    async close() {
      closed = true
      fail(new Error('the embedding workers are closed'))
      await Promise.all(members.map(({ worker }) => worker.terminate()))
    },
  }
}

/** Compiled, a worker is a file beside this one; under tsx it is TypeScript, which Node 20's workers cannot load. */
function startWorker(url: URL): Worker {
  if (import.meta.url.endsWith('.js')) return new Worker(new URL(url.href.replace(/\.ts$/, '.js')))
  const tsx = JSON.stringify(import.meta.resolve('tsx/esm/api'))
  const file = JSON.stringify(url.href)
  return new Worker(`import(${tsx}).then(({ tsImport }) => tsImport(${file}, ${file}))`, {
    eval: true,
  })
}
