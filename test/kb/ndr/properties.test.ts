import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseText } from '../../../kb/ndr/index.ts'
import { parseMail } from '../../../kb/ndr/mail.ts'
import { readReport } from '../../../kb/ndr/read.ts'
import type { Report } from '../../../kb/types.ts'
import { fixtures } from './helpers.ts'

const all = fixtures()
const texts = all.filter(({ path }) => path.endsWith('.txt')).map(({ source }) => source)
const mails = all.filter(({ path }) => path.endsWith('.eml')).map(({ source }) => source)
const text = fc.constantFrom(...texts)
const mail = fc.constantFrom(...mails)

/** What must not change when only the form of the text does. */
const essence = (report: Report) => ({
  kind: report.kind,
  layout: report.layout,
  recipients: report.recipients.map((each) => [
    each.finalRecipient,
    each.enhancedStatusCode,
    each.replyCode,
    each.reason,
    each.remoteMta,
  ]),
})

/** Pieces that reports are made of, in any order: closer to trouble than random characters. */
const piece = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(
    '<',
    '>',
    '@',
    '550 ',
    '5.1.1',
    '\n',
    '\n>',
    ': ',
    '>>> DATA\n',
    '<<< 550-5.7.1 x\n',
    'a@b.example',
    '"',
    '=?utf-8?B?',
    '--x',
    '\n\n',
    'Final-Recipient: rfc822;',
    'Action: failed',
    'Status:',
    'the following address failed:',
    '<mailto:',
    '#',
    '\u0000',
    '\u200b',
    '<br>',
    '&lt;',
  ),
)
const soup = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''))

test('nothing makes the parser throw', () => {
  fc.assert(
    fc.property(soup, (input) => {
      parseText(input)
      parseMail(input)
      readReport(new TextEncoder().encode(input))
    }),
    { numRuns: 500 },
  )
  fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => void readReport(bytes)))
})

test('line ends change nothing', () => {
  fc.assert(
    fc.property(text, (source) => {
      assert.deepEqual(parseText(source.replaceAll('\n', '\r\n')), parseText(source))
    }),
  )
  fc.assert(
    fc.property(mail, (source) => {
      assert.deepEqual(parseMail(source.replaceAll('\n', '\r\n')), parseMail(source))
    }),
  )
})

test('quoting changes nothing', () => {
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 4 }), (source, levels) => {
      const mark = '> '.repeat(levels)
      const quoted = source
        .split('\n')
        .map((line) => mark + line)
        .join('\n')
      assert.deepEqual(essence(parseText(quoted)), essence(parseText(source)))
    }),
  )
})

test('a comment above changes nothing', () => {
  const comment = fc.constantFrom(
    'See below, what is this?\n\n',
    'Hi all,\nthis came back again.\n\nThanks\n\n',
    'FYI\n\n',
  )
  fc.assert(
    fc.property(comment, text, (above, source) => {
      assert.deepEqual(essence(parseText(above + source)), essence(parseText(source)))
    }),
  )
})

test('the order of header fields changes nothing', () => {
  fc.assert(
    fc.property(mail, fc.infiniteStream(fc.nat()), (source, numbers) => {
      const end = source.indexOf('\n\n')
      const fields = source.slice(0, end).split(/\n(?![ \t])/)
      const shuffled = fields
        .map((field) => ({ field, at: numbers.next().value ?? 0 }))
        .sort((one, other) => one.at - other.at)
        .map(({ field }) => field)
      const other = parseMail(shuffled.join('\n') + source.slice(end))
      assert.deepEqual(essence(other), essence(parseMail(source)))
    }),
  )
})

test('the text says at every offset what the field says', () => {
  const check = (report: Report): void => {
    for (const recipient of report.recipients) {
      for (const { field, start, end } of recipient.evidence) {
        const value = recipient[field as keyof typeof recipient]
        const said = report.text.slice(start, end)
        assert.ok(start >= 0 && start < end && end <= report.text.length, field)
        if (/Date|Until/.test(field)) assert.match(said, /\d/)
        else assert.equal(bare(said), bare(String(value)), `${field} at ${start}`)
      }
      const fields = recipient.evidence.map(({ field }) => field)
      for (const field of [
        'finalRecipient',
        'enhancedStatusCode',
        'replyCode',
        'diagnosticCode',
        'remoteMta',
      ] as const) {
        assert.equal(fields.includes(field), recipient[field] !== null, field)
      }
    }
  }
  for (const source of texts) check(parseText(source))
  for (const source of mails) check(parseMail(source))
  fc.assert(fc.property(soup, (input) => check(parseText(input))))
})

/** Without blanks, case and the marks of a transcript: line ends and wraps are no difference. */
const bare = (value: string): string => value.replace(/\s+|<<<\s?/g, '').toLowerCase()

test('time grows no faster than the text', () => {
  const walls = [
    '550 5.1.1 ',
    'a@',
    '>',
    '> > >\n',
    '<',
    '<a ',
    'your message to ',
    'reason: ',
    '>>> DATA\n<<< 550-5.7.1 x\n',
    'a@b.example<mailto:a@b.example> ',
    'Final-Recipient: rfc822; a@b.example Action: failed ',
    '----- original message -----\n',
    '\n',
    '=?utf-8?B?',
  ]
  for (const wall of walls) {
    const started = process.cpuUsage()
    parseText(wall.repeat(1_000_000 / wall.length))
    parseMail(wall.repeat(1_000_000 / wall.length))
    const { user } = process.cpuUsage(started)
    assert.ok(user < 3_000_000, `${JSON.stringify(wall)} took ${Math.round(user / 1000)} ms`)
  }
})
