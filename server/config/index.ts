/**
 * The environment, read once and checked against one schema. Nothing else reads `process.env`.
 * Every name has a default and a description; the README's table is tested against this file.
 */
import { resolve } from 'node:path'
import { envSchema } from 'env-schema'
import { type Static, Type } from 'typebox'
import { handOffFault, handOffSettings } from '../handoff/settings.ts'
import { root } from './root.ts'

const choice = <const T extends readonly string[]>(
  values: T,
  options: { default: T[number]; description: string },
) => Type.Unsafe<T[number]>(Type.String({ enum: [...values], ...options }))

export const ConfigSchema = Type.Object({
  PORT: Type.Integer({
    minimum: 0,
    maximum: 65535,
    default: 3000,
    description: 'port to listen on; 0 takes any free one',
  }),
  HOST: Type.String({
    minLength: 1,
    maxLength: 255,
    default: 'localhost',
    description: 'address to listen on; `0.0.0.0` for every interface, as in a container',
  }),
  DATA_DIR: Type.String({
    minLength: 1,
    default: 'data',
    description:
      'folder of the index, and of tickets that wait to be delivered; a relative path counts from the project',
  }),
  LOG_LEVEL: choice(['fatal', 'error', 'warn', 'info', 'debug', 'silent'], {
    default: 'warn',
    description:
      'least severe level that is logged: `fatal`, `error`, `warn`, `info`, `debug`, `silent`',
  }),
  ALLOWED_ORIGINS: Type.String({
    maxLength: 4096,
    default: '',
    description:
      'sites that may embed the widget, as origins separated by commas (`https://intranet.example.com`); `*` for any',
  }),
  EMBEDDINGS: choice(['local', 'openai'], {
    default: 'local',
    description:
      'who turns text into vectors: `local` (a model from npm, no network) or `openai` (any compatible endpoint)',
  }),
  EMBEDDINGS_MODEL: Type.String({
    minLength: 1,
    maxLength: 200,
    default: 'text-embedding-3-small',
    description: 'embedding model to ask for with `EMBEDDINGS=openai`',
  }),
  EMBEDDINGS_BASE_URL: Type.String({
    maxLength: 2048,
    pattern: '^$|^https?://',
    default: '',
    description: 'endpoint for embeddings where it is not `OPENAI_BASE_URL` (Ollama, TEI …)',
  }),
  EMBEDDINGS_API_KEY: Type.String({
    maxLength: 4096,
    default: '',
    description: 'key for embeddings where it is not `OPENAI_API_KEY`',
  }),
  OPENAI_API_KEY: Type.String({
    maxLength: 4096,
    default: '',
    description: 'key of a language model; without one, answers come from rules and articles alone',
  }),
  OPENAI_BASE_URL: Type.String({
    maxLength: 2048,
    pattern: '^$|^https?://',
    default: '',
    description:
      'endpoint of the language model; empty means the OpenAI API when a key is set, else none',
  }),
  OPENAI_MODEL: Type.String({
    minLength: 1,
    maxLength: 200,
    default: 'gpt-4o-mini',
    description: 'language model to ask for',
  }),
  BOUNCEWISE_MODEL_MAX_TOKENS: Type.Integer({
    minimum: 50,
    maximum: 8000,
    default: 900,
    description: 'most tokens of one answer of the language model',
  }),
  BOUNCEWISE_MODEL_IDLE_SECONDS: Type.Integer({
    minimum: 1,
    maximum: 300,
    default: 20,
    description: 'seconds that the language model may keep silent before the rules answer alone',
  }),
  BOUNCEWISE_MODEL_TOTAL_SECONDS: Type.Integer({
    minimum: 1,
    maximum: 600,
    default: 90,
    description: 'seconds that a whole answer of the language model may take, retries included',
  }),
  BOUNCEWISE_MODEL_PARALLEL: Type.Integer({
    minimum: 1,
    maximum: 1000,
    default: 4,
    description: 'answers of the language model at the same time; the rules answer the others',
  }),
  BOUNCEWISE_KB: Type.String({
    maxLength: 8192,
    default: '',
    description:
      'files and folders of your own knowledge base, separated by commas, brought into the index at start',
  }),
  BOUNCEWISE_KB_INCLUDE: Type.String({
    maxLength: 4096,
    default: '',
    description:
      'patterns of file names to bring in from folders, separated by commas; empty means every kind that can be read',
  }),
  BOUNCEWISE_KB_EXCLUDE: Type.String({
    maxLength: 4096,
    default: '',
    description: 'patterns of file names to leave out, separated by commas',
  }),
  BOUNCEWISE_FEEDBACK: choice(['count', 'store'], {
    default: 'count',
    description: 'what becomes of feedback: `count` it, or `store` its text in the data folder too',
  }),
  ...handOffSettings,
  BOUNCEWISE_RATE_LIMIT: Type.Integer({
    minimum: 0,
    maximum: 1_000_000,
    default: 120,
    description: 'API requests a minute and address; 0 for no limit',
  }),
  BOUNCEWISE_TRUST_PROXY: Type.Boolean({
    default: false,
    description:
      'whether the client address is taken from `X-Forwarded-For`: only behind a proxy of your own',
  }),
  BOUNCEWISE_MAX_UPLOAD_MB: Type.Integer({
    minimum: 1,
    maximum: 100,
    default: 10,
    description: 'largest request in megabytes, attached mails included',
  }),
})

