/** Postfix: delivery lines of smtp(8), lmtp, local, pipe, virtual, error, and NOQUEUE rejections. */
import type { Action } from '../../types.ts'
import { address, after, codesIn, isoDate, linesOf, span } from './found.ts'
import type { Found, LogReading, LogRecipient } from './types.ts'

const MARK =
  /\bpostfix[\w./-]*\[\d{1,10}\]:|\bNOQUEUE: |\bstatus=(?:bounced|deferred|sent|expired|undeliverable)\b/
const IN_REPLY = /\(in reply to (?:end of )?([A-Z]{4})/
const ACTIONS: Record<string, Action> = {
  bounced: 'failed',
  expired: 'failed',
  undeliverable: 'failed',
  deferred: 'delayed',
  sent: 'delivered',
  deliverable: 'delivered',
}

export function readPostfix(text: string): LogReading | undefined {
  if (!MARK.test(text)) return undefined
  const recipients: LogRecipient[] = []
  let host: Found<string> | undefined
  let reportDate: string | undefined
  for (const line of foldedLines(text)) {
    const found = delivery(text, line) ?? rejection(text, line)
    if (found === undefined) continue
    recipients.push(found)
    host = hostOf(text, line) ?? host
    reportDate = isoDate(line.value) ?? reportDate
  }
  if (recipients.length === 0) return undefined
  return {
    text,
    layout: 'postfix-log',
    kind: kindOf(recipients),
    product: 'postfix',
    host,
    reportDate,
    recipients,
    signs: ['log'],
  }
}

/** Failure wins over delay, delay over success: the lines are read for what went wrong. */
export function kindOf(recipients: readonly LogRecipient[]): LogReading['kind'] {
  const actions = recipients.map(({ action }) => action)
  if (actions.includes('failed')) return 'failure'
  if (actions.includes('delayed')) return 'delay'
  return actions.includes('delivered') ? 'success' : 'none'
}

// Nov 24 10:00:00 mx postfix/smtp[12]: 4F1: to=<a@b.example>, relay=mx.b.example[192.0.2.1]:25, delay=1,
// delays=0/0/0/0, dsn=5.1.1, status=bounced (host mx.b.example[192.0.2.1] said: 550 5.1.1 … (in reply to RCPT TO command))
function delivery(text: string, line: Found<string>): LogRecipient | undefined {
  const status = after(text, 'status=', [' ', '\n'], line.start, line.end)
  const action = ACTIONS[status?.value ?? '']
  if (status === undefined || action === undefined) return undefined
  const dsn = after(text, 'dsn=', [',', ' ', '\n'], line.start, line.end)
  const open = line.value.indexOf('(', status.end - line.start)
  const close = line.value.trimEnd().endsWith(')')
    ? line.start + line.value.trimEnd().length - 1
    : line.end
  const said = open >= 0 ? span(text, line.start + open + 1, close) : undefined
  return {
    finalRecipient: address(
      text,
      after(text, ' to=', [','], line.start, line.end) ?? startTo(text, line),
    ),
    originalRecipient: address(text, after(text, 'orig_to=', [','], line.start, line.end)),
    action,
    enhancedStatusCode: dsn ?? (said ? codesIn(said).enhancedStatusCode : undefined),
    replyCode: said ? codesIn(said).replyCode : undefined,
    diagnosticCode: said,
    remoteMta: relay(text, line, said),
    command: said ? IN_REPLY.exec(said.value)?.[1] : undefined,
  }
}

/** A line that was copied without its head begins with "to=". */
const startTo = (text: string, line: Found<string>) =>
  line.value.startsWith('to=') ? after(text, 'to=', [','], line.start, line.end) : undefined

function relay(text: string, line: Found<string>, said: Found<string> | undefined) {
  const named = after(text, 'relay=', ['[', ',', ':'], line.start, line.end)
  if (named && named.value !== 'none') return named
  return said ? hostIn(said) : undefined
}

/** "connect to mx.example.org[192.0.2.1]:25: …", "host mx.example.org[192.0.2.1] said: …" */
export function hostIn(said: Found<string>): Found<string> | undefined {
  const match = HOST.exec(said.value)
  if (!match?.[1]) return undefined
  const start = said.start + match.index + match[0].length - match[1].length
  return { value: match[1], start, end: start + match[1].length }
}

const HOST = /\b(?:connect to|host|lost connection with|conversation with)\s([\w.-]{1,255})(?=\[)/

/** Lines as they were written: a mail or a narrow window breaks them between their parts. */
function* foldedLines(text: string): Generator<Found<string>> {
  let open: Found<string> | undefined
  for (const line of linesOf(text)) {
    if (open && isOpen(open.value) && /\S/.test(line.value) && !BEGINS.test(line.value)) {
      open = { value: text.slice(open.start, line.end), start: open.start, end: line.end }
      continue
    }
    if (open) yield open
    open = line
  }
  if (open) yield open
}

/** Longest record that goes on in a next line. */
const LONGEST = 4000
const BEGINS =
  /postfix[\w./-]{0,40}\[|^\s{0,8}(?:[0-9A-Za-z]{6,20}: )?(?:to=<|status=)[^\n]*\bstatus=/
/** No result yet, or its bracket is not closed. */
const isOpen = (record: string): boolean =>
  record.length < LONGEST &&
  (/\bto=</.test(record) || record.includes('status=')) &&
  (!record.includes('status=') || (record.includes('(') && !/\)\s*$/.test(record)))

// NOQUEUE: reject: RCPT from c.example[192.0.2.9]: 554 5.7.1 <a@b.example>: Relay access denied; from=<…> to=<…> proto=ESMTP
function rejection(text: string, line: Found<string>): LogRecipient | undefined {
  // a milter refuses at END-OF-MESSAGE too, and its answer may have a status code alone
  const command = /reject: ([A-Z-]{4,14}) from /.exec(line.value)?.[1]
  if (command === undefined) return undefined
  const from = line.start + line.value.indexOf('reject: ')
  const said = after(text, ']: ', ['; from=', '; proto='], from, line.end)
  if (said === undefined) return undefined
  return {
    finalRecipient: address(text, after(text, ' to=', [' proto', ' helo'], said.end, line.end)),
    action: said.value.startsWith('4') ? 'delayed' : 'failed',
    ...codesIn(said),
    diagnosticCode: said,
    remoteMta: hostOf(text, line),
    command,
  }
}

/** The syslog line's own host: "Nov 24 10:00:00 HOST postfix/…" or "2026-11-24T10:00:00+01:00 HOST postfix/…". */
function hostOf(text: string, line: Found<string>): Found<string> | undefined {
  const at = line.value.search(/\spostfix[\w./-]*\[/)
  if (at < 1) return undefined
  const from = line.value.lastIndexOf(' ', at - 1) + 1
  return span(text, line.start + from, line.start + at)
}
