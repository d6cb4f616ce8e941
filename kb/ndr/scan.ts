/** One look at a text: its marks, addresses and fields, and which part of it is for people to read. */
import { type Address, findAddresses } from './addresses.ts'
import { findSignatures } from './asides.ts'
import { REPORT_FIELDS } from './field-names.ts'
import { type FieldValue, readFields } from './fields.ts'
import { findMarks, type Mark, type Role } from './markers.ts'
import type { Span } from './reply.ts'
import { lowerCase } from './text.ts'

/** Where a mail's parts went in the text that `mail.ts` puts together. */
export type Sections = {
  readonly human: Span
  /** header of the report itself */
  readonly header: Span
  /** header of the returned message */
  readonly original: Span
}

export type Scan = {
  readonly text: string
  readonly lower: string
  readonly marks: readonly Mark[]
  readonly seen: Uint8Array
  readonly addresses: readonly Address[]
  readonly fields: readonly FieldValue[]
  /** what people are told, without the returned message */
  readonly body: Span
  readonly sections: Sections | null
  /** where people end what they write around a report */
  readonly signatures: readonly Span[]
}

export function scan(text: string, sections: Sections | null = null): Scan {
  const lower = lowerCase(text)
  const { marks, seen } = findMarks(lower)
  const fields = readFields(text, marks)
  const body = bodyOf(text, marks, fields, sections)
  const addresses = findAddresses(text)
  const signatures = findSignatures(text, marks)
  return { text, lower, marks, seen, addresses, fields, body, sections, signatures }
}

/** Index of the first item that starts at the offset or later; items are in their order. */
export function firstFrom(items: readonly Span[], offset: number): number {
  let low = 0
  let high = items.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((items[middle]?.start ?? 0) < offset) low = middle + 1
    else high = middle
  }
  return low
}

/** The first address inside a span. */
export function addressIn(s: Scan, span: Span): Address | undefined {
  const address = s.addresses[firstFrom(s.addresses, span.start)]
  return address && address.end <= span.end ? address : undefined
}

/** Marks of some roles inside a span. */
export function marksIn(s: Scan, span: Span, ...roles: readonly Role[]): Mark[] {
  const found: Mark[] = []
  for (let i = firstFrom(s.marks, span.start); i < s.marks.length; i++) {
    const mark = s.marks[i] as Mark
    if (mark.start >= span.end) break
    if (mark.end <= span.end && roles.includes(mark.role)) found.push(mark)
  }
  return found
}

/** A returned message without a separator: its header betrays it by fields that no report has. */
const OF_MAILS = new Set(['otherHeader', 'returnPath', 'messageId', 'contentType'])

function headerFrom(
  text: string,
  fields: readonly FieldValue[],
  from: number,
  end: number,
): number {
  const at = fields.findIndex(
    (field) => field.nameStart >= from && field.nameStart < end && OF_MAILS.has(field.field),
  )
  if (at < 0 || at + 1 >= fields.length) return end
  let first = at
  while (first > 0 && adjoin(text, fields[first - 1], fields[first], from)) first--
  return adjoin(text, fields[at], fields[at + 1], from) || first < at
    ? (fields[first]?.nameStart ?? end)
    : end
}

const adjoin = (
  text: string,
  one: FieldValue | undefined,
  next: FieldValue | undefined,
  from: number,
): boolean =>
  one !== undefined &&
  next !== undefined &&
  one.nameStart >= from &&
  !text.slice(one.end, next.nameStart).trim().includes('\n')

const OPENING: readonly Role[] = ['list', 'lead', 'failure', 'delay', 'host']

/**
 * From the beginning to where the returned message or the machine's part begins. A separator before
 * anything of a report was said ("-----Original Message-----" of a forwarded one) ends nothing.
 */
function bodyOf(
  text: string,
  marks: readonly Mark[],
  fields: readonly FieldValue[],
  sections: Sections | null,
): Span {
  const { start, end } = sections?.human ?? { start: 0, end: text.length }
  const opening = marks.find((mark) => OPENING.includes(mark.role) && mark.start >= start)
  const from = opening?.end ?? start + 1
  const returned = marks.find((mark) => mark.role === 'end' && mark.start >= from)
  const machine = fields.find(
    (field) =>
      REPORT_FIELDS.has(field.field) &&
      field.field !== 'status' &&
      field.field !== 'action' &&
      field.nameStart > start,
  )
  const header = headerFrom(text, fields, from, end)
  const stop = Math.min(
    end,
    returned?.start ?? end,
    header,
    sections ? end : (machine?.nameStart ?? end),
  )
  return { start, end: Math.max(start, stop) }
}
