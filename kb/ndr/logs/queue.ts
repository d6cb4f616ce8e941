/**
 * What waits in a queue, and why: `postqueue -p`, `mailq` of Postfix, Sendmail and Zimbra, `exim -bp`,
 * and Exchange's `Get-Queue` and `Get-Message` as lists.
 */
import { address, codesIn, linesOf, span } from './found.ts'
import { hostIn } from './postfix.ts'
import { led } from './tracking.ts'
import type { Found, LogReading, LogRecipient } from './types.ts'

const reading = (
  text: string,
  product: string | null,
  recipients: readonly LogRecipient[],
): LogReading | undefined =>
  recipients.length === 0
    ? undefined
    : { text, layout: 'mail-queue', kind: 'delay', product, recipients, signs: ['queue'] }

// 4F1A2B3C4D*    2931 Tue Nov 24 10:00:00  ann@example.com
const MESSAGE =
  /^[ \t]{0,8}[0-9A-Za-z]{6,20}[*!#X-]?[ \t]{1,12}\d{1,12} (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d(?::\d\d)?[ \t]{1,12}\S/
/** Sendmail names no domain of users of its own. */
const ENTRY = /^[ \t]{0,60}<?([^\s<>()@]{1,128}@[^\s<>()@]{1,255})>?[ \t]{0,8}$/
/** A reason in brackets goes on until they are closed. */
const LONGEST = 2000

/** A message, then what was said of it in brackets, then those whom it did not reach for that reason. */
export function readQueue(text: string): LogReading | undefined {
  const recipients: LogRecipient[] = []
  let inside = false
  let sendmail = false
  let reason: Found<string> | undefined
  for (const line of linesOf(text)) {
    const entry = ENTRY.exec(line.value)?.[1]
    if (MESSAGE.test(line.value)) {
      inside = true
      reason = undefined
      sendmail ||= line.value.trimEnd().endsWith('>')
    } else if (inside && reason && !isClosed(reason.value) && reason.value.length < LONGEST) {
      reason = { value: text.slice(reason.start, line.end), start: reason.start, end: line.end }
    } else if (inside && line.value.trimStart().startsWith('(')) {
      reason = span(text, line.start, line.end)
    } else if (inside && entry && reason) {
      recipients.push(waiting(text, span(text, line.start, line.end), reason))
    }
  }
  return reading(text, sendmail ? 'sendmail' : 'postfix', recipients)
}

const isClosed = (reason: string): boolean => /\)\s*$/.test(reason)

function waiting(
  text: string,
  to: Found<string> | undefined,
  bracketed: Found<string>,
): LogRecipient {
  const close = isClosed(bracketed.value) ? bracketed.value.trimEnd().length - 1 : undefined
  const end = close === undefined ? bracketed.end : bracketed.start + close
  const said = span(text, bracketed.start + 1, end)
  return {
    finalRecipient: address(text, to),
    action: 'delayed',
    ...(said ? codesIn(said) : {}),
    diagnosticCode: said,
    remoteMta: said && hostIn(said),
  }
}

// " 25h  2.9K 1tAbCd-0001aB-2x <ann@example.com> *** frozen ***"
const EXIM_MESSAGE =
  /^ {0,8}\d{1,4}[mhd] {1,4}[\d.]{1,8}[KMG]? {1,4}[\w-]{16,26} <[^<>\s]{0,320}>(?: \(\S{1,64}\))?(?: \*\*\* frozen \*\*\*)?\s{0,8}$/

/** `exim -bp` says who is still waited for ("D" is before those who got it), and no reason. */
export function readEximQueue(text: string): LogReading | undefined {
  const recipients: LogRecipient[] = []
  let inside = false
  for (const line of linesOf(text)) {
    if (EXIM_MESSAGE.test(line.value)) inside = true
    else if (inside && /^ {8,}\S/.test(line.value) && ENTRY.test(line.value)) {
      const to = address(text, span(text, line.start, line.end))
      recipients.push({ finalRecipient: to, action: 'delayed' })
    }
  }
  return reading(text, 'exim', recipients)
}

const FIELD =
  /^[ \t]{0,8}(Identity|Status|LastError|Recipients|NextHopDomain|MessageCount|FromAddress) {0,30}: ?(.*)$/

/** `Get-Queue | fl`, `Get-Message | fl`: a queue or a message that is tried again, and its last error. */
export function readQueueList(text: string): LogReading | undefined {
  const recipients: LogRecipient[] = []
  let record = new Map<string, Found<string>>()
  const flush = (): void => {
    const one = recordOf(text, record)
    if (one) recipients.push(one)
    record = new Map()
  }
  let name = ''
  for (const line of linesOf(text)) {
    const match = FIELD.exec(line.value)
    if (match) {
      name = match[1] as string
      if (record.has(name)) flush()
      const value = span(text, line.end - (match[2] as string).length, line.end)
      if (value) record.set(name, value)
    } else if (/^ {12,}\S/.test(line.value) && record.has(name)) {
      const start = record.get(name)?.start ?? line.start
      record.set(name, { value: text.slice(start, line.end), start, end: line.end })
    } else name = ''
  }
  flush()
  return reading(text, 'exchange-server', recipients)
}

function recordOf(text: string, record: Map<string, Found<string>>): LogRecipient | undefined {
  const status = record.get('Status')?.value
  const error = record.get('LastError')
  if (!record.has('NextHopDomain') && !record.has('FromAddress')) return undefined
  if (error === undefined && status !== 'Retry') return undefined
  const listed = record.get('Recipients')
  // {ann@example.org;2;2;[{LRT=…};{LED=…}];0;CN=…}
  const stop = listed?.value.search(/[;,}]/) ?? -1
  const open = listed?.value.startsWith('{') ? 1 : 0
  const to =
    listed &&
    span(text, listed.start + open, stop < 0 ? listed.end : listed.start + Math.max(stop, open))
  return {
    finalRecipient: address(text, to),
    action: 'delayed',
    ...(error ? led(text, error) : {}),
  }
}
