/** The HTTP side: one place that knows addresses, headers, and what a bad network does to them. */
import type { AnswerEvent, Audience, ChatAnswer, ChatMessage } from '../../kb/types.ts'
import { readFrames, toEvent } from './sse.ts'

export type Ask = {
  readonly messages: readonly ChatMessage[]
  readonly audience?: Audience | undefined
  readonly locale: string
  readonly files?: readonly File[]
}

export type FailureCode =
  | 'offline'
  | 'cut'
  | 'origin'
  | 'too-many-requests'
  | 'payload-too-large'
  | 'server'

/** Why there is no answer. `retryAfter` in seconds. */
export class Failure extends Error {
  override name = 'Failure'
  readonly code: string
  readonly retryAfter: number
  constructor(code: FailureCode | (string & {}), message = '', retryAfter = 0) {
    super(message || code)
    this.code = code
    this.retryAfter = retryAfter
  }
}

export type Client = {
  ask(ask: Ask, signal: AbortSignal): AsyncGenerator<AnswerEvent>
  /** JSON from a path of the server; with a body, by POST. */
  json<T>(path: string, body?: unknown): Promise<T>
}

export type ClientOptions = {
  readonly fetch?: typeof fetch
  /** A proxy that holds the stream back shows no byte for this long: then whole JSON is asked for. */
  readonly firstByteMs?: number
  /** A server that works sends a heartbeat every 15 seconds: after this long the connection is dead. */
  readonly quietMs?: number
  readonly retryMs?: number
}

/** A client of the server at `base` (an absolute address that ends in "/"). */
export function createClient(base: string, options: ClientOptions = {}): Client {
  const { firstByteMs = 3000, quietMs = 40_000, retryMs = 1000 } = options
  const send = options.fetch ?? fetch
  let buffered = false

  async function request(path: string, init: RequestInit): Promise<Response> {
    const url = new URL(path, base)
    const response = await send(url, {
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      ...init,
    }).catch((error: unknown) => {
      if (init.signal?.aborted) throw error
      return reach(send, base).then((code) => {
        throw new Failure(code)
      })
    })
    if (!response.ok) throw await toFailure(response)
    return response
  }

  const chat = (ask: Ask, accept: string, signal: AbortSignal) =>
    request('api/chat', { method: 'POST', signal, ...payload(ask, accept) })

  /** Streams; undefined when no byte came in time. */
  async function* stream(ask: Ask, signal: AbortSignal): AsyncGenerator<AnswerEvent, boolean> {
    const late = new AbortController()
    const stop = () => late.abort()
    signal.addEventListener('abort', stop)
    let heard = false
    let timer = setTimeout(stop, firstByteMs)
    const listen = () => {
      heard = true
      clearTimeout(timer)
      timer = setTimeout(stop, quietMs)
    }
    try {
      const response = await chat(ask, 'text/event-stream', late.signal)
      if (!response.body || !/event-stream/.test(response.headers.get('content-type') ?? '')) {
        clearTimeout(timer)
        yield* toEvents((await response.json()) as ChatAnswer)
        return true
      }
      for await (const frame of readFrames(response.body, listen)) {
        const event = toEvent(frame)
        if (!event) continue
        yield event
        if (event.type === 'done' || event.type === 'failed') return true
      }
    } catch (error) {
      if (late.signal.aborted && !signal.aborted && !heard) return false
      if (error instanceof Failure || signal.aborted) throw error
    } finally {
      clearTimeout(timer)
      signal.removeEventListener('abort', stop)
    }
    throw new Failure('cut')
  }

  async function* whole(ask: Ask, signal: AbortSignal): AsyncGenerator<AnswerEvent> {
    const response = await chat(ask, 'application/json', signal)
    yield* toEvents((await response.json()) as ChatAnswer)
  }

  async function* once(ask: Ask, signal: AbortSignal): AsyncGenerator<AnswerEvent> {
    if (!buffered) buffered = !(yield* stream(ask, signal))
    else return yield* whole(ask, signal)
    if (buffered) yield* whole(ask, signal)
  }

  return {
    /** The server keeps nothing between requests, so asking again after a cut is safe: once. */
    async *ask(ask, signal) {
      try {
        yield* once(ask, signal)
      } catch (error) {
        if (!(error instanceof Failure) || !['cut', 'offline'].includes(error.code)) throw error
        await pause(retryMs, signal)
        yield* once(ask, signal)
      }
    },
    async json<T>(path: string, body?: unknown) {
      const init: RequestInit = body
        ? { method: 'POST', headers: JSON_TYPE, body: JSON.stringify(body) }
        : {}
      const response = await request(path, init)
      return (response.status === 204 ? undefined : await response.json()) as T
    },
  }
}

const JSON_TYPE = { 'content-type': 'application/json' }

function payload({ files = [], ...ask }: Ask, accept: string): RequestInit {
  const body = JSON.stringify(ask)
  if (files.length === 0) return { headers: { accept, ...JSON_TYPE }, body }
  const form = new FormData()
  form.append('request', body)
  for (const file of files) form.append('file', file)
  return { headers: { accept }, body: form }
}

async function toFailure(response: Response): Promise<Failure> {
  const body = (await response.json().catch(() => null)) as {
    error?: { code?: string; message?: string }
  } | null
  const code =
    { 429: 'too-many-requests', 413: 'payload-too-large' }[response.status] ??
    // a proxy's page has no code, and "internal" says no more than that the server failed
    (body?.error?.code === 'internal' ? undefined : body?.error?.code) ??
    'server'
  return new Failure(code, body?.error?.message, Number(response.headers.get('retry-after')) || 0)
}

/** A refused origin and a dead network look the same to `fetch`; a request without CORS tells them apart. */
const reach = (send: typeof fetch, base: string): Promise<FailureCode> =>
  send(new URL('healthz', base), { mode: 'no-cors', credentials: 'omit' }).then(
    (response) => (response.type === 'opaque' ? 'origin' : 'offline'),
    () => 'offline',
  )

function* toEvents(result: ChatAnswer): Generator<AnswerEvent> {
  yield { type: 'report', report: result.report }
  yield { type: 'diagnosis', diagnosis: result.diagnosis }
  yield { type: 'answer', text: result.answer, index: 0, blocks: result.blocks }
  yield { type: 'done', result }
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(signal.reason)
    })
  })
