/**
 * The face of the parser for whole mails. Puts the parts that say something into one text (what people
 * read, what the machine says, the fields of the header, the header of the returned message) and reads
 * that with the same code as a pasted one, so that offsets always point into `Report.text`.
 */
import type { Report } from '../types.ts'
import { softwareLogReport } from './logs/report.ts'
import { fieldOf, type Header, type Mail, readMail } from './mime.ts'
import { assemble } from './report.ts'
import { type Sections, scan } from './scan.ts'
import { normalise } from './text.ts'

/** Fields that tell something about a report; the others are the business of header analysers. */
const TELLING =
  /^(?:from|to|cc|subject|date|message-id|auto-submitted|content-type|return-path|precedence|x-failed-recipients|x-mailer|x-mimecast-originator|x-nai-header|x-zohomail|x-ahmailid|x-hmxmroriginalrecipient|x-autoreply|x-ms-exchange-message-is-ndr|x-ms-exchange-inbox-rules-loop|content-class)$/
const REPORT = /multipart\/report/i
/** What a service tells as an event, sent by mail. */
const JSON_TEXT = /^\s*[[{]\s*["{]/
/** Reports inside reports: no more than this. */
const DEEPEST = 2
/** Longer values (hundreds of addresses) are cut: they tell nothing more. */
const LONGEST_VALUE = 600
/** More telling fields than any mail has: the rest is there to keep us busy. */
const MOST_FIELDS = 100

/** Reads a raw mail (RFC 5322 with MIME, complete or broken). Never throws. */
export function parseMail(raw: Uint8Array | string): Report {
  return parseAt(raw, 0)
}

function parseAt(raw: Uint8Array | string, depth: number): Report {
  const mail = readMail(raw)
  const event = JSON_TEXT.test(mail.human) ? softwareLogReport(normalise(mail.human)) : undefined
  if (event)
    return { ...event, subject: event.subject ?? (fieldOf(mail.header, 'subject') || null) }
  const { text, sections } = composed(mail)
  const report = assemble(scan(text, sections))
  if (depth >= DEEPEST || mail.returned === null) return report
  const wraps = mail.machine.length === 0 && REPORT.test(fieldOf(mail.original, 'content-type'))
  if (isComplete(report) && !wraps) return report
  // a report that was forwarded as an attachment, or that a gateway wrapped into one of its own
  const inner = parseAt(mail.returned, depth + 1)
  return isComplete(inner) && inner.layout !== null ? inner : report
}

const isComplete = (report: Report): boolean =>
  report.kind !== 'none' &&
  (report.recipients.some((each) => each.finalRecipient !== null) ||
    report.kind === 'complaint' ||
    report.kind === 'auto-reply')

function composed(mail: Mail): { text: string; sections: Sections } {
  const human = normalise(mail.human).trimEnd()
  const machine = mail.machine.map((part) => normalise(part).trim()).filter((part) => part !== '')
  const header = lines(mail.header)
  const original = lines(mail.original)
  const text = [human, ...machine, header, original].join('\n\n')
  const originalStart = text.length - original.length
  const headerStart = originalStart - 2 - header.length
  return {
    text,
    sections: {
      human: { start: 0, end: human.length },
      header: { start: headerStart, end: headerStart + header.length },
      original: { start: originalStart, end: text.length },
    },
  }
}

const lines = (header: Header): string =>
  header
    .filter(({ name }) => TELLING.test(name))
    .slice(0, MOST_FIELDS)
    .map(
      ({ name, value }) =>
        `${titled(name)}: ${normalise(value.slice(0, LONGEST_VALUE)).replaceAll('\n', ' ')}`,
    )
    .join('\n')

const titled = (name: string): string =>
  name.replace(/(^|-)([a-z])/g, (_, dash, letter) => dash + letter.toUpperCase())
