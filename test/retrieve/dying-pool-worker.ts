/** A thread for `thread.test.ts`: gives back what it gets, and dies of "die". */
import { parentPort } from 'node:worker_threads'
import type { PoolRequest } from '../../server/retrieve/embed/pool.ts'

parentPort?.on('message', ({ id, input }: PoolRequest) => {
  if (input === 'die') process.exit(1)
  parentPort?.postMessage({ id, output: input })
})
