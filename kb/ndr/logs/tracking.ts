/**
 * Message tracking: the history of Exchange 2000/2003's Message Tracking Center, the rows of
 * `Get-MessageTrackingLog` and `Get-MessageTrace` (list, table, CSV), and message trace of Exchange Online.
 */
import type { Action } from '../../types.ts'
import { address, after, codesIn, isoDate, linesOf, span } from './found.ts'
import { kindOf } from './postfix.ts'
import type { Found, LogReading, LogRecipient } from './types.ts'

/** Events of Exchange 2000/2003 (KB 821905 and the console's own words), and what each one shows. */
const EVENTS_2003: readonly (readonly [
  phrase: RegExp,
  sign: string,
  action: Action | undefined,
])[] = [
  [/routed and queued for remote delivery/i, 'tracking-queued-remote', undefined],
  [/routed and queued for local delivery/i, 'tracking-queued-local', undefined],
  [/categorized and queued for routing/i, 'tracking-categorized', undefined],
  [
    /submitted to (?:the )?categorizer|submitted to advanced queu/i,
    'tracking-submitted',
    undefined,
  ],
  [
    /(?:message )?transferred to \S{1,200} through smtp|end outbound transfer/i,
    'tracking-transferred',
    'relayed',
  ],
  [/begin outbound transfer/i, 'tracking-begin-transfer', undefined],
  [
    /delivered locally|message delivered locally to|store: message delivered|smtp store driver: message delivered locally/i,
    'tracking-delivered',
    'delivered',
  ],
  [/non-?delivery report|ndr generated|non-delivered message/i, 'tracking-ndr', 'failed'],
]
const HISTORY = /\b(?:SMTP(?: Store Driver)?|Store|Advanced Queue?ing|SMTP AQ|MTA|DSN): /i

/** The console's history, one event a line. */
export function readTracking2003(text: string): LogReading | undefined {
  const signs: string[] = []
  let action: Action | undefined
  for (const line of linesOf(text)) {
    const event = EVENTS_2003.find(([phrase]) => phrase.test(line.value))
    if (event === undefined) continue
    signs.push(event[1])
    action = event[2] ?? action
  }
  const sure =
    new Set(signs).size > 1 || HISTORY.test(text) || signs.some((sign) => sign.includes('queued'))
  if (signs.length === 0 || !sure) return undefined
  const last = signs.at(-1) as string
  return {
    text,
    layout: 'tracking-log',
    kind: action === 'failed' ? 'failure' : action === undefined ? 'none' : 'success',
    product: 'exchange-2003',
    recipients: action === 'failed' ? [{ action }] : [],
    // the last event decides where the message stands now
    signs: [
      'tracking',
      ...new Set([
        ...signs.slice(0, -1),
        last,
        ...(last.includes('queued') ? ['tracking-stuck'] : []),
      ]),
    ],
  }
}

/** Events, and the states of a trace, by their names in capitals. */
export const ACTIONS: Readonly<Record<string, Action>> = {
  FAIL: 'failed',
  DELIVERFAIL: 'failed',
  BADMAIL: 'failed',
  POISONMESSAGE: 'failed',
  FAILED: 'failed',
  DEFER: 'delayed',
  DELAYED: 'delayed',
  PENDING: 'delayed',
  DELIVER: 'delivered',
  DELIVERED: 'delivered',
  RELAYED: 'relayed',
  SEND: 'relayed',
  SENDEXTERNAL: 'relayed',
  EXPAND: 'expanded',
  EXPANDED: 'expanded',
}
const FIELD =
  /^[ \t]*(EventId|Event|Source|Recipients|RecipientAddress|RecipientStatus|Sender|MessageSubject|Subject|Timestamp|Received|MessageId|Status|Detail|ServerHostname|ConnectorId) {0,30}: ?(.*)$/i

/** `… | Format-List` of either cmdlet: one block a record. */
export function readTrackingList(text: string): LogReading | undefined {
  const records: Map<string, Found<string>>[] = [new Map()]
  let known = ''
  for (const line of linesOf(text)) {
    const match = FIELD.exec(line.value)
    const record = records.at(-1) as Map<string, Found<string>>
    if (match) {
      known = (match[1] as string).toLowerCase()
      if (record.has(known)) records.push(new Map())
      const value = span(text, line.end - (match[2] as string).length, line.end)
      if (value) records.at(-1)?.set(known, value)
    } else if (/^ {12,}\S/.test(line.value) && record.has(known)) {
      // a long value goes on below, indented
      const start = record.get(known)?.start ?? line.start
      record.set(known, { value: text.slice(start, line.end), start, end: line.end })
    }
  }
  const recipients = records
    .map((record) => recordOf(text, record))
    .filter((one) => one !== undefined)
  if (recipients.length === 0) return undefined
  const cloud = records.some((record) => record.has('detail') || record.has('recipientaddress'))
  const first = records[0] as Map<string, Found<string>>
  return {
    text,
    layout: cloud ? 'message-trace' : 'tracking-log',
    kind: kindOf(recipients),
    product: cloud ? 'exchange-online' : 'exchange-server',
    host: first.get('serverhostname'),
    subject: first.get('messagesubject') ?? first.get('subject'),
    messageId: first.get('messageid'),
    reportDate: isoDate((first.get('timestamp') ?? first.get('received'))?.value ?? ''),
    recipients,
    signs: ['tracking'],
  }
}

