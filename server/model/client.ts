/**
 * Streams text from any OpenAI-compatible endpoint: OpenAI, Azure OpenAI, Ollama, llama.cpp, vLLM,
 * LiteLLM. Within a budget of time, tokens and parallel calls; every failure is a `ModelError` whose
 * message may be shown.
 */
import OpenAI, { APIConnectionTimeoutError, APIError } from 'openai'
import type { Config } from '../config/index.ts'

export type ModelOptions = {
  readonly apiKey: string
  /** empty: the OpenAI API */
  readonly baseUrl: string
  readonly model: string
  /** most tokens of one answer */
  readonly maxTokens: number
  /** seconds until the first token, and between two */
  readonly idleSeconds: number
  /** seconds for a whole answer, retries included */
  readonly totalSeconds: number
  /** answers at the same time; more are refused, not queued */
  readonly parallel: number
}

export type ModelMessage = { readonly role: 'system' | 'user'; readonly content: string }
export type Usage = { readonly prompt: number; readonly completion: number }

/** A piece of text, or the end with its reason and cost. */
export type ModelEvent =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'end'; readonly finish: string; readonly usage: Usage | undefined }

export type FailureKind =
  | 'busy'
  | 'timeout'
  | 'refused'
  | 'rate-limit'
  | 'unreachable'
  | 'cut'
  | 'bad-answer'

const SAYINGS: Record<FailureKind, string> = {
  busy: 'the language model has too many questions at once',
  timeout: 'the language model took too long',
  refused: 'the language model refused the request',
  'rate-limit': 'the language model is over its rate limit',
  unreachable: 'the language model could not be reached',
  cut: 'the language model stopped in the middle',
  'bad-answer': 'what the language model wrote could not be used',
}

/** Why there is no answer of the model; `message` is fit to be read by the person. */
export class ModelError extends Error {
  override name = 'ModelError'
  readonly kind: FailureKind

  constructor(kind: FailureKind, cause?: unknown) {
    super(SAYINGS[kind], { cause })
    this.kind = kind
  }
}

export type ModelClient = {
  stream(messages: readonly ModelMessage[], signal: AbortSignal): AsyncGenerator<ModelEvent>
}

const RETRIES = 2
const PAUSE_MS = 400
/** Where a limit on tokens goes: newer models want the second name, older servers know the first. */
const LIMIT_NAMES = ['max_tokens', 'max_completion_tokens'] as const

/** Creates a client; nothing is sent before `stream` is called. */
export function createModelClient(options: ModelOptions): ModelClient {
  const api = new OpenAI({
    apiKey: options.apiKey || 'none',
    ...(options.baseUrl ? { baseURL: options.baseUrl } : {}),
    maxRetries: 0,
    timeout: options.totalSeconds * 1000,
    ...(/\.azure\.com/i.test(options.baseUrl)
      ? { defaultHeaders: { 'api-key': options.apiKey } }
      : {}),
  })
  let running = 0
  let limitName: (typeof LIMIT_NAMES)[number] | undefined = LIMIT_NAMES[0]
  let wantsUsage = true

  /** Opens a stream; a field that this endpoint rejects is left out from then on. */
  async function open(messages: readonly ModelMessage[], signal: AbortSignal) {
    for (let attempt = 0; ; attempt++) {
      try {
        return await api.chat.completions.create(
          {
            model: options.model,
            messages: [...messages],
            stream: true,
            ...(limitName ? { [limitName]: options.maxTokens } : {}),
            ...(wantsUsage ? { stream_options: { include_usage: true } } : {}),
          },
          { signal },
        )
      } catch (error) {
        if (signal.aborted) throw error
        const field = rejectedField(error)
        if (field === 'limit')
          limitName = limitName === 'max_tokens' ? 'max_completion_tokens' : undefined
        else if (field === 'usage') wantsUsage = false
        else if (attempt >= RETRIES || !mayRetry(error)) throw error
        else await pause(waitFor(error, attempt), signal)
        if (attempt >= RETRIES + LIMIT_NAMES.length + 1) throw error
      }
    }
  }

  return {
    async *stream(messages, signal) {
      if (running >= options.parallel) throw new ModelError('busy')
      running += 1
      const clock = createClock(options, signal)
      try {
        yield* events(await open(messages, clock.signal), clock, options.maxTokens)
      } catch (error) {
        throw clock.expired() ? new ModelError('timeout', error) : toModelError(error)
      } finally {
        clock.stop()
        running -= 1
      }
    },
  }
}

