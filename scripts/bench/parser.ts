/** How fast bounces are read, on a folder of real ones and on the worst that one can think of. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseText } from '../../kb/ndr/index.ts'
import { parseMail } from '../../kb/ndr/mail.ts'
import { best, perSecond, type Row } from './measure.ts'

const MEGABYTE = 1_000_000
const filled = (piece: string): string =>
  piece.repeat(Math.ceil(MEGABYTE / piece.length)).slice(0, MEGABYTE)
const mail = (head: string, body: string): string =>
  `From: a@example.com\nReceived: x\n${head}\n\n${body}`

/** One megabyte each of what makes a careless parser slow. */
const WORST: Readonly<Record<string, string>> = {
  'thousands of codes': filled('550 5.1.1 4.4.7 #5.7.1 '),
  'thousands of recipients': filled('user@example.org: 550 5.1.1 unknown\n'),
  'thousands of report fields': filled('Final-Recipient: rfc822;a@example.org\nStatus: 5.1.1\n\n'),
  'a wall of >': filled('> '),
  'nested quotes': Array.from({ length: 1400 }, (_, i) => '>'.repeat(i))
    .join('\n')
    .slice(0, MEGABYTE),
  'open brackets': filled('<(["'),
  'one line without a blank': filled('a'),
  'one line of @': filled('a@'),
  'unclosed HTML': filled('<div><a href="mailto:x'),
  'blanks and line ends': filled(' \n\t'),
  'log lines': filled(
    'Nov 24 10:00:00 mx postfix/smtp[1]: A: to=<a@example.org>, dsn=5.1.1, status=bounced (x)\n',
  ),
  'an SMTP dialogue': filled('RCPT TO:<a@example.org>\n550 5.1.1 no\n'),
  'open JSON': filled('[{"a":'),
}
const WORST_MAILS: Readonly<Record<string, string>> = {
  'nested multiparts': mail(
    'Content-Type: multipart/mixed; boundary=b0',
    Array.from(
      { length: 12_000 },
      (_, i) => `--b${i}\nContent-Type: multipart/mixed; boundary=b${i + 1}\n\n`,
    ).join(''),
  ),
  'a header of one megabyte': mail(`X-A: ${filled('a ')}`, 'body'),
  'folded headers': mail(filled('X-A: b\n c\n'), 'body'),
  'a header of Subject lines': mail(filled('Subject: a\n'), 'body'),
  'encoded words': mail(`Subject: ${filled('=?utf-8?q?=41=42?= ')}`, 'body'),
  'ten thousand empty parts': mail('Content-Type: multipart/mixed; boundary=x', filled('--x\n\n')),
}

export function benchParser(corpus: string): Row[] {
  const names = readdirSync(corpus)
  const texts = names
    .filter((name) => name.endsWith('.txt'))
    .map((name) => readFileSync(join(corpus, name), 'utf8'))
  const mails = names
    .filter((name) => name.endsWith('.eml'))
    .map((name) => readFileSync(join(corpus, name)))
  const rows: Row[] = []
  if (texts.length > 0) {
    rows.push({
      what: 'pasted texts read',
      value: perSecond(texts, parseText),
      unit: '/s',
      note: `${texts.length} texts`,
    })
  }
  if (mails.length > 0) {
    rows.push({
      what: 'raw mails read',
      value: perSecond(mails, parseMail),
      unit: '/s',
      note: `${mails.length} mails`,
    })
  }
  return [...rows, ...worst()]
}

function worst(): Row[] {
  const cases: [string, () => unknown, () => unknown][] = [
    ...Object.entries(WORST).map(([name, text]): [string, () => unknown, () => unknown] => [
      name,
      () => parseText(text),
      () => parseText(text.slice(0, MEGABYTE / 4)),
    ]),
    ...Object.entries(WORST_MAILS).map(([name, text]): [string, () => unknown, () => unknown] => [
      name,
      () => parseMail(text),
      () => parseMail(text.slice(0, text.length / 4)),
    ]),
  ]
  return cases.map(([name, whole, quarter]) => {
    const milliseconds = best(whole)
    return {
      what: `1 MB: ${name}`,
      value: milliseconds,
      unit: 'ms',
      note: `${(milliseconds / Math.max(best(quarter), 0.05)).toFixed(1)}× a quarter of it`,
    }
  })
}
