/** A reading of a log as a `Report`, in the same terms as every other bounce. */
import products from '../../data/products.json' with { type: 'json' }
import type { Evidence, Recipient, Report } from '../../types.ts'
import { classify } from '../classify.ts'
import { checkRecipient, createNotes, note } from '../signs.ts'
import { collapse } from '../text.ts'
import { readLines, readSoftwareLog } from './index.ts'
import type { Found, LogReading, LogRecipient } from './types.ts'

/** A log of more deliveries than this is a day's log, not a question. */
const MOST = 200

/** Reads a text as the log of a known software; undefined where it is none. Never throws. */
export function softwareLogReport(text: string): Report | undefined {
  const reading = readSoftwareLog(text)
  return reading && toReport(reading)
}

/** Reads a text as a dialogue or a banner; undefined where it is none. Never throws. */
export function linesReport(text: string): Report | undefined {
  const reading = readLines(text)
  return reading && toReport(reading)
}

function toReport(reading: LogReading): Report {
  const notes = createNotes()
  const recipients = reading.recipients.slice(0, MOST).map((one) => judged(reading, one))
  if (reading.recipients.length > MOST) {
    note(
      notes,
      'cut-off',
      `Only the first ${MOST} of ${reading.recipients.length} deliveries in this log were read.`,
    )
  }
  for (const recipient of recipients) checkRecipient(notes, recipient, null, null)
  return {
    kind: reading.kind,
    layout: reading.layout,
    generator: {
      id: reading.product,
      product: products.find(({ id }) => id === reading.product)?.name ?? null,
      version: reading.version?.value ?? null,
      host: reading.host?.value ?? null,
    },
    language: 'en',
    subject: reading.subject?.value ?? null,
    arrivalDate: null,
    reportDate: reading.reportDate ?? null,
    messageId: reading.messageId?.value ?? null,
    reportingMta: reading.host?.value ?? null,
    recipients,
    text: reading.text,
    warnings: notes.warnings,
    signs: [...new Set([...reading.signs, ...notes.signs])],
  }
}

function judged(reading: LogReading, one: LogRecipient): Recipient {
  const { reason, rule, provider, permanent } = classify({
    diagnosticCode: one.diagnosticCode ? collapse(one.diagnosticCode.value) : null,
    text: one.diagnosticCode ? collapse(one.diagnosticCode.value) : '',
    enhancedStatusCode: one.enhancedStatusCode?.value ?? null,
    replyCode: one.replyCode?.value ?? null,
    remoteMta: one.remoteMta?.value ?? null,
    reportingMta: reading.host?.value ?? null,
    product: reading.product,
    command: one.command ?? null,
    action: one.action ?? null,
    kind: reading.kind,
    finalRecipient: one.finalRecipient?.value ?? null,
  })
  const arrived =
    one.action === 'delivered' || one.action === 'relayed' || one.action === 'expanded'
  return {
    finalRecipient: one.finalRecipient?.value ?? null,
    originalRecipient: one.originalRecipient?.value ?? null,
    action: one.action ?? null,
    enhancedStatusCode: one.enhancedStatusCode?.value ?? null,
    replyCode: one.replyCode?.value ?? null,
    diagnosticCode: one.diagnosticCode ? collapse(one.diagnosticCode.value) : null,
    remoteMta: one.remoteMta?.value ?? null,
    reason: reading.kind === 'complaint' ? 'feedback' : arrived ? 'delivered' : reason,
    permanent: arrived ? null : one.action === 'delayed' ? false : (permanent ?? lastingOf(one)),
    rule: arrived ? null : rule,
    provider,
    command: one.command ?? null,
    lastAttemptDate: one.lastAttemptDate ?? null,
    willRetryUntil: null,
    evidence: evidenceOf(one),
  }
}

/** By the code's class, else by the service's own word; what was given up after a 4xx is either. */
function lastingOf({ replyCode, enhancedStatusCode, permanent }: LogRecipient): boolean | null {
  const code = String(replyCode?.value ?? enhancedStatusCode?.value ?? '')
  return code.startsWith('5') ? true : (permanent ?? null)
}

const FIELDS = [
  'finalRecipient',
  'originalRecipient',
  'enhancedStatusCode',
  'replyCode',
  'diagnosticCode',
  'remoteMta',
] as const

const evidenceOf = (one: LogRecipient): Evidence[] =>
  FIELDS.flatMap((field) => {
    const found: Found<string | number> | undefined = one[field]
    return found ? [{ field, start: found.start, end: found.end }] : []
  })
