/**
 * Builds `dist/`: TypeScript for Node, then the browser's files.
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

const now = stamp()
const before = existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : ''
if (process.argv.includes('--if-changed') && now === before) process.exit(0)

console.log('Building …')
rmSync(join(root, 'dist'), { recursive: true, force: true })
mkdirSync(join(root, 'dist'))
run([join(root, 'node_modules/typescript/bin/tsc'), '-p', root])
if (existsSync(join(root, 'web/build.ts'))) run([join(root, 'dist/web/build.js')])
writeFileSync(stampFile, now)
