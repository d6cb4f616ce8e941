/** Reads what a piece of the report tells about one recipient: the answer, who gave it, to what. */
import type { Mark } from './markers.ts'
import { COMMAND, HOST, HOST_FIRST } from './patterns.ts'
import { type Reply, readReply, type Span } from './reply.ts'
import { firstFrom, marksIn, type Scan } from './scan.ts'
import { collapse } from './text.ts'

export type Found<T> = Span & { readonly value: T }

export type Told = {
  readonly reply: Reply | null
  /** the answer or the sentence that gives the cause */
  readonly diagnostic: Found<string> | null
  readonly remote: Found<string> | null
  readonly command: string | null
  /** the piece that all this was read from, for wording around the answer */
  readonly around: string
}

export const NOTHING: Told = {
  reply: null,
  diagnostic: null,
  remote: null,
  command: null,
  around: '',
}

/** Longest answer that is read; what comes after it is advice or an attachment. */
const LONGEST = 2500
/** How far before an answer its host is named. */
const REACH = 400
/** A status right behind the phrase. */
const NEAR = 40

/** The block that tells most; of equals the last, for what is for administrators comes last. */
export function readBlocks(s: Scan, blocks: readonly Span[]): Told {
  let told = NOTHING
  for (const block of blocks.length > MOST ? blocks.slice(-MOST) : blocks) {
    const read = readBlock(s, block)
    if (worth(read) >= worth(told)) told = read
  }
  return told
}

/** An address that is listed more often is no list but an attack on our patience. */
const MOST = 20

const worth = ({ reply, diagnostic }: Told): number =>
  (reply?.code ? 4 : 0) + (reply?.status ? 2 : 0) + (diagnostic ? 1 : 0)

export function readBlock(s: Scan, block: Span): Told {
  const span = { start: block.start, end: Math.min(block.end, block.start + LONGEST * 3) }
  const cause = causeIn(s, span)
  const start = cause ?? span.start
  const reply = readReply(s.text, start, span.end) ?? readReply(s.text, span.start, span.end)
  const diagnostic =
    reply && !isTail(s.text, reply) && !isFar(reply, cause)
      ? answerText(s.text, reply, beforeSignature(s, reply.start, span.end))
      : sentence(
          s.text,
          afterDate(s.text, afterList(s, start, reply), span.end),
          nextLabel(s, start, span.end),
        )
  return {
    reply,
    diagnostic,
    remote: remoteIn(s, span, reply?.start ?? span.end),
    command: commandIn(s.text.slice(span.start, span.end)),
    around: s.text.slice(
      cause && far(s.text, span.start, cause) ? cause : span.start,
      Math.max(start, diagnostic?.end ?? span.end),
    ),
  }
}