export { root } from './root.ts'

export type Config = Static<typeof ConfigSchema>

/** A bad setting; the message is one line that names it and says what it may be. */
export class ConfigError extends Error {
  override name = 'ConfigError'
}

type Env = Readonly<Record<string, string | undefined>>

/** Reads and checks the environment. Throws a `ConfigError` on a bad value or an unknown name of ours. */
export function loadConfig(env: Env = process.env): Config {
  refuseUnknown(env)
  const config = readSchema(env)
  checkOrigins(config.ALLOWED_ORIGINS)
  checkHandOff(config)
  return { ...config, DATA_DIR: resolve(root, config.DATA_DIR) }
}

/** A list written with commas; blanks and empty parts do not count. */
export const listOf = (value: string): string[] =>
  value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')

const names = (): string[] => Object.keys(ConfigSchema.properties)

function refuseUnknown(env: Env): void {
  const unknown = Object.keys(env).find(
    (name) => name.startsWith('BOUNCEWISE_') && !names().includes(name),
  )
  if (unknown === undefined) return
  const known = names().filter((name) => name.startsWith('BOUNCEWISE_'))
  throw new ConfigError(`${unknown} is not a setting of Bouncewise. Known: ${known.join(', ')}.`)
}

/** An empty variable counts as not set: `PORT= npm start` means the default. */
function readSchema(env: Env): Config {
  const set = Object.fromEntries(
    names()
      .map((name) => [name, env[name]] as const)
      .filter(([, value]) => value !== undefined && value !== ''),
  )
  try {
    return envSchema<Config>({ schema: ConfigSchema, data: set, env: false })
  } catch (error) {
    throw new ConfigError(explain(error, set), { cause: error })
  }
}

type SchemaFault = {
  readonly instancePath: string
  readonly message?: string
  readonly params: { readonly allowedValues?: readonly string[] }
}

function explain(error: unknown, values: Env): string {
  const [fault] = (error as { errors?: readonly SchemaFault[] }).errors ?? []
  if (fault === undefined) return String(error)
  const name = fault.instancePath.slice(1)
  const allowed = fault.params.allowedValues
  const must = allowed ? `must be one of ${allowed.join(', ')}` : fault.message
  const shown = /(?:KEY|TOKEN|SECRET)$/.test(name) ? '' : ` (it is ${JSON.stringify(values[name])})`
  return `${name} ${must}${shown}.`
}

function checkOrigins(value: string): void {
  const wrong = listOf(value).find((origin) => origin !== '*' && !isOrigin(origin))
  if (wrong === undefined) return
  throw new ConfigError(
    `ALLOWED_ORIGINS must hold origins such as https://intranet.example.com, without a path (it has ${JSON.stringify(wrong)}).`,
  )
}

function checkHandOff(config: Config): void {
  const fault = handOffFault(config)
  if (fault) throw new ConfigError(fault)
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && /^https?:/.test(text) && new URL(text).origin === text
}
