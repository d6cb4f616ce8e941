/**
 * Builds what a browser loads into `dist/public`, all of it served and
 * nothing else, prints what it weighs, and fails over budget.
 *
 *   npx tsx web/build.ts
 */
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build, type Metafile, type Plugin, transform } from 'esbuild'
import { minify } from 'terser'
import { parserPlugin } from './parser-plugin.ts'
import { reduced } from './reduce.ts'

const root = ((): string => {
  let folder = fileURLToPath(new URL('.', import.meta.url))
  while (!existsSync(join(folder, 'package.json'))) folder = join(folder, '..')
  return folder
})()
const out = join(root, 'dist/public')

/** Addresses that other pages rely on; everything else is named by its content under `assets/`. */
const ENTRIES = {
  page: 'web/chat/page.ts',
  widget: 'web/widget/launcher.ts',
  chat: 'web/ui/define.ts',
  frame: 'web/widget/frame.ts',
  react: 'web/widget/react.ts',
}

/**
 * Kilobytes after gzip. The parser is loaded beside the page, when somebody turns to the box: a base
 * that reads any report, and for the wordings and rules of whoever wrote or refused it a part each.
 */
const BUDGET = { launcher: 2.5, untilAnswer: 25, parser: 30, locale: 2, react: 1, frame: 1 }

const data: Plugin = {
  name: 'data',
  setup(build) {
    build.onLoad({ filter: /[\\/]kb[\\/]data[\\/]reasons\.json$/ }, ({ path }) => ({
      contents: reduced(readFileSync(path, 'utf8')),
      loader: 'json',
    }))
    build.onLoad({ filter: /[\\/]web[\\/]locales[\\/].*\.json$/ }, ({ path }) => ({
      contents: JSON.stringify(valuesOf(path)),
      loader: 'json',
    }))
    build.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(readFileSync(path, 'utf8'), { loader: 'css', minify: true })
      return { contents: code.trim(), loader: 'text' }
    })
    build.onLoad({ filter: /[\\/]web[\\/]core[\\/]keys\.ts$/ }, () => ({
      contents: `export const KEYS = ${JSON.stringify(wordsOf('en').join(' '))}.split(' ')`,
      loader: 'ts',
    }))
  },
}

const localePath = (locale: string) => join(root, 'web/locales', `${locale}.json`)
const readLocale = (path: string) =>
  JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>
const wordsOf = (locale: string) => Object.keys(readLocale(localePath(locale)))

/** One string, in the order of the English keys: half the bytes of an object. */
function valuesOf(path: string): string {
  const words = readLocale(path)
  return wordsOf('en')
    .map((word) => {
      const text = words[word]
      if (!text || text.includes('\n')) throw new Error(`${relative(root, path)}: "${word}"`)
      return text
    })
    .join('\n')
}

type Row = { readonly name: string; readonly files: readonly string[]; readonly budget?: number }

const outputs = (meta: Metafile) => Object.keys(meta.outputs).filter((file) => file.endsWith('.js'))

const outputOf = (meta: Metafile, source: string): string | undefined =>
  outputs(meta).find((file) => meta.outputs[file]?.entryPoint === source)

/** A file and everything that it imports at once. */
function closure(meta: Metafile, file: string | undefined): string[] {
  const found = new Set<string>()
  const visit = (one: string) => {
    if (found.has(one)) return
    found.add(one)
    for (const { path, kind } of meta.outputs[one]?.imports ?? []) {
      if (kind === 'import-statement') visit(path)
    }
  }
  if (file !== undefined) visit(file)
  return [...found]
}