/** Exchange and qmail put the code behind the sentence: "… < #4.4.7>", "… (#5.1.1)". */
const isTail = (text: string, reply: Reply): boolean =>
  reply.code === null &&
  /[<(][^<>()\n]{0,80}#$/.test(text.slice(Math.max(0, reply.start - 82), reply.start))

/** The answer ends where a person's "Regards" begins. */
const beforeSignature = (s: Scan, from: number, end: number): number =>
  Math.min(end, s.signatures.find(({ start }) => start > from)?.start ?? end)

/** "reject reason: Mailbox full" ends where "target mail address:" begins. */
function nextLabel(s: Scan, start: number, end: number): number {
  const label = marksIn(s, { start: start + 1, end }, 'lead').find(
    (mark) => mark.phrase.endsWith(':') && s.text.charAt(mark.start - 1) === '\n',
  )
  return label?.start ?? end
}

/** AOL names the code in an advice paragraph below the cause. */
const isFar = (reply: Reply, cause: number | undefined): boolean =>
  reply.code === null && cause !== undefined && reply.start - cause > NEAR

/** A report that lost the address: the sentence begins behind "could not be reached:". */
function afterList(s: Scan, start: number, reply: Reply | null): number {
  if (!reply) return marksIn(s, { start, end: start + REACH }, 'list')[0]?.end ?? start
  return marksIn(s, { start, end: reply.start }, 'list').at(-1)?.end ?? start
}

/** "user@example.com on 8/20/2008 11:34 PM", "Smith, Ann on …": the time of the attempt is no cause. */
function afterDate(text: string, start: number, end: number): number {
  const piece = text.slice(start, Math.min(end, start + 160))
  const match = /^[ \t]*on [^\n]{6,60}\n/.exec(piece) ?? NAME_AND_DATE.exec(piece)
  return start + (match?.[0].length ?? 0)
}

const NAME_AND_DATE = /^\s{0,8}[^\n@:]{1,60} on [^\n]{6,60}\d\d:\d\d[^\n]{0,12}\n/

/** qmail's "sender was rejected. Remote host said:" belongs together; advice paragraphs above do not. */
const far = (text: string, start: number, cause: number): boolean =>
  cause - start > 300 || /\n[ \t]{0,80}\n/.test(text.slice(start, cause).trimStart())

/** Behind the last phrase that leads to an answer; without an answer anywhere, behind the last one. */
function causeIn(s: Scan, span: Span): number | undefined {
  const causes = marksIn(s, span, 'cause').slice(-MOST)
  for (let i = causes.length - 1; i >= 0; i--) {
    const end = (causes[i] as Mark).end
    if (readReply(s.text, end, Math.min(span.end, end + REACH))?.code) return end
  }
  // "Additional information follows : 5.4.1 …" after "The problem appears to be :"
  const coded = causes.findLast(({ end }) => readReply(s.text, end, Math.min(span.end, end + NEAR)))
  if (coded) return coded.end
  return causes.find((cause) => /\w/.test(s.text.slice(cause.end, cause.end + 80)))?.end
}

/** The answer from its code on, to the end of its paragraph; a multi-line answer may have gaps. */
function answerText(text: string, reply: Reply, limit: number): Found<string> {
  let end = paragraphEnd(text, reply.start, limit)
  const code = reply.code ? text.slice(reply.code.start, reply.code.end) : null
  while (code && end < limit) {
    const next = /^\s*/.exec(text.slice(end, end + 40))?.[0].length ?? 0
    const goesOn =
      text.startsWith(`${code}-`, end + next) || text.startsWith(`${code} `, end + next)
    if (!goesOn) break
    end = paragraphEnd(text, end + next, limit)
  }
  return trimmed(text, reply.start, end)
}

/** The first paragraph with words in it. */
function sentence(text: string, from: number, limit: number): Found<string> | null {
  let start = from
  while (start < limit) {
    const end = paragraphEnd(text, start, limit)
    const piece = text.slice(start, end)
    const offset = piece.search(/[\p{L}\d"[(]/u)
    if (offset >= 0 && /\p{L}{2}/u.test(piece)) return trimmed(text, start + offset, end)
    start = end + 1
  }
  return null
}

function paragraphEnd(text: string, from: number, limit: number): number {
  let at = from
  for (;;) {
    at = text.indexOf('\n', at)
    if (at < 0 || at >= limit) return limit
    let next = at + 1
    while (next < limit && (text.charCodeAt(next) === 32 || text.charCodeAt(next) === 9)) next++
    if (next >= limit || text.charCodeAt(next) === 10) return at
    at = next
  }
}

/** What is not the server's own: where Postfix tells the command, the ends of wrappers. */
const TAIL =
  /\s{0,40}\(in\s{1,40}reply\s{1,40}to\b|\s{1,40}\[(?:RCPT_TO|MAIL_FROM|DATA|CONNECT)\]|\n?Giving up on /

function trimmed(text: string, start: number, limit: number): Found<string> {
  const piece = text.slice(start, Math.min(limit, start + LONGEST))
  const tail = TAIL.exec(piece)
  let kept = (tail && tail.index > 0 ? piece.slice(0, tail.index) : piece)
    .trimEnd()
    .replace(/[\s`*]{1,8}$/, '')
  // sendmail's "(reason: 550 …)", Exchange's "returned '550 …'"
  const before = text.slice(Math.max(0, start - 9), start)
  const close = before.endsWith('(reason: ') ? kept.search(/\)\s*(?:\n|$)/) : -1
  if (close > 0) kept = kept.slice(0, close)
  // … Outlook's "Server Response: '550 …', Port: 25"
  else if (before.endsWith("'"))
    kept = kept.replace(/'(?:(?:\n|, \p{L}[^':\n]{0,30}: ?)[\s\S]*)?$/u, '')
  return { value: collapse(kept), start, end: start + kept.length }
}

/** Words that are followed by a host only in "host mx.example.com[192.0.2.1] said". */
const WEAK = new Set(['host', 'server', 'connect to', 'by mx'])

function remoteIn(s: Scan, span: Span, until: number): Found<string> | null {
  for (let i = firstFrom(s.marks, span.start), looked = 0; looked < MOST * 5; i++, looked++) {
    const mark = s.marks[i]
    if (!mark || mark.end >= span.end) break
    if (mark.role !== 'remote') continue
    const host = hostAfter(s.text, mark.end)
    if (!host || (mark.start > until && WEAK.has(mark.phrase))) continue
    if (
      WEAK.has(mark.phrase) &&
      !/^\.?(?:\s?[[(]|\s+said|\s+refused|:\s|\n)/.test(s.text.slice(host.end, host.end + 12))
    )
      continue
    return host
  }
  const match = HOST_FIRST.exec(s.text.slice(span.start, Math.min(span.end, span.start + LONGEST)))
  if (!match?.[1]) return null
  const start = span.start + match.index
  return { value: match[1], start, end: start + match[1].length }
}

/** A host name or an address behind a phrase. */
export function hostAfter(text: string, at: number): Found<string> | null {
  HOST.lastIndex = at
  const match = HOST.exec(text)
  if (!match?.[1]) return null
  const value = match[1].replace(/[.-]{1,8}$/, '')
  const start = HOST.lastIndex - match[1].length
  return { value, start, end: start + value.length }
}

const COMMANDS: Readonly<Record<string, string>> = { CONNECTION: 'CONN', GREETING: 'CONN' }

export function commandIn(piece: string): string | null {
  const named = COMMAND.exec(piece)?.[1]?.toUpperCase()
  if (named) return COMMANDS[named] ?? named
  if (/\[(RCPT_TO)\]|does not like recipient|rejected recipient/.test(piece)) return 'RCPT'
  if (/\[(MAIL_FROM)\]|sender was rejected/.test(piece)) return 'MAIL'
  if (/failed after I sent the message/.test(piece)) return 'DATA'
  return /refused to talk to me|while receiving the initial server greeting/.test(piece)
    ? 'CONN'
    : null
}
