import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix, relative } from 'node:path'
import { test } from 'node:test'
import { root } from './helpers/root.ts'

/** Which folders of ours a folder may import from, besides itself. */
const ALLOWED: Record<string, readonly string[]> = {
  kb: [],
  server: ['kb', 'ingest/articles'],
  ingest: ['kb', 'server/store', 'server/retrieve', 'server/config', 'server/markdown'],
  web: ['kb'],
}

/** Packages that code running in a browser may bring along. */
const BROWSER_PACKAGES: readonly string[] = []

type Import = { readonly from: string; readonly to: string; readonly typeOnly: boolean }

const IMPORT =
  /^\s*(import|export)\s+(type\s)?[^'"();]*?from\s+'([^']+)'|^\s*import\s+'([^']+)'|import\('([^']+)'\)/gm

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
    .map((file) => posix.join(folder, file.replaceAll('\\', '/')))
}

function importsOf(file: string): Import[] {
  const code = readFileSync(join(root, file), 'utf8')
  return [...code.matchAll(IMPORT)].map((match) => ({
    from: file,
    to: match[3] ?? match[4] ?? match[5] ?? '',
    typeOnly: match[2] !== undefined,
  }))
}

/** Path of an import of ours from the root of the project; undefined for a package. */
function target({ from, to }: Import): string | undefined {
  return to.startsWith('.') ? relative(root, join(root, dirname(from), to)) : undefined
}

const within = (path: string, folder: string) =>
  path === folder || path.startsWith(`${folder}/`) || path.startsWith(`${folder}.`)

/** These run when the page is built, not in a browser. */
const AT_BUILD_TIME = new Set(['web/build.ts', 'web/parser-plugin.ts'])

for (const [folder, allowed] of Object.entries(ALLOWED)) {
  test(`${folder} imports only ${['itself', ...allowed].join(', ')}`, () => {
    const files = sources(folder).filter((file) => !AT_BUILD_TIME.has(file))
    assert.ok(files.length > 0, `no sources in ${folder}`)
    const wrong = files
      .flatMap(importsOf)
      .map((found) => ({ ...found, path: target(found) }))
      .filter(({ path }) => path !== undefined)
      .filter(({ path }) => ![folder, ...allowed].some((place) => within(path as string, place)))
      .map(({ from, path }) => `${from} imports ${path}`)
    assert.deepEqual(wrong, [])
  })
}

test('kb and web bring no package into a browser but the allowed ones', () => {
  const wrong = ['kb', 'web']
    .flatMap(sources)
    .filter((file) => !AT_BUILD_TIME.has(file) && file !== 'kb/schema.ts')
    .flatMap(importsOf)
    .filter((found) => !found.typeOnly && target(found) === undefined)
    // "parser:…" is made of our own knowledge by web/parser-plugin.ts
    .filter(({ to }) => !BROWSER_PACKAGES.includes(to) && !to.startsWith('parser:'))
    .map(({ from, to }) => `${from} imports ${to}`)
  assert.deepEqual(wrong, [])
})

test('value imports have no cycles', () => {
  const files = ['kb', 'server', 'ingest', 'web'].flatMap(sources)
  const graph = new Map(
    files.map((file) => [
      file,
      importsOf(file)
        .filter((found) => !found.typeOnly)
        .map(target)
        .filter((path) => path !== undefined),
    ]),
  )
  const done = new Set<string>()
  const visit = (file: string, trail: readonly string[]): readonly string[] | undefined => {
    if (trail.includes(file)) return [...trail.slice(trail.indexOf(file)), file]
    if (done.has(file)) return undefined
    for (const next of graph.get(file) ?? []) {
      const cycle = visit(next, [...trail, file])
      if (cycle) return cycle
    }
    done.add(file)
    return undefined
  }
  const cycles = files.map((file) => visit(file, [])).filter((cycle) => cycle !== undefined)
  assert.deepEqual(
    cycles.map((cycle) => cycle.join(' -> ')),
    [],
  )
})
