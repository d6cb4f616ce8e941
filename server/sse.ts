import type { AnswerEvent } from '../kb/types.ts'

/** Proxies close a connection that is silent; a comment is none of the events. */
const HEARTBEAT_MS = 15_000

/**
 * Events as `text/event-stream` frames, with a heartbeat while the next one takes long. Whoever stops
 * reading stops the events: their `finally` runs.
 */
export async function* toFrames(
  events: AsyncGenerator<AnswerEvent>,
  heartbeatMs = HEARTBEAT_MS,
): AsyncGenerator<string> {
  try {
    for (;;) {
      const next = events.next()
      while ((await orHeartbeat(next, heartbeatMs)) === 'heartbeat') yield ': still here\n\n'
      const { done, value } = await next
      if (done) return
      yield toFrame(value)
    }
  } finally {
    await events.return(undefined)
  }
}

/** `done` holds the same JSON as an unstreamed answer. JSON has no line break: the data is one line. */
export function toFrame(event: AnswerEvent): string {
  const { type, ...rest } = event
  const data = event.type === 'done' ? event.result : rest
  return `event: ${type}\ndata: ${JSON.stringify(data)}\n\n`
}

async function orHeartbeat(next: Promise<unknown>, ms: number): Promise<'event' | 'heartbeat'> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'heartbeat'>((resolve) => {
    timer = setTimeout(resolve, ms, 'heartbeat')
  })
  try {
    return await Promise.race([next.then(() => 'event' as const), late])
  } finally {
    clearTimeout(timer)
  }
}