function table(meta: Metafile): Row[] {
  const of = (source: string) => closure(meta, outputOf(meta, source))
  const without = (files: string[], ...others: string[][]) =>
    files.filter((file) => !others.flat().includes(file))
  const launcher = of('web/widget/launcher.ts')
  const panel = of('web/ui/define.ts')
  const english = of('web/locales/en.json')
  const until = [...new Set([...launcher, ...panel, ...english])]
  const parser = without(of('web/parser/read.ts'), until)
  const part = (name: string) => of(`parser:parser:${name}`)
  const heaviest = (kind: string) => {
    const parts = Object.keys(meta.inputs)
      .filter((input) => input.startsWith(`parser:parser:${kind}`) && !/base|load/.test(input))
      .map((input) => part(input.slice('parser:parser:'.length)))
    return parts.sort((a, b) => weightOf(b) - weightOf(a))[0] ?? []
  }
  const locales = Object.keys(meta.inputs)
    .filter((file) => file.startsWith('web/locales/'))
    .map((file) => ({
      name: `  locale ${basename(file, '.json')}`,
      files: of(file),
      budget: BUDGET.locale,
    }))
  return [
    { name: 'launcher (widget.js)', files: launcher, budget: BUDGET.launcher },
    { name: 'panel (chat.js and what it shares)', files: panel },
    ...locales,
    {
      name: 'until the first answer (launcher, panel, en)',
      files: until,
      budget: BUDGET.untilAnswer,
    },
    { name: 'parser with its data, lazy', files: parser, budget: BUDGET.parser },
    { name: '  wordings of a product or language, at most', files: heaviest('l') },
    { name: '  rules of a provider, at most', files: heaviest('r') },
    {
      name: 'readers of logs, lazy',
      files: without(of('web/parser/log-readers.ts'), until, parser),
    },
    { name: 'mail and .msg reader, lazy', files: without(of('web/parser/mail.ts'), until, parser) },
    { name: 'redaction, lazy', files: without(of('kb/ndr/redact.ts'), until, parser) },
    { name: 'hand-off form, lazy', files: without(of('web/ui/handoff.ts'), until) },
    { name: 'React wrapper', files: of('web/widget/react.ts'), budget: BUDGET.react },
    { name: 'iframe helper', files: of('web/widget/frame.ts'), budget: BUDGET.frame },
  ].filter(({ files }) => files.length > 0)
}

const gzipped = (file: string): number =>
  gzipSync(readFileSync(join(root, file)), { level: 9 }).length
const weightOf = (files: readonly string[]): number =>
  files.reduce((sum, file) => sum + gzipped(file), 0)
const kilobytes = (bytes: number): string => (bytes / 1024).toFixed(2).padStart(7)

/** Prints the sizes; returns what is over budget. */
function report(rows: readonly Row[]): string[] {
  const over: string[] = []
  console.log('web, gzipped                                     KB   budget')
  for (const { name, files, budget } of rows) {
    const size = weightOf(files)
    const heavy = budget !== undefined && size > budget * 1024
    if (heavy) over.push(`${name.trim()}:${kilobytes(size)} KB, budget ${budget} KB`)
    const limit = budget === undefined ? '' : `${budget}`.padStart(8)
    console.log(`${name.padEnd(46)}${kilobytes(size)}${limit}${heavy ? '  OVER' : ''}`)
  }
  return over
}

const FOREIGN = /^node_modules\//

async function main(): Promise<void> {
  rmSync(out, { recursive: true, force: true })
  mkdirSync(out, { recursive: true })
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ENTRIES,
    outdir: out,
    entryNames: '[name]',
    chunkNames: 'assets/[name]-[hash]',
    bundle: true,
    format: 'esm',
    splitting: true,
    minify: true,
    target: ['es2022', 'chrome111', 'firefox115', 'safari16.4'],
    legalComments: 'none',
    charset: 'utf8',
    metafile: true,
    logLevel: 'warning',
    plugins: [parserPlugin(root), data],
  })
  const foreign = Object.keys(metafile.inputs).filter((file) => FOREIGN.test(file))
  if (foreign.length > 0) throw new Error(`packages in the browser: ${foreign.join(', ')}`)
  for (const file of ['index.html', 'page.css', 'icon.svg']) {
    cpSync(join(root, 'web/chat', file), join(out, file))
  }
  await squeeze(closure(metafile, outputOf(metafile, 'web/parser/read.ts')))
  const rows = table(metafile)
  writeFileSync(join(root, 'dist/sizes.json'), JSON.stringify(sizesOf(rows), null, 2))
  const over = report(rows)
  if (over.length === 0) return
  console.error(`over budget:\n  ${over.join('\n  ')}`)
  process.exitCode = 1
}

/** The parser is the heaviest of all: a second look at it is worth half a kilobyte. */
async function squeeze(files: readonly string[]): Promise<void> {
  for (const file of files.map((name) => join(root, name))) {
    const options = { module: true, ecma: 2020, compress: { passes: 2 }, mangle: true } as const
    const { code } = await minify(readFileSync(file, 'utf8'), options)
    if (code !== undefined) writeFileSync(file, code)
  }
}

const sizesOf = (rows: readonly Row[]) =>
  rows.map(({ name, files, budget }) => ({
    name: name.trim(),
    gzip: weightOf(files),
    ...(budget === undefined ? {} : { budget: budget * 1024 }),
  }))

await main()
