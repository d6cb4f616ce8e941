/** For esbuild: gives the browser's parser its knowledge, in a base and parts. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Plugin } from 'esbuild'
import { readReport } from '../kb/ndr/read.ts'
import { plain, type Sample } from './cover.ts'
import { knowledge } from './reduce.ts'

/** Files of `kb/ndr` in whose place those of `web/parser` are read. */
const REPLACED = new Map([
  ['kb/ndr/layouts.ts', 'layouts.ts'],
  ['kb/ndr/rules.ts', 'rules.ts'],
  ['kb/ndr/html.ts', 'html.ts'],
  ['kb/ndr/tables.ts', 'tables.ts'],
  ['kb/ndr/phrases.ts', 'phrases.ts'],
  ['kb/ndr/signs.ts', 'signs.ts'],
  ['kb/ndr/language.ts', 'language.ts'],
  ['kb/ndr/logs/report.ts', 'logs.ts'],
])

export const parserPlugin = (root: string): Plugin => ({
  name: 'parser',
  setup(build) {
    const { base, parts } = knowledge(englishOf(root), samplesOf(root))
    build.onResolve({ filter: /^\..*\.ts$/ }, ({ path, resolveDir, importer }) => {
      const file = join(resolveDir, path)
      const own = REPLACED.get(file.slice(root.length).replaceAll('\\', '/').replace(/^\//, ''))
      const isOurs = basename(dirname(importer)) === 'parser'
      return own && !isOurs ? { path: join(root, 'web/parser', own) } : undefined
    })
    // so that what the base and these share stays one file, not several that each hold a little
    build.onLoad({ filter: /parser[\\/](?:mail|log-readers)\.ts$/ }, ({ path }) => ({
      contents: `${readFileSync(path, 'utf8')}import './read.ts'`,
      loader: 'ts',
    }))
    build.onResolve({ filter: /^parser:/ }, ({ path }) => ({ path, namespace: 'parser' }))
    build.onLoad({ filter: /./, namespace: 'parser' }, ({ path }) => {
      const name = path.slice('parser:'.length)
      if (name === 'base') return { contents: base, loader: 'js' }
      if (name === 'load') return { contents: loaders([...parts.keys()]), loader: 'js' }
      return { contents: `export default ${JSON.stringify(parts.get(name) ?? '')}`, loader: 'js' }
    })
  },
})

/** Articles enough to tell what words are everyday ones. */
const ARTICLES = 30

export function englishOf(root: string): string {
  const folder = join(root, 'kb/articles')
  const files = readdirSync(folder).filter((file) => file.endsWith('.md'))
  const every = Math.ceil(files.length / ARTICLES)
  return files
    .sort()
    .filter((_, i) => i % every === 0)
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n')
}

/** Reports in English, by the layout that they are of. */
export function samplesOf(root: string): Sample[] {
  const folder = join(root, 'test/fixtures/ndr')
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(?:eml|txt)$/.test(file))
    .map((file) => readReport(readFileSync(join(folder, file))))
    .filter(({ language }) => language === 'en' || language === null)
    .map(({ layout, text }) => ({ layout: layout ?? '', text: plain(text.toLowerCase()) }))
}

const loaders = (parts: readonly string[]): string =>
  `export const LOADERS = {${parts.map((part) => `${part}: () => import('parser:${part}')`).join(',')}}`