function recordOf(text: string, record: Map<string, Found<string>>): LogRecipient | undefined {
  const event = record.get('eventid') ?? record.get('event') ?? record.get('status')
  const action = ACTIONS[event?.value.toUpperCase() ?? '']
  const said = unbraced(text, record.get('recipientstatus') ?? record.get('detail'))
  if (
    action === undefined ||
    !(record.has('eventid') || record.has('event') || record.has('recipientaddress'))
  )
    return undefined
  const to = unbraced(text, record.get('recipients') ?? record.get('recipientaddress'))
  return {
    finalRecipient: address(text, to),
    action,
    ...(said ? led(text, said) : {}),
  }
}

/** PowerShell prints lists as "{a, b}". */
function unbraced(text: string, found: Found<string> | undefined): Found<string> | undefined {
  if (found === undefined) return undefined
  const open = found.value.startsWith('{') ? 1 : 0
  const close = found.value.endsWith('}') ? 1 : 0
  return span(text, found.start + open, found.end - close)
}

// Reason: [{LED=550 5.1.10 RESOLVER.ADR.RecipientNotFound; …};{MSG=};{FQDN=mx.b.example};{IP=192.0.2.1};{LRT=11/24/2026 10:00:00 AM}]
export function led(text: string, said: Found<string>): LogRecipient {
  const error = after(text, '{LED=', ['};', '}]'], said.start, said.end) ?? said
  return {
    ...codesIn(error),
    diagnosticCode: error,
    remoteMta: after(text, '{FQDN=', ['}'], said.start, said.end),
  }
}

/** "Failed to add recipient" is prose: such words count where columns are parted. */
const ROW_EVENT =
  /(?:^|[\s,])(FAIL|DEFER|DELIVERFAIL|BADMAIL|POISONMESSAGE|DELIVER|SENDEXTERNAL|SEND|EXPAND|(?:Failed|Pending|Delivered|Expanded)(?=[\t,]|\s{2}|\s?$))(?=[\s,]|$)/m
const ROW_SOURCE =
  /(?:^|[\s,])(?:SMTP|STOREDRIVER|ROUTING|QUEUE|DNS|AGENT|GATEWAY|ADMIN|DSN)(?=[\s,])/

/** A table row or a CSV line of MSGTRK logs: event, source, addresses, perhaps a status. */
export function readTrackingRows(text: string): LogReading | undefined {
  if (!ROW_EVENT.test(text) || !ROW_SOURCE.test(text)) return undefined
  const recipients = [...linesOf(text)]
    .map((line) => rowOf(text, line))
    .filter((one) => one !== undefined)
  if (recipients.length === 0) return undefined
  return {
    text,
    layout: 'tracking-log',
    kind: kindOf(recipients),
    product: 'exchange-server',
    recipients,
    signs: ['tracking'],
  }
}

function rowOf(text: string, line: Found<string>): LogRecipient | undefined {
  const event = ROW_EVENT.exec(line.value)
  if (event === null || !ROW_SOURCE.test(line.value)) return undefined
  // "<a1@example.com>" is the message's id
  const addresses = [...line.value.matchAll(/[^\s<>{},;"'@]{1,64}@[^\s<>{},;"'@]{1,255}/g)].filter(
    ({ index }) => line.value.charAt(index - 1) !== '<',
  )
  const status = /[245]\d\d [245]\.\d{1,3}\.\d{1,3} [^,\n}]{1,400}/.exec(line.value)
  const said = status
    ? span(text, line.start + status.index, line.start + status.index + status[0].length)
    : undefined
  if (addresses.length === 0 && said === undefined) return undefined
  // a table of the shell shows sender, then recipients; a CSV line recipients, then sender
  const to =
    line.value.includes(',') && !line.value.includes('{')
      ? addresses[0]
      : (addresses[1] ?? addresses[0])
  return {
    finalRecipient: to
      ? span(text, line.start + to.index, line.start + to.index + to[0].length)
      : undefined,
    action: ACTIONS[(event[1] as string).toUpperCase()],
    ...(said ? codesIn(said) : {}),
    diagnosticCode: said,
  }
}

/** An event, and not "Failed to connect" inside an answer. */
const FAILED =
  /(?:^|[\t ,:|])Fail(?:ed)?(?=[ \t,:|]{1,80}(?:Reason|Detail|The message)|[ \t]{0,80}$)/m

/** A trace's detail pasted from the admin center: only the "Reason: [{LED=…" part is sure. */
export function readTraceDetail(text: string): LogReading | undefined {
  const at = text.indexOf('{LED=')
  if (at < 0) return undefined
  const whole = span(text, at, text.length) as Found<string>
  const found = led(text, whole)
  const failed = FAILED.test(text) || found.replyCode?.value.toString().startsWith('5')
  const recipient = { ...found, action: failed ? ('failed' as const) : ('delayed' as const) }
  return {
    text,
    layout: 'message-trace',
    kind: failed ? 'failure' : 'delay',
    product: 'exchange-online',
    recipients: [recipient],
    signs: ['tracking'],
  }
}
