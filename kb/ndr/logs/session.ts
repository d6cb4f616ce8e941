/**
 * A dialogue of two SMTP servers, in whatever dress: typed into telnet, swaks, an Exchange protocol
 * log (CSV), or the W3C log of the Windows SMTP service with `+` for blanks.
 */
import { address, after, codesIn, isoDate, linesOf, span } from './found.ts'
import type { Found, LogReading, LogRecipient } from './types.ts'

const COMMAND =
  /^(EHLO|HELO|MAIL FROM|RCPT TO|DATA|BDAT|STARTTLS|AUTH|RSET|QUIT|VRFY|NOOP|XEXCH50|X-LINK2STATE)\b/i
const ANSWER = /^[2345]\d\d(?:[ -]|$)/
/** swaks, curl -v, openssl and mail clients put these before a line. */
const ARROW = /^(?:[<>=*~-]{1,3}|\d{1,3}[:)]|[CS]:)[<>*~]? {0,3}/

type Line = {
  readonly said: Found<string>
  readonly time?: string | undefined
  readonly remote?: Found<string> | undefined
}
type Dialect = {
  readonly layout: string
  readonly product: string | null
  readonly lines: readonly Line[]
  readonly text: string
}

/** A protocol log of Exchange, of the Windows SMTP service, or of a server that puts a head before each line. */
export const readServiceLog = (text: string): LogReading | undefined =>
  readDialect(protocolLog(text) ?? w3cLog(text)) ?? readDialect(headedLog(text))

/** A dialogue as it stands on a screen. */
export const readDialogue = (text: string): LogReading | undefined => readDialect(typed(text))

function readDialect(dialect: Dialect | undefined): LogReading | undefined {
  // one line alone is a banner or a reply, not a dialogue
  if (dialect === undefined || dialect.lines.length < 2) return undefined
  const recipients = dialogue(dialect)
  const refused = recipients.filter(({ action }) => action === 'failed')
  const delayed = recipients.filter(({ action }) => action === 'delayed')
  const told = [...refused, ...delayed]
  return {
    text: dialect.text,
    layout: dialect.layout,
    kind: refused.length > 0 ? 'failure' : delayed.length > 0 ? 'delay' : 'none',
    product: dialect.product,
    reportDate: dialect.lines.findLast(({ time }) => time !== undefined)?.time,
    recipients: told,
    signs: ['smtp-dialogue'],
  }
}

// 2026-11-24T10:00:00.123Z,Internet,08D1F,12,10.0.0.5:25,192.0.2.1:5000,<,550 5.1.1 User unknown,
const PROTOCOL =
  /^\d{4}-\d\d-\d\dT[\d:.]{8,16}Z?,[^,\n]{0,200},[0-9A-Fa-f]{1,32},\d{1,8},([^,\n]{0,80}),([^,\n]{0,80}),([-+*<>]),([^\n]*)/

function protocolLog(text: string): Dialect | undefined {
  const lines: Line[] = []
  for (const line of linesOf(text)) {
    const match = PROTOCOL.exec(line.value)
    if (match === null || !'<>'.includes(match[3] as string)) continue
    const data = match[4] as string
    const start = line.end - data.length
    const quoted = data.startsWith('"')
    const said = span(
      text,
      start + (quoted ? 1 : 0),
      start + (quoted ? data.lastIndexOf('"') : endOfField(data)),
    )
    const host = match[2] as string
    const at = line.start + line.value.indexOf(host, (match[1] as string).length)
    const colon = host.lastIndexOf(':')
    if (said)
      lines.push({
        said,
        time: isoDate(line.value),
        remote: span(text, at, at + (colon < 0 ? host.length : colon)),
      })
  }
  return lines.length > 0
    ? { layout: 'smtp-log', product: 'exchange-server', lines, text }
    : undefined
}