/** The client of the configured endpoint; `parallel` where it is not what the configuration says. */
export const clientOf = (
  config: Config,
  parallel: number = config.BOUNCEWISE_MODEL_PARALLEL,
): ModelClient =>
  createModelClient({
    apiKey: config.OPENAI_API_KEY,
    baseUrl: config.OPENAI_BASE_URL,
    model: config.OPENAI_MODEL,
    maxTokens: config.BOUNCEWISE_MODEL_MAX_TOKENS,
    idleSeconds: config.BOUNCEWISE_MODEL_IDLE_SECONDS,
    totalSeconds: config.BOUNCEWISE_MODEL_TOTAL_SECONDS,
    parallel,
  })

type Chunk = OpenAI.Chat.Completions.ChatCompletionChunk

async function* events(
  chunks: AsyncIterable<Chunk>,
  clock: Clock,
  maxTokens: number,
): AsyncGenerator<ModelEvent> {
  let finish = ''
  let usage: Usage | undefined
  // some servers ignore the limit: no token is shorter than one character, few are longer than eight
  let room = maxTokens * 8
  for await (const chunk of chunks) {
    clock.tick()
    const choice = chunk.choices?.[0]
    const text = typeof choice?.delta?.content === 'string' ? choice.delta.content : ''
    if (choice?.finish_reason) finish = choice.finish_reason
    if (chunk.usage)
      usage = { prompt: chunk.usage.prompt_tokens, completion: chunk.usage.completion_tokens }
    if (text === '') continue
    yield { type: 'text', text: text.slice(0, room) }
    room -= text.length
    if (room <= 0) {
      finish = 'length'
      break
    }
  }
  if (finish === '') throw new ModelError('cut')
  yield { type: 'end', finish, usage }
}

/* ------------------------------------------------------------ time */

type Clock = { readonly signal: AbortSignal; tick(): void; expired(): boolean; stop(): void }

/** Aborts when nothing came for too long, when all of it took too long, or when the reader left. */
function createClock({ idleSeconds, totalSeconds }: ModelOptions, reader: AbortSignal): Clock {
  const own = new AbortController()
  const expire = () => own.abort(new Error('out of time'))
  const total = setTimeout(expire, totalSeconds * 1000)
  let idle = setTimeout(expire, idleSeconds * 1000)
  return {
    signal: AbortSignal.any([own.signal, reader]),
    tick() {
      clearTimeout(idle)
      idle = setTimeout(expire, idleSeconds * 1000)
    },
    expired: () => own.signal.aborted,
    stop() {
      clearTimeout(total)
      clearTimeout(idle)
    },
  }
}

const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(signal.reason)
    })
  })

/** What the endpoint asks for (`Retry-After`, seconds), within reason; else twice as long each time. */
function waitFor(error: unknown, attempt: number): number {
  const asked = error instanceof APIError ? Number(error.headers?.get('retry-after')) : Number.NaN
  return Number.isFinite(asked) && asked > 0
    ? Math.min(asked * 1000, 5000)
    : PAUSE_MS * 2 ** attempt
}

/* ------------------------------------------------------------ errors */

const mayRetry = (error: unknown): boolean =>
  error instanceof APIError &&
  (error.status === undefined || error.status === 429 || error.status >= 500)

function rejectedField(error: unknown): 'limit' | 'usage' | undefined {
  if (!(error instanceof APIError) || (error.status !== 400 && error.status !== 422))
    return undefined
  if (/max_(?:completion_)?tokens/.test(error.message)) return 'limit'
  return /stream_options|include_usage/.test(error.message) ? 'usage' : undefined
}

function toModelError(error: unknown): ModelError {
  if (error instanceof ModelError) return error
  if (error instanceof APIConnectionTimeoutError) return new ModelError('timeout', error)
  if (!(error instanceof APIError)) return new ModelError('cut', error)
  if (error.status === 429) return new ModelError('rate-limit', error)
  if (error.status === undefined || error.status >= 500) return new ModelError('unreachable', error)
  return new ModelError('refused', error)
}
