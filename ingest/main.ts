/**
 * `npm run ingest -- [PATH…] [--only] [--watch]`: brings the index up to date with the shipped KB,
 * every PATH, and what was brought in before (`--only`: with nothing but the shipped KB and the PATHs).
 * Says what it did, and ends with status 1 where a file could not be read.
 */
import { parseArgs } from 'node:util'
import { ConfigError, listOf, loadConfig } from '../server/config/index.ts'
import { createEmbedder } from '../server/retrieve/embed/index.ts'
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
  await run()
  if (values.watch) await watchPaths(paths, run)
}

main().catch((error: unknown) => {
  console.error(error instanceof ConfigError ? error.message : error)
  process.exitCode = 1
})