/** The data field ends at the comma before the context, which is the last of the line. */
const endOfField = (data: string): number => {
  const comma = data.lastIndexOf(',')
  return comma < 0 ? data.length : comma
}

// 2008-02-24 15:00:00 192.0.2.1 OutboundConnectionResponse SMTPSVC1 MX - 25 - - 550+5.1.1+User+unknown 0 0 71 0 47 SMTP - - - -
const W3C =
  /(?:OutboundConnection(?:Response|Command)|\bSMTPSVC\d)|(?:^|\s)[2345]\d\d[+-][^\s]{2,}\+\S/
const W3C_TAIL = / \d{1,6} \d{1,6} \d{1,9} \d{1,9} \d{1,9} SMTP\b.*$/
const W3C_HEAD = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) (\d{1,3}(?:\.\d{1,3}){3}) /
const W3C_PAYLOAD = /(?:^|\s)((?:[2345]\d\d[+-]|(?:FROM|TO):)\S{2,})/i

function w3cLog(text: string): Dialect | undefined {
  if (!W3C.test(text)) return undefined
  const plain = text
    .split('\n')
    .map((line) => (W3C.test(line) || W3C_TAIL.test(line) ? line.replaceAll('+', ' ') : line))
    .join('\n')
  const originals = [...linesOf(text)]
  const lines: Line[] = []
  for (const line of originals) {
    const payload = W3C_PAYLOAD.exec(line.value)
    if (payload === null) continue
    const start = line.start + payload.index + payload[0].length - (payload[1] as string).length
    const head = W3C_HEAD.exec(line.value)
    const verb = /\b(EHLO|HELO|MAIL|RCPT|DATA|BDAT|QUIT|RSET|AUTH)\b/.exec(line.value)?.[1]
    const said = span(plain, start, start + (payload[1] as string).length)
    if (said === undefined) continue
    lines.push({
      said: verb && !/^\d/.test(said.value) ? { ...said, value: `${verb} ${said.value}` } : said,
      time: head ? `${head[1]}T${head[2]}` : undefined,
      remote: head
        ? span(plain, line.start + 20, line.start + 20 + (head[3] as string).length)
        : undefined,
    })
  }
  return lines.length > 0
    ? { layout: 'smtp-log', product: 'iis-smtp', lines, text: plain }
    : undefined
}

// MDaemon: Tue 2026-11-24 10:00:00: [0001] --> RCPT To:<a@b.example>
// IceWarp: [192.0.2.1] [1A2C] 10:00:00 Client session <<< 550 5.1.1 …
// hMailServer: "SMTPC"\t12\t3\t"2026-11-24 10:00:00.1"\t"192.0.2.1"\t"RECEIVED: 550 5.1.1 …"
const HEADED =
  /^(?=.{0,100}\d\d:\d\d:\d\d)[^\n<>]{8,140}?(?:-->|<--|>>>|<<<|SMTP>>|SMTP<<|"SENT:|"RECEIVED:) {0,3}(?=[A-Z]{4}|[2345]\d\d)/i
// MailEnable: 11/24/26 10:00:00\tSMTP-OU\tA1.MAI\t12\t192.0.2.1\tRCPT\tRCPT TO:<a@b.example>\t550 5.1.1 …\t32\t28
const TABBED = /^\d\d\/\d\d\/\d\d \d\d:\d\d:\d\d\tSMTP-(?:OU|IN)\t/
/** A report that shows a session is a report. */
const REPORT = /transcript|undeliver|not be delivered|delivery (?:failure|failed|status)/i
/** The other side of a session that a server itself began. */
const OUTGOING = /^"SMTPC"|\tSMTP-OU\t|Client session/
const REMOTE = /^\[([\d.a-f:]{7,45})\]|[\t"]((?:\d{1,3}\.){3}\d{1,3})[\t"]/

