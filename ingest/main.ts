/**
 * `npm run ingest -- [PATH…] [--only] [--watch]`: brings the index up to date with the shipped KB,
 * every PATH, and what was brought in before (`--only`: with nothing but the shipped KB and the PATHs).
 * Says what it did, and ends with status 1 where a file could not be read, 2 where nothing could be done.
 */
import { parseArgs } from 'node:util'
import { ConfigError, listOf, loadConfig } from '../server/config/index.ts'
import { createEmbedder } from '../server/retrieve/embed/index.ts'
import { ModelUnavailable } from '../server/retrieve/unusable.ts'
import { ingest } from './index.ts'
import { createProgress, describe } from './report.ts'
import { watchPaths } from './watch.ts'

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      only: { type: 'boolean', default: false },
      quiet: { type: 'boolean', default: false },
      watch: { type: 'boolean', default: false },
    },
  })
  const config = loadConfig()
  const paths = [...positionals, ...(values.only ? [] : listOf(config.BOUNCEWISE_KB))]
  const run = async () => {
    const summary = await ingest({
      dataDir: config.DATA_DIR,
      own: {
        paths,
        keep: !values.only,
        include: listOf(config.BOUNCEWISE_KB_INCLUDE),
        exclude: listOf(config.BOUNCEWISE_KB_EXCLUDE),
        month: new Date().toISOString().slice(0, 7),
      },
      createEmbedder: () => createEmbedder(config, 'ingest'),
      progress: createProgress(process.stderr),
    })
    if (!values.quiet || summary.written) for (const line of describe(summary)) console.log(line)
    process.exitCode = summary.broken.length > 0 ? 1 : 0
  }
  if (!values.watch) return run()
  const signal = endedBySignal()
  console.log('Watching for changes; Ctrl-C ends it.')
  await watchPaths(paths, () => run().catch(tell), { signal })
}

/** The first Ctrl-C lets an ingest finish, a second one ends it where it is: the index stays whole. */
function endedBySignal(): AbortSignal {
  const controller = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => controller.abort())
  return controller.signal
}

/** What an operator can mend is said in one line. */
function tell(error: unknown): void {
  const known = error instanceof ConfigError || error instanceof ModelUnavailable
  console.error(known ? error.message : error)
  process.exitCode = 2
}

main().catch(tell)
