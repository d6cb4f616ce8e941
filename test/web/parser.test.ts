import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { build } from 'esbuild'
import { readReport } from '../../kb/ndr/read.ts'
import { RULES } from '../../kb/ndr/rules.ts'
import type { Report } from '../../kb/types.ts'
import { cardOf } from '../../web/core/card.ts'
import { marksOf } from '../../web/core/spans.ts'
import { parserPlugin } from '../../web/parser-plugin.ts'
import { root } from '../helpers/root.ts'

type Parser = {
  readonly readInput: (input: string | Uint8Array) => Promise<Report>
  readonly partsHere: () => readonly string[]
}

/** The browser's parser as one script: each run of it has loaded nothing yet. */
let script = ''
const fresh = (): Parser => new Function(`${script}; return parser`)() as Parser

before(async () => {
  const { outputFiles } = await build({
    stdin: {
      contents: `export { readInput } from './web/parser/read.ts'
        export { partsHere } from './web/parser/known.ts'`,
      resolveDir: root,
    },
    absWorkingDir: root,
    bundle: true,
    format: 'iife',
    globalName: 'parser',
    write: false,
    plugins: [parserPlugin(root)],
  })
  script = outputFiles[0]?.text ?? ''
})

const folderOf = (name: string) => join(root, 'test/fixtures', name)
const fixtures = (): (readonly [string, Uint8Array])[] =>
  readdirSync(folderOf('ndr'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(eml|txt|msg|mbox)$/.test(file))
    .map((file) => [file, readFileSync(join(folderOf('ndr'), file))] as const)

/** All that the card and the marked lines are made of. */
const shown = (report: Report) => ({
  kind: report.kind,
  layout: report.layout,
  product: report.generator.id,
  text: report.text,
  card: cardOf(report, null),
  marks: marksOf(report),
  recipients: report.recipients.map(({ rule: _rule, ...one }) => one),
})

test('the card of every fixture is what the server reads', async () => {
  for (const [file, bytes] of fixtures()) {
    assert.deepEqual(shown(await fresh().readInput(bytes)), shown(readReport(bytes)), file)
  }
})

test("the card of every rule's example is what the server reads", async () => {
  const parser = fresh()
  for (const { rule } of RULES) {
    for (const example of rule.examples) {
      assert.deepEqual(shown(await parser.readInput(example)), shown(readReport(example)), rule.id)
    }
  }
})

test('a report loads what it needs, not everything', async () => {
  const costs = await Promise.all(
    fixtures().map(async ([, bytes]) => {
      const parser = fresh()
      await parser.readInput(bytes)
      return parser.partsHere().filter((part) => part !== '').length
    }),
  )
  const sorted = costs.sort((a, b) => a - b)
  assert.ok((sorted[Math.floor(sorted.length / 2)] ?? 99) <= 2)
  assert.ok((sorted.at(-1) ?? 99) <= 8)
})
