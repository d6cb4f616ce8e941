/**
 * Every fixture has what is expected beside it; `UPDATE=1` rewrites that, and the diff is the review.
 * The board of recognised layouts may grow and not shrink.
 */
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { parseText } from '../../../kb/ndr/index.ts'
import { LAYOUTS } from '../../../kb/ndr/layouts.ts'
import { parseMail } from '../../../kb/ndr/mail.ts'
import type { Report } from '../../../kb/types.ts'
import { FIXTURES, fixtures } from './helpers.ts'

const BOARD = join(FIXTURES, 'scoreboard.json')
const update = process.env.UPDATE === '1'

/** What a reader of the fixture can check by eye. */
const told = ({ text: _, messageId: _id, ...report }: Report) => ({
  ...report,
  recipients: report.recipients.map(({ evidence: _evidence, ...each }) => each),
})

for (const { name, path, source } of fixtures()) {
  test(`${name} reads as expected`, () => {
    const report = told(path.endsWith('.eml') ? parseMail(source) : parseText(source))
    const expected = path.replace(/\.(?:eml|txt)$/, '.json')
    if (update) writeFileSync(expected, `${JSON.stringify(report, null, 2)}\n`)
    assert.deepEqual(report, JSON.parse(readFileSync(expected, 'utf8')))
  })
}

test('no layout is recognised in fewer of its fixtures than before', (t) => {
  const board: Record<string, string> = {}
  for (const layout of LAYOUTS.filter(({ forms }) => forms.length > 0)) {
    const own = fixtures().filter(({ layout: folder }) => folder === layout.id)
    const known = own.filter(({ path, source }) => {
      const report = path.endsWith('.eml') ? parseMail(source) : parseText(source)
      return report.layout === layout.id
    })
    assert.ok(own.length >= 2, `${layout.id} has ${own.length} fixtures, not two`)
    board[layout.id] = `${known.length}/${own.length}`
  }
  for (const [layout, score] of Object.entries(board)) t.diagnostic(`${layout} ${score}`)
  if (update || !existsSync(BOARD)) writeFileSync(BOARD, `${JSON.stringify(board, null, 2)}\n`)
  const before = JSON.parse(readFileSync(BOARD, 'utf8')) as Record<string, string>
  for (const [layout, score] of Object.entries(before)) {
    assert.ok(
      Number.parseInt(board[layout] ?? '0', 10) >= Number.parseInt(score, 10),
      `${layout}: ${board[layout]} after ${score}`,
    )
  }
})

test('every folder of fixtures is a layout', () => {
  const known = new Set(LAYOUTS.map(({ id }) => id))
  const folders = readdirSync(FIXTURES, { withFileTypes: true }).filter((e) => e.isDirectory())
  const names = new Set(fixtures().map(({ layout }) => layout))
  for (const { name } of folders)
    if (names.has(name)) assert.ok(known.has(name) || OTHER.has(name), name)
})

/** Fixtures of forms that are no layout. */
const OTHER = new Set(['none', 'dsn', 'code', 'logs'])
