/**
 * Builds `dist/`: TypeScript for Node, the server in a few files of its own, then the browser's files.
 *
 *   node scripts/build.mjs [--if-changed]
 *
 * With `--if-changed` it does nothing where the sources are those of the last build: a stamp of their
 * names, sizes and times says so, in milliseconds.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const stampFile = join(root, 'dist/.stamp')
const FOLDERS = ['kb', 'server', 'ingest', 'web', 'test', 'scripts', 'examples']
const FILES = ['package.json', 'package-lock.json', 'tsconfig.json']
const CODE = /\.(ts|tsx|mjs|json|css|html|svg)$/

const COMMON_JS = `import { createRequire as $require } from 'node:module'
import { dirname as $dirname } from 'node:path'
import { fileURLToPath as $path } from 'node:url'
const require = $require(import.meta.url), __filename = $path(import.meta.url), __dirname = $dirname(__filename)`

const run = (args) => {
  const { status, error } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' })
  if (error) throw error
  if (status !== 0) process.exit(status ?? 1)
}

const sources = () =>
  FOLDERS.filter((folder) => existsSync(join(root, folder))).flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => CODE.test(file) && !file.startsWith('fixtures'))
      .map((file) => join(folder, file)),
  )

/** Times, not contents: a clone has new times and no `dist/`, so it is built anyway. */
const stamp = () => {
  const hash = createHash('sha256').update(process.version.split('.')[0])
  for (const file of [...sources().sort(), ...FILES]) {
    const { size, mtimeMs } = statSync(join(root, file))
    hash.update(`${file}\0${size}\0${mtimeMs}\n`)
  }
  return hash.digest('hex')
}

/**
 * Opening a thousand files is most of what a start takes: the server and its threads become a few. A
 * thread's file is looked for beside the one that starts it, so all lie in one folder.
 */
async function bundleServer() {
  const { build } = await import('esbuild')
  const server = join(root, 'dist/server')
  await build({
    entryPoints: {
      main: join(server, 'main.js'),
      worker: join(server, 'retrieve/thread/worker.js'),
      'local-worker': join(server, 'retrieve/embed/local-worker.js'),
    },
    outdir: server,
    allowOverwrite: true,
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    // these bring a compiled file or the model's weights with them
    external: ['better-sqlite3', '@energetic-ai/*'],
    // packages of the older kind look for these
    banner: { js: COMMON_JS },
    sourcemap: 'linked',
    sourcesContent: false,
    logLevel: 'warning',
  })
}

const now = stamp()
const before = existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : ''
if (process.argv.includes('--if-changed') && now === before) process.exit(0)

console.log('Building …')
rmSync(join(root, 'dist'), { recursive: true, force: true })
mkdirSync(join(root, 'dist'))
run([join(root, 'node_modules/typescript/bin/tsc'), '-p', root])
await bundleServer()
if (existsSync(join(root, 'web/build.ts'))) run([join(root, 'dist/web/build.js')])
writeFileSync(stampFile, now)
