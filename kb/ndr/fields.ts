/** Fields ("Name: value") wherever they stand: at the beginning of a line, or in a row on one line. */
import { type Field, RECIPIENT_FIELDS, REPORT_FIELDS } from './field-names.ts'
import type { Mark } from './markers.ts'
import { TYPED } from './patterns.ts'
import type { Span } from './reply.ts'
import { collapse } from './text.ts'

export type FieldValue = Span & {
  readonly field: Field
  /** where the name begins; `start` and `end` are the value's */
  readonly nameStart: number
  readonly value: string
}

/** What may stand before a field's name in its line: blanks, a list's bullet. */
const LONGEST_PREFIX = 12
const PREFIX = /^[\s*|-]*$/
/** Longest value, in lines: a header that never ends must not take the whole text. */
const LONGEST = 60

/** The fields among the marks, with their values. */
export function readFields(text: string, marks: readonly Mark[]): FieldValue[] {
  const named = marks.filter((mark) => mark.role === 'field' && mark.field !== null)
  if (named.length === 0) return []
  const inRow = named.some((mark) => mark.field === 'finalRecipient')
  const accepted = named.filter((mark) => stands(text, mark, inRow))
  return accepted.map((mark, i) => fieldOf(text, mark, accepted[i + 1]?.start ?? text.length))
}

/** A name counts at the beginning of its line; the report's own also where all is on one line. */
function stands(text: string, mark: Mark, inRow: boolean): boolean {
  const head = text.slice(Math.max(0, mark.start - LONGEST_PREFIX - 1), mark.start)
  const line = head.lastIndexOf('\n')
  const begins = line >= 0 || mark.start <= LONGEST_PREFIX
  if (begins && PREFIX.test(head.slice(line + 1))) return true
  return inRow && REPORT_FIELDS.has(mark.field as Field) && text.charAt(mark.start - 1) === ' '
}

function fieldOf(text: string, mark: Mark, limit: number): FieldValue {
  const field = mark.field as Field
  let end = lineEnd(text, mark.end, limit)
  for (let lines = 0; end < limit && lines < LONGEST && goesOn(text, end, field); lines++) {
    end = lineEnd(text, end + 1, limit)
  }
  const raw = text.slice(mark.end, end)
  const start = mark.end + raw.length - raw.trimStart().length
  const value = raw.trim()
  return {
    field,
    nameStart: mark.start,
    start,
    end: start + value.length,
    value: value.includes('\n') || value.includes('  ') ? collapse(value) : value,
  }
}

function lineEnd(text: string, from: number, limit: number): number {
  const at = text.indexOf('\n', from)
  return at < 0 || at > limit ? limit : at
}

/** RFC 5322 folding; a pasted diagnostic often lost the blanks that its next lines began with. */
function goesOn(text: string, end: number, field: Field): boolean {
  const next = text.charAt(end + 1)
  if (next === ' ' || next === '\t') {
    const stop = text.indexOf('\n', end + 1)
    return text.slice(end + 1, stop < 0 ? end + 200 : stop).trim() !== ''
  }
  return field === 'diagnosticCode' && next !== '\n' && next !== '' && next !== '-'
}

/** The fields of one recipient (RFC 3464, section 2.3); the first of a name counts. */
export type Group = ReadonlyMap<Field, FieldValue>

/** Sorts recipient fields into recipients, whatever their order and whether blank lines were kept. */
export function groupsOf(text: string, fields: readonly FieldValue[]): Group[] {
  const groups: Map<Field, FieldValue>[] = []
  let group: Map<Field, FieldValue> | undefined
  let previous: FieldValue | undefined
  let gapped = false
  for (const field of fields) {
    if (field.field === 'otherReport') continue
    if (!RECIPIENT_FIELDS.has(field.field)) {
      if (group && group.size > 0) group = undefined
      continue
    }
    const gap: boolean =
      previous !== undefined && /\n\s*\n/.test(text.slice(previous.end, field.nameStart))
    if (!group || group.has(field.field) || (gap && !gapped && isNamed(group))) {
      group = new Map()
      groups.push(group)
      gapped = false
    } else if (gap) gapped = true
    group.set(field.field, field)
    previous = field
  }
  return groups
}

const isNamed = (group: Group): boolean =>
  group.has('finalRecipient') || group.has('originalRecipient')

/** The value without its type ("dns;", "rfc822;", "smtp;"), and where it stands. */
export function untyped(field: FieldValue, text: string): FieldValue {
  const type = TYPED.exec(field.value)
  if (!type) return field
  const raw = text.slice(field.start, field.end)
  const start = field.start + (TYPED.exec(raw)?.[0].length ?? 0)
  return { ...field, start, value: field.value.slice(type[0].length) }
}
