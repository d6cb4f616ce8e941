/** Exim's main log: "**" failed, "==" deferred, "=>" delivered, and refused commands. */
import type { Action } from '../../types.ts'
import { address, after, codesIn, isoDate, linesOf, span } from './found.ts'
import { kindOf } from './postfix.ts'
import type { Found, LogReading, LogRecipient } from './types.ts'

const DELIVERY =
  /^(?:\S{1,40} )?\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?(?: [+-]\d{4})? (?:\[\d{1,10}\] )?[\w-]{16,26} (\*\*|==|=>|->|>>) /
/** The same without its head: "** ann@example.org R=…" */
const HEADLESS = /^\s{0,8}(\*\*|==|=>|->|>>) (?=[^\s@]{1,128}@\S{1,255}(?: [(<RTFP]|:))/
const REFUSED = /rejected (RCPT|MAIL|EHLO|HELO|DATA|AUTH|after DATA)\b/
const AFTER_COMMAND = /after (?:initial )?(?:pipelined )?(?:end of )?([A-Z]{4})/i
const ACTIONS: Record<string, Action> = {
  '**': 'failed',
  '==': 'delayed',
  '=>': 'delivered',
  '->': 'delivered',
  '>>': 'delivered',
}

export function readExim(text: string): LogReading | undefined {
  const recipients: LogRecipient[] = []
  let reportDate: string | undefined
  for (const line of linesOf(text)) {
    const found = delivery(text, line) ?? refusal(text, line)
    if (found === undefined) continue
    recipients.push(found)
    reportDate = isoDate(line.value) ?? reportDate
  }
  if (recipients.length === 0) return undefined
  return {
    text,
    layout: 'exim-log',
    kind: kindOf(recipients),
    product: 'exim',
    reportDate,
    recipients,
    signs: ['log'],
  }
}

// 2026-11-24 10:00:00 1tAbCd-000000001aB-2xYz ** a@b.example R=dnslookup T=remote_smtp H=mx.b.example [192.0.2.1]: SMTP error … 550 …
function delivery(text: string, line: Found<string>): LogRecipient | undefined {
  const match = DELIVERY.exec(line.value) ?? HEADLESS.exec(line.value)
  if (match === null) return undefined
  const from = line.start + match[0].length
  const told = text.slice(from, line.end).search(/(?: [RTHPF]=| <|: |$)/)
  const said = cause(text, from, line.end)
  return {
    finalRecipient: address(text, span(text, from, from + Math.max(told, 0))),
    action: ACTIONS[match[1] ?? ''],
    ...(said ? codesIn(said) : {}),
    diagnosticCode: said,
    remoteMta: after(text, ' H=', [' '], from, line.end) ?? hostBefore(text, from, line.end),
    command: said ? AFTER_COMMAND.exec(said.value)?.[1]?.toUpperCase() : undefined,
  }
}

/** "… after RCPT TO:<…>: host mx.example.org [192.0.2.1]: 451 …": a deferral has no field for it. */
const hostBefore = (text: string, from: number, end: number): Found<string> | undefined =>
  after(text, ': host ', [' '], from, end)

/** What stands behind the last of Exim's own fields: after "]: " or ": ", or after "defer (-1): ". */
function cause(text: string, from: number, end: number): Found<string> | undefined {
  return after(text, ']: ', [], from, end) ?? after(text, ': ', [], from, end)
}

// 2026-11-24 10:00:00 H=(c.example) [192.0.2.9] F=<s@c.example> rejected RCPT <a@b.example>: relay not permitted
function refusal(text: string, line: Found<string>): LogRecipient | undefined {
  const match = REFUSED.exec(line.value)
  if (match === null || !/\d{4}-\d\d-\d\d \d\d:\d\d/.test(line.value)) return undefined
  const from = line.start + match.index + match[0].length
  const said = after(text, ': ', [], from, line.end)
  return {
    finalRecipient: address(text, after(text, '<', ['>'], from, said?.start ?? line.end)),
    action: 'failed',
    ...(said ? codesIn(said) : {}),
    diagnosticCode: said,
    command: match[1] === 'after DATA' ? 'DATA' : match[1],
  }
}
