/** The process: settings, index, listen, close. */
import { spawn } from 'node:child_process'
import type { FastifyInstance } from 'fastify'
import { type Config, ConfigError, loadConfig } from './config/index.ts'
import { isFresh } from './fresh.ts'

async function main(): Promise<void> {
  const config = loadConfig()
  // the application loads while the index is looked at: that is half of a start
  const updated = isFresh(config) ? undefined : updateIndex()
  const [{ buildApp }] = await Promise.all([import('./app.ts'), updated])
  const app = await buildApp(config)
  closeOnSignal(app)
  await listen(app, config)
  warmUp(app)
}

/**
 * Brings the index up to date in a process of its own: its memory is given back, and whatever happens
 * to it leaves the old index whole.
 */
async function updateIndex(): Promise<void> {
  const script = new URL('../ingest/main.ts', import.meta.url)
  const file = import.meta.url.endsWith('.ts') ? script.href : script.href.replace(/\.ts$/, '.js')
  const status = await new Promise<number | null>((resolve, reject) => {
    const child = spawn(process.execPath, [...process.execArgv, ...entry(file)], {
      stdio: 'inherit',
    })
    child.once('error', reject)
    child.once('exit', resolve)
  })
  if (status === 1) {
    console.error('Some of the knowledge base could not be read: see above. What could is served.')
  } else if (status !== 0) {
    console.error('The index could not be brought up to date: see above. The one before is served.')
  }
}

/** Under tsx the loader is among `execArgv`; Node wants a path, not an address. */
const entry = (href: string): string[] => [decodeURIComponent(new URL(href).pathname), '--quiet']

async function listen(app: FastifyInstance, config: Config): Promise<void> {
  await app.listen({ port: config.PORT, host: config.HOST })
  const address = app.server.address()
  const port = typeof address === 'object' && address ? address.port : config.PORT
  const host = config.HOST.includes(':') ? `[${config.HOST}]` : config.HOST
  console.log(`Bouncewise is ready: http://${host}:${port}`)
}

/** The model takes a second to load; the first visitor need not wait for it. Failure is said loudly. */
function warmUp(app: FastifyInstance): void {
  app.retriever.check().catch((error: unknown) => {
    console.error(`Questions cannot be answered: ${error instanceof Error ? error.message : error}`)
  })
}

function closeOnSignal(app: FastifyInstance): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void app.close())
  }
}

main().catch((error: unknown) => {
  const { code, message, port } = error as NodeJS.ErrnoException & { port?: number }
  if (error instanceof ConfigError) console.error(message)
  else if (code === 'EADDRINUSE') console.error(`Port ${port} is taken: set PORT to another one.`)
  else console.error(error)
  process.exit(1)
})
