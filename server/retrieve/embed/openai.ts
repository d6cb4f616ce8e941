import OpenAI, { APIConnectionError, APIError, APIUserAbortError } from 'openai'
import { ModelUnavailable } from '../unusable.ts'
import type { Embedder } from './types.ts'

export type OpenAiEmbedderOptions = {
  readonly apiKey: string
  /** empty for the OpenAI API itself */
  readonly baseUrl: string
  readonly model: string
  readonly patience: Patience
}

/** How long an endpoint that is busy or away is asked again, for each batch. */
export type Patience = { readonly retries: number; readonly budgetMs: number }

/** What a model with 512 tokens, the smallest in use, holds of English text. */
const MAX_CHARS = 1800
const BATCH = 64
const PROBE: Patience = { retries: 2, budgetMs: 15_000 }

/**
 * Any endpoint that speaks OpenAI's `/embeddings`: OpenAI, Azure, Ollama, TEI. Asks once at the start
 * how many dimensions the model has. 429 and 5xx are tried again, as `Retry-After` says.
 */
export async function createOpenAiEmbedder(options: OpenAiEmbedderOptions): Promise<Embedder> {
  const client = createClient(options)
  const ask = (texts: readonly string[]) => askBatch(client, options, texts)
  // an endpoint that is not there at all is told soon, however patient the work may be
  const [probe = new Float32Array()] = await askBatch(client, { ...options, patience: PROBE }, [
    'mail',
  ])
  const dims = probe.length
  return {
    space: {
      fingerprint: `openai:${hostOf(client)}:${options.model}:${dims}:${MAX_CHARS}`,
      dims,
    },
    prepare: prepareText,
    async embed(texts) {
      const vectors: Float32Array[] = []
      for (let at = 0; at < texts.length; at += BATCH) {
        const batch = await ask(texts.slice(at, at + BATCH))
        if (batch.some(({ length }) => length !== dims)) {
          throw fault(client, options, `sent vectors of another length than the ${dims} of before`)
        }
        vectors.push(...batch)
      }
      return vectors
    },
    close: async () => {},
  }
}

/** Cut at a whole character: half of an emoji is no text. */
function prepareText(text: string): string {
  const flat = text.replaceAll(/\s+/g, ' ').trim().slice(0, MAX_CHARS)
  return /[\uD800-\uDBFF]$/.test(flat) ? flat.slice(0, -1) : flat
}

/** Azure's older addresses carry `?api-version=…`, and it wants the key in a header of its own. */
function createClient({ apiKey, baseUrl, patience }: OpenAiEmbedderOptions): OpenAI {
  const url = baseUrl === '' ? undefined : new URL(baseUrl)
  const query = Object.fromEntries(url?.searchParams ?? [])
  if (url) url.search = ''
  return new OpenAI({
    apiKey: apiKey || 'none',
    baseURL: url?.href ?? null,
    maxRetries: patience.retries,
    timeout: Math.min(60_000, patience.budgetMs / 2),
    defaultQuery: query,
    ...('api-version' in query && { defaultHeaders: { 'api-key': apiKey, authorization: null } }),
  })
}

const hostOf = (client: OpenAI): string => new URL(client.baseURL).host

async function askBatch(
  client: OpenAI,
  options: OpenAiEmbedderOptions,
  texts: readonly string[],
): Promise<Float32Array[]> {
  const { model, patience } = options
  const signal = AbortSignal.timeout(patience.budgetMs)
  const input = [...texts]
  const data = await Promise.race([
    client.embeddings.create(
      { model, input, encoding_format: 'float' },
      { signal, maxRetries: patience.retries },
    ),
    // the client sleeps between two tries as long as it was told to, whatever the signal says
    aborted(signal),
  ]).then(
    (answer) => answer.data as readonly Item[] | undefined,
    (error: unknown) => {
      throw fault(client, options, whatWentWrong(error, patience), error)
    },
  )
  if (!Array.isArray(data)) throw fault(client, options, 'sent no list of vectors')
  if (data.length !== texts.length) {
    throw fault(client, options, `sent ${data.length} vectors for ${texts.length} texts`)
  }
  return data
    .toSorted((a, b) => a.index - b.index)
    .map(({ embedding }) => {
      const vector = toVector(embedding)
      if (!isUsable(vector))
        throw fault(client, options, 'sent a vector that is empty or no numbers')
      return vector
    })
}

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) =>
    signal.addEventListener('abort', () => reject(new APIUserAbortError()), { once: true }),
  )

type Item = { readonly index: number; readonly embedding: unknown }

/** Some servers send base64 whatever they were asked for. */
function toVector(embedding: unknown): Float32Array {
  if (typeof embedding === 'string') {
    const bytes = Uint8Array.from(Buffer.from(embedding, 'base64'))
    return new Float32Array(bytes.buffer, 0, Math.floor(bytes.length / 4))
  }
  return Array.isArray(embedding) ? Float32Array.from(embedding as number[]) : new Float32Array()
}

const isUsable = (vector: Float32Array): boolean =>
  vector.every(Number.isFinite) && vector.some((value) => value !== 0)

/** Says who failed, how, and which settings it is about; never the key. */
function fault(
  client: OpenAI,
  { model }: OpenAiEmbedderOptions,
  what: string,
  cause?: unknown,
): ModelUnavailable {
  return new ModelUnavailable(
    `The embedding endpoint ${hostOf(client)} (model ${model}) ${what}.`,
    cause === undefined ? undefined : { cause },
  )
}

function whatWentWrong(error: unknown, { budgetMs }: Patience): string {
  if (error instanceof APIUserAbortError) {
    return `did not answer within ${budgetMs / 1000} seconds, retries included`
  }
  if (error instanceof APIConnectionError) {
    return 'cannot be reached: see EMBEDDINGS_BASE_URL, and whether it runs'
  }
  if (error instanceof APIError) return `answered ${error.status}${ADVICE[error.status ?? 0] ?? ''}`
  return 'sent what is no answer'
}

const ADVICE: Readonly<Record<number, string>> = {
  400: ': see EMBEDDINGS_MODEL',
  401: ': see EMBEDDINGS_API_KEY',
  403: ': see EMBEDDINGS_API_KEY',
  404: ': see EMBEDDINGS_BASE_URL and EMBEDDINGS_MODEL',
  429: ': too many requests, or no credit left',
}