function headedLog(text: string): Dialect | undefined {
  if (REPORT.test(text)) return undefined
  const lines: Line[] = []
  for (const line of linesOf(text)) {
    const tabbed = TABBED.test(line.value)
    const head = tabbed ? null : HEADED.exec(line.value)
    if (!tabbed && !head) continue
    const ip = OUTGOING.test(line.value) ? REMOTE.exec(line.value) : null
    const value = ip?.[1] ?? ip?.[2]
    const at = value ? line.start + line.value.indexOf(value) : 0
    const remote = value ? { value, start: at, end: at + value.length } : undefined
    const add = (start: number, end: number): void => {
      const said = span(text, start, end)
      if (said) lines.push({ said, time: isoDate(line.value), remote })
    }
    if (head) {
      const from = line.start + head[0].length
      const quote = /"SENT:|"RECEIVED:/.test(head[0]) ? line.value.lastIndexOf('"') : -1
      add(from, quote > head[0].length ? line.start + quote : line.end)
    } else {
      const cells = line.value.split('\t')
      let start = line.start
      cells.forEach((cell, i) => {
        if (i === 6 || i === 7) add(start, start + cell.length)
        start += cell.length + 1
      })
    }
  }
  const product = /^"SMTP[CD]"\t/m.test(text)
    ? 'hmailserver'
    : /^\w{3} \d{4}-\d\d-\d\d \d\d:\d\d:\d\d: /m.test(text)
      ? 'mdaemon'
      : null
  return lines.length > 0 ? { layout: 'smtp-log', product, lines, text } : undefined
}

function typed(text: string): Dialect | undefined {
  const lines: Line[] = []
  let commands = 0
  for (const line of linesOf(text)) {
    const bare = line.value.trimStart()
    const start = line.end - bare.length + (ARROW.exec(bare)?.[0].length ?? 0)
    const said = span(text, start, line.end)
    if (said === undefined) continue
    if (COMMAND.test(said.value)) commands++
    else if (!ANSWER.test(said.value)) continue
    lines.push({ said })
  }
  const answers = lines.length - commands
  return commands >= 1 && answers >= 1 && commands + answers >= 3
    ? { layout: 'smtp-session', product: null, lines, text }
    : undefined
}

/** Walks the dialogue: the last command decides what an answer is about; each RCPT TO is a recipient. */
function dialogue({ text, lines }: Dialect): LogRecipient[] {
  const recipients: LogRecipient[] = []
  let command = 'CONN'
  let to: Found<string> | undefined
  for (const { said, remote } of lines) {
    const verb = COMMAND.exec(said.value)?.[1]
    if (verb) {
      command = verb.slice(0, 4).toUpperCase().trim()
      if (command === 'RCPT') to = address(text, after(text, '<', ['>'], said.start, said.end))
      continue
    }
    const answer = codesIn(said)
    const code = answer.replyCode?.value ?? 0
    // 334, 354 and 2xx go on; "250-" and its like are not the last line of a reply
    if (code < 400 || !/^\d/.test(said.value)) continue
    const before = recipients.at(-1)
    if (
      before?.replyCode?.value === code &&
      before.finalRecipient === to &&
      before.command === command
    ) {
      recipients[recipients.length - 1] = {
        ...before,
        enhancedStatusCode: before.enhancedStatusCode ?? answer.enhancedStatusCode,
        diagnosticCode: joined(text, before.diagnosticCode, said),
      }
      continue
    }
    recipients.push({
      finalRecipient:
        command === 'RCPT' || command === 'DATA' || command === 'BDAT' ? to : undefined,
      action: code >= 500 ? 'failed' : 'delayed',
      ...answer,
      diagnosticCode: said,
      remoteMta: remote,
      command,
    })
  }
  return recipients
}

/** A reply of several lines is one text, from its first to its last. */
function joined(
  text: string,
  first: Found<string> | undefined,
  next: Found<string>,
): Found<string> {
  const start = first?.start ?? next.start
  return { value: text.slice(start, next.end), start, end: next.end }
}
