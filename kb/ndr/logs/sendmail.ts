/** Sendmail and qmail: one line a delivery. */
import type { Action } from '../../types.ts'
import { address, after, codesIn, linesOf, span } from './found.ts'
import { kindOf } from './postfix.ts'
import type { Found, LogReading, LogRecipient } from './types.ts'

// Nov 24 10:00:00 mx sendmail[12]: xAO1: to=<a@b.example>, delay=00:00:01, mailer=esmtp, relay=mx.b.example. [192.0.2.1], dsn=5.1.1, stat=User unknown
export function readSendmail(text: string): LogReading | undefined {
  if (!text.includes('stat=')) return undefined
  const recipients = [...linesOf(text)]
    .map((line) => sendmailLine(text, line))
    .filter((one) => one !== undefined)
  if (recipients.length === 0) return undefined
  return {
    text,
    layout: 'sendmail-log',
    kind: kindOf(recipients),
    product: 'sendmail',
    recipients,
    signs: ['log'],
  }
}

function sendmailLine(text: string, line: Found<string>): LogRecipient | undefined {
  const stat = after(text, 'stat=', [], line.start, line.end)
  const to = after(text, 'to=', [', '], line.start, line.end)
  // copied alone: "stat=User unknown"
  if (stat === undefined || (to === undefined && !line.value.trimStart().startsWith('stat=')))
    return undefined
  const dsn = after(text, 'dsn=', [','], line.start, line.end)
  return {
    finalRecipient: address(text, to),
    action: sendmailAction(stat.value, dsn?.value),
    enhancedStatusCode: dsn ?? codesIn(stat).enhancedStatusCode,
    replyCode: codesIn(stat).replyCode,
    diagnosticCode: stat,
    remoteMta: after(text, 'relay=', [', ', '. [', ' ['], line.start, line.end),
  }
}

function sendmailAction(stat: string, dsn: string | undefined): Action {
  if (/^(?:Sent|queued)\b/i.test(stat)) return 'delivered'
  return /^Deferred\b/i.test(stat) || dsn?.startsWith('4') ? 'delayed' : 'failed'
}

/** … or copied without its head: "deferral: Connected_to_192.0.2.1_but_…" */
const QMAIL = /(?:\bdelivery (\d{1,12}): |^\s{0,8})(success|failure|deferral): /
/** What only qmail writes: no blanks in what was said, a slash at its end. */
const SLASHED = /\/Remote.host.said:|:\s\S{1,200}_\S{1,200}_|\/\s*$/
const resultOf = (line: string): RegExpExecArray | null => {
  const match = QMAIL.exec(line)
  return match && (match[1] !== undefined || SLASHED.test(line)) ? match : null
}
const QMAIL_TO = /\bstarting delivery (\d{1,12}): msg \d{1,15} to (?:remote|local) (\S{1,512})/
const QMAIL_ACTIONS: Record<string, Action> = {
  success: 'delivered',
  failure: 'failed',
  deferral: 'delayed',
}

// @4000…: delivery 12: failure: 192.0.2.1_does_not_like_recipient./Remote_host_said:_550_5.1.1_…/Giving_up_on_192.0.2.1./
export function readQmail(text: string): LogReading | undefined {
  const plain = readable(text)
  const addresses = new Map<string, Found<string>>()
  const recipients: LogRecipient[] = []
  for (const line of linesOf(text)) {
    const start = QMAIL_TO.exec(line.value)
    const result = resultOf(line.value)
    if (start) addresses.set(start[1] as string, addressAt(plain, line, start))
    if (result) recipients.push(qmailLine(plain, line, result, addresses.get(result[1] ?? '')))
  }
  if (recipients.length === 0) return undefined
  return {
    text: plain,
    layout: 'qmail-log',
    kind: kindOf(recipients),
    product: 'qmail',
    recipients,
    signs: ['log'],
  }
}

/** qmail writes "_" for blanks and "/" for line ends in what the other side said; lengths stay equal. */
const readable = (text: string): string =>
  text
    .split('\n')
    .map((line) => {
      const match = resultOf(line)
      if (match === null) return line
      const at = match.index + match[0].length
      return line.slice(0, at) + line.slice(at).replaceAll('_', ' ').replaceAll('/', ' ')
    })
    .join('\n')

function addressAt(text: string, line: Found<string>, match: RegExpExecArray): Found<string> {
  const value = match[2] as string
  const start = text.indexOf(value, line.start + match.index)
  return { value, start, end: start + value.length }
}

function qmailLine(
  text: string,
  line: Found<string>,
  match: RegExpExecArray,
  to: Found<string> | undefined,
): LogRecipient {
  const said = span(text, line.start + match.index + match[0].length, line.end)
  return {
    finalRecipient: address(text, to),
    action: QMAIL_ACTIONS[match[2] as string],
    ...(said ? codesIn(said) : {}),
    diagnosticCode: said,
  }
}
