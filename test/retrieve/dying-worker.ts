/** A thread for `thread.test.ts`: answers a check, and dies of a question. */
import { parentPort } from 'node:worker_threads'
import type { Request } from '../../server/retrieve/thread/messages.ts'

parentPort?.on('message', ({ id, call }: Request) => {
  if (call.type !== 'retrieve') parentPort?.postMessage({ id, result: 'fine' })
  else if (call.query.text === 'throw') throw new Error('out of order')
  else process.exit(3)
})
