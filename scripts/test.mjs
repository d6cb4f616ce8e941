/**
 * Builds, indexes the shipped KB, then runs every compiled test under node:test. Lists the files itself: on Node 20 `--test`
 * knows no globs and silently runs nothing for a folder.
 *
 *   node scripts/test.mjs [PART OF A PATH …]
 */
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const wanted = process.argv.slice(2)

/** The shipped KB, really indexed, for the tests that talk to the whole program; kept between runs. */
const index = join(root, 'data/test')

const run = (args, env = {}) => {
  const { status, signal } = spawnSync(process.execPath, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  })
  if (status !== 0) process.exit(status ?? (signal ? 1 : 0))
}

run(['scripts/build.mjs'])

const files = readdirSync(join(root, 'dist/test'), { recursive: true })
  .filter((file) => file.endsWith('.test.js'))
  .filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)))
  .sort()
  .map((file) => join('dist/test', file))
if (files.length === 0) {
  console.error(`no test matches ${wanted.join(' ')}`)
  process.exit(1)
}
run(['dist/ingest/main.js', '--only', '--quiet'], { DATA_DIR: index })
run(['--enable-source-maps', '--test', '--test-concurrency=2', ...files], { TEST_INDEX: index })
