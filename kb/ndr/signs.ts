/** Contradictions and oddities: told, never settled. The README lists the ids. */
import type { Recipient, Report } from '../types.ts'
import type { Reply, Span } from './reply.ts'
import { reasonOfStatus } from './rules.ts'
import { addressIn, type Scan } from './scan.ts'

export type Notes = { readonly warnings: string[]; readonly signs: string[] }

export const createNotes = (): Notes => ({ warnings: [], signs: [] })

export function note(notes: Notes, sign: string, warning?: string): void {
  if (!notes.signs.includes(sign)) notes.signs.push(sign)
  if (warning && !notes.warnings.includes(warning)) notes.warnings.push(warning)
}

/** Reply code, status and action of one recipient against each other. */
export function checkRecipient(
  notes: Notes,
  recipient: Recipient,
  reply: Reply | null,
  fieldStatus: string | null,
): void {
  const { replyCode, enhancedStatusCode: status, action } = recipient
  if (replyCode !== null && status !== null && String(replyCode).charAt(0) !== status.charAt(0)) {
    note(
      notes,
      'status-contradiction',
      `Reply code ${replyCode} and status ${status} disagree: one says ${lasting(String(replyCode))}, the other ${lasting(status)}.`,
    )
  }
  if (fieldStatus !== null && status !== null && fieldStatus.charAt(0) !== status.charAt(0)) {
    note(
      notes,
      'status-contradiction',
      `The report's Status field says ${fieldStatus}, the server's answer ${status}.`,
    )
  }
  const stated = fieldStatus ?? status
  if (action === 'delayed' && stated?.startsWith('5')) {
    note(
      notes,
      'action-contradiction',
      `The action is "delayed", but the status ${stated} is a permanent one.`,
    )
  }
  if (action === 'delivered' && stated && !stated.startsWith('2')) {
    note(notes, 'action-contradiction', `The action is "delivered", but the status is ${stated}.`)
  }
  if (status !== null && recipient.rule === null && reasonOfStatus(status) === undefined) {
    note(notes, 'unknown-code', `No registry lists the status code ${status}.`)
  }
  if (reply?.wrapper) note(notes, 'wrapped-reply')
  if (recipient.finalRecipient?.toUpperCase().startsWith('IMCEA')) note(notes, 'imceaex')
  if (isExpanded(recipient)) note(notes, 'expanded-address')
}

const lasting = (code: string): string =>
  code.startsWith('5') ? 'permanent' : code.startsWith('4') ? 'temporary' : 'success'

const isExpanded = ({ finalRecipient, originalRecipient }: Recipient): boolean =>
  finalRecipient !== null &&
  originalRecipient !== null &&
  finalRecipient.toLowerCase() !== originalRecipient.toLowerCase()

/** What the text as a whole shows. */
export function checkReport(notes: Notes, s: Scan, report: Report): void {
  const phrases = new Set(s.marks.filter((m) => m.role === 'marker').map((m) => m.phrase))
  if (MEETING.some((phrase) => phrases.has(phrase))) note(notes, 'meeting-request')
  if (phrases.has('imceaex-') || phrases.has('imceax')) note(notes, 'imceaex')
  if (phrases.has('application/ms-tnef')) note(notes, 'tnef')
  if (isBackscatter(s)) note(notes, 'backscatter-possible')
  const { arrivalDate, reportDate } = report
  if (isEarlier(reportDate, arrivalDate)) {
    note(
      notes,
      'impossible-times',
      `The report (${reportDate}) is older than the message (${arrivalDate}).`,
    )
  }
  if (report.kind !== 'failure' && report.kind !== 'delay') return
  const given = report.recipients.some(
    (each) => each.remoteMta !== null || NOBODY_REFUSED.has(each.reason),
  )
  if (!given && report.generator.id !== null && report.recipients.length > 0)
    note(notes, 'own-side-refusal')
}

/** The returned message names a sender of another domain than that of the address that got the report. */
function isBackscatter(s: Scan): boolean {
  if (!s.sections) return false
  const { header, original } = s.sections
  const got = domainsIn(s, 'to', header)
  const sent = [...domainsIn(s, 'from', original), ...domainsIn(s, 'returnPath', original)]
  return got.length === 1 && sent.length > 0 && !sent.some((domain) => domain === got[0])
}

function domainsIn(s: Scan, name: 'to' | 'from' | 'returnPath', span: Span): string[] {
  return s.fields.flatMap((field) => {
    if (field.field !== name || field.nameStart < span.start || field.end > span.end) return []
    const domain = addressIn(s, field)?.value.split('@').at(-1)?.toLowerCase()
    return domain ? [domain] : []
  })
}

/** Here no server refused anything: none was reached. */
const NOBODY_REFUSED = new Set(['expired', 'networkerror', 'hostunknown', 'notaccept', 'undefined'])

const MEETING = [
  'text/calendar',
  'method=request',
  'method=reply',
  'method=cancel',
  'meeting request',
  'calendar invite',
]

/** A day is allowed for: local times without an offset cannot be compared closer. */
function isEarlier(one: string | null, other: string | null): boolean {
  if (!one || !other) return false
  const comparable =
    hasOffset(one) === hasOffset(other) && (!hasOffset(one) || one.slice(19) === other.slice(19))
  return comparable
    ? millis(one) + SKEW < millis(other)
    : one.slice(0, 10) < other.slice(0, 10) && one.slice(0, 7) < other.slice(0, 7)
}

/** Clocks of two servers differ; a report seconds "before" its message is nothing odd. */
const SKEW = 10 * 60 * 1000

/** Only differences count: a local time is read as if it were UTC. */
const millis = (iso: string): number => Date.parse(hasOffset(iso) ? iso : `${iso}Z`)

const hasOffset = (iso: string): boolean => iso.length > 19
