/**
 * Every regular expression of ours that meets a stranger's text is searched for catastrophic
 * backtracking (recheck): the literals in the sources, and what modules of `kb` compose at load.
 * An exponential one fails. Polynomial ones are counted and, with `--all`, listed: nearly all are
 * counted repeats (`{1,400}`), whose cost has a bound, or meet single lines; that reading stays linear
 * on a megabyte of the worst is shown by `npm run bench` and held by the tests of `kb`.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parse } from 'acorn'
import { full } from 'acorn-walk'
import { transformSync } from 'esbuild'
import { check } from 'recheck'

const root = fileURLToPath(new URL('..', import.meta.url))
const FOLDERS = ['kb', 'server', 'ingest', 'web']
/** Parallel searches: recheck runs its own process. */
const LANES = 2

type Pattern = { readonly source: string; readonly flags: string; readonly where: string }

function literalsOf(file: string): Pattern[] {
  const { code } = transformSync(readFileSync(file, 'utf8'), { loader: 'ts', format: 'esm' })
  const found: Pattern[] = []
  full(parse(code, { ecmaVersion: 'latest', sourceType: 'module' }), (node) => {
    if (node.type !== 'Literal' || !('regex' in node)) return
    const { pattern, flags } = node.regex as { pattern: string; flags: string }
    found.push({ source: pattern, flags, where: relative(root, file) })
  })
  return found
}

/** What the modules of kb build with `new RegExp(…)` while they load. */
async function composed(files: readonly string[]): Promise<Pattern[]> {
  const found: Pattern[] = []
  const Original = globalThis.RegExp
  let where = ''
  globalThis.RegExp = new Proxy(Original, {
    construct(target, [pattern, flags]) {
      const made = new target(pattern, flags)
      found.push({ source: made.source, flags: made.flags, where })
      return made
    },
  })
  try {
    for (const file of files) {
      where = `${relative(root, file)} (composed)`
      await import(pathToFileURL(file).href)
    }
  } finally {
    globalThis.RegExp = Original
  }
  return found
}

const sources = FOLDERS.flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
    .map((file) => join(root, folder, file)),
)
const kb = sources.filter((file) => relative(root, file).startsWith('kb'))
const all = [...sources.flatMap(literalsOf), ...(await composed(kb))]
const unique = [...new Map(all.map((one) => [`/${one.source}/${one.flags}`, one])).values()]

const queue = [...unique]
const bad: string[] = []
const polynomial: string[] = []
let unknown = 0
async function lane() {
  for (let one = queue.pop(); one; one = queue.pop()) {
    const result = await check(one.source, one.flags, { timeout: 1_000 })
    if (result.status === 'unknown') unknown += 1
    if (result.status !== 'vulnerable') continue
    const line = `${one.where}: /${one.source}/${one.flags} ${result.complexity.summary}, ${result.attack.pattern}`
    if (result.complexity.type === 'exponential') bad.push(line)
    else polynomial.push(line)
  }
}
await Promise.all(Array.from({ length: LANES }, lane))

for (const line of bad.sort()) console.error(line)
if (process.argv.includes('--all')) for (const line of polynomial.sort()) console.log(line)
console.log(
  `patterns: ${unique.length} checked, ${bad.length} exponential, ${polynomial.length} polynomial, ${unknown} undecided in time`,
)
process.exitCode = bad.length > 0 ? 1 : 0
