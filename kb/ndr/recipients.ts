/** Finds the recipients in the part that people read, and the text that belongs to each. */
import type { Address } from './addresses.ts'
import { isAside, isSigned } from './asides.ts'
import type { Mark } from './markers.ts'
import type { Span } from './reply.ts'
import { firstFrom, marksIn, type Scan } from './scan.ts'

export type Mention = {
  readonly address: Address
  /** the text that tells about this recipient: one piece for each time that it is listed */
  readonly blocks: Span[]
}

/** Between a leading phrase and the address: blanks, a bracket, a label's colon, list bullets. */
const GAP = /^[\s<"'\u00ab(:*|-]{0,40}$/
/** Before the address in its line. */
const LINE_HEAD = /^[\s\-*•>·|"'(<]{0,16}(?:\d{1,2}[.)][\s<]{0,4})?$/
/** Behind the address in its line, where it is an entry of a list. */
const ENTRY = /^['">)\]]{0,3}[ \t]*(?:$|\n|[:;,([]|<|on\s+\S|-\s|\.[ \t]*(?:\n|$))/
/** An answer of sendmail ("<user@example.com>... User unknown") is no entry. */
const ANSWER = /^>?\.\.\.|^>?:?\s*\.\.\./
/** A line that ends so goes on in the next one. */
const OPEN_LINE = /(?:said:|\b[245]\d\d|[245]\.\d{1,3}\.\d{1,3}|[:,] to|from|\bfor)[ \t]*$/i
/** "please send mail to": whom to ask, not who failed. */
const CONTACT = /\b(?:send|forward|reply|write|contact|please)\b[^.\n]{0,16}$/i
/** What stands before an address that belongs to a reply, on one line with it. */
const IN_REPLY =
  /(?:\b[245]\d\d|[245]\.\d{1,3}\.\d{1,3}|\b(?:to|from|for|by|rejected|address|rcpt|mail|sender|user))[:\s<"'-]{0,3}$/i

/** Recipients in their order, each once. */
export function findMentions(s: Scan): Mention[] {
  const candidates = withoutNames(
    s.text,
    s.addresses.filter(({ end }) => end <= s.body.end).slice(0, MOST_LOOKED_AT),
  ).filter((address) => isHeading(s, address) || !isAside(s.text, address, s.signatures))
  if (candidates.length === 0) return []
  const lists = marksIn(s, s.body, 'list')
  const leads = marksIn(s, s.body, 'lead')
  for (const tier of TIERS) {
    const entries = candidates.filter(tier(s, lists, leads))
    if (entries.length > 0) return withBlocks(s, entries.slice(0, MOST_LISTED), lists)
  }
  return []
}

/** "user@example.com <user@example.com>": the first is the name of the second, which takes its place. */
function withoutNames(text: string, addresses: readonly Address[]): Address[] {
  const kept: Address[] = []
  for (const address of addresses) {
    const last = kept.at(-1)
    const name =
      last &&
      text.charAt(address.outerStart) === '<' &&
      text.charAt(last.outerStart) !== '<' &&
      /^ {1,3}$/.test(text.slice(last.outerEnd, address.outerStart))
    if (name) kept[kept.length - 1] = { ...address, outerStart: last.outerStart }
    else kept.push(address)
  }
  return kept
}

type Test = (address: Address) => boolean
type Tier = (s: Scan, lists: readonly Mark[], leads: readonly Mark[]) => Test

/** From the surest to what is taken when nothing better was found. */
const TIERS: readonly Tier[] = [
  (s, lists, leads) => {
    const listed = inLists(s, lists)
    return (address) => listed(address) || isLed(s, leads, address) || isHeading(s, address)
  },
  (s) => (address) =>
    (isAlone(s, address) && !isSigned(s.text, address, s.body.end)) || isSentenceHead(s, address),
]

function isLed(s: Scan, leads: readonly Mark[], address: Address): boolean {
  const lead = before(leads, address.outerStart)
  if (!lead || !GAP.test(s.text.slice(lead.end, address.outerStart))) return false
  if (/\n\s*\n/.test(s.text.slice(lead.start, lead.end))) return false
  // a label, and not what a server was told
  const head = s.text.slice(lineStart(s.text, lead.start), lead.start).trim()
  if (lead.phrase === 'rcpt to:' && head !== '' && !SENT.test(head)) return false
  return !CONTACT.test(s.text.slice(Math.max(0, lead.start - CONTEXT), lead.start))
}

/** InterScan's "Sent <<< RCPT TO:" names the one who failed. */
const SENT = /^\p{L}{2,12} [<>]{3}$/u
const CONTEXT = 24
/** Recipients beyond these are not listed. */
const MOST_LISTED = 300
/** Addresses beyond these are not looked at: no report for people lists so many. */
const MOST_LOOKED_AT = 2000

/** The last mark that ends before the offset. */
function before(marks: readonly Mark[], offset: number): Mark | undefined {
  for (let i = firstFrom(marks, offset) - 1; i >= 0; i--) {
    const mark = marks[i]
    if (mark && mark.end <= offset) return mark
  }
  return undefined
}

/** "<user@example.com>: host mx.example.com said: …", also where all is on one line. */
function isHeading(s: Scan, address: Address): boolean {
  const after = s.text.slice(address.outerEnd, address.outerEnd + 16)
  const colon = /^['">]?(?: \(expanded from\b|:(?=\s|$))/.test(after)
  if (!colon) return false
  const line = lineStart(s.text, address.outerStart)
  const head = s.text.slice(line, address.outerStart)
  if (LINE_HEAD.test(head)) return !isContinuation(s.text, line)
  return (
    s.text.charAt(address.outerStart) === '<' &&
    /\s$/.test(head) &&
    !IN_REPLY.test(head.slice(-CONTEXT)) &&
    /^>?: (?:host|connect|lost|unknown|mail|user|delivery|name|can't|command|temporary|\S+ said)/.test(
      after + s.text.slice(address.outerEnd + 16, address.outerEnd + 24),
    )
  )
}

/** An address that has its line to itself, or begins it and an error follows. */
function isAlone(s: Scan, address: Address): boolean {
  const line = lineStart(s.text, address.outerStart)
  if (!LINE_HEAD.test(s.text.slice(line, address.outerStart))) return false
  const after = s.text.slice(address.outerEnd, address.outerEnd + 80)
  return !ANSWER.test(after) && !isContinuation(s.text, line) && ENTRY.test(after)
}

/** "bob@example.org 550 5.1.1 User unknown" */
const CODED = /^['">)\]]{0,3}[ \t|=-]{1,12}[45](?:\d\d|\.\d{1,3}\.\d{1,3})\b/

const isSentenceHead = (s: Scan, address: Address): boolean => {
  const line = lineStart(s.text, address.outerStart)
  const after = s.text.slice(address.outerEnd, address.outerEnd + 160)
  return (
    LINE_HEAD.test(s.text.slice(line, address.outerStart)) &&
    (CODED.test(after) || /^[^\n]*ERROR_CODE/.test(after))
  )
}

/** Entries under "the following addresses failed:": no deeper than the first of their list. */
function inLists(s: Scan, lists: readonly Mark[]): Test {
  const indents = new Map<Mark, number>()
  return (address) => {
    const list = before(lists, address.outerStart)
    if (!list) return false
    const { text } = s
    const gap = text.slice(list.end, address.outerStart)
    const line = lineStart(text, address.outerStart)
    const first = !indents.has(list)
    const follows = first && GAP.test(gap)
    const after = text.slice(address.outerEnd, address.outerEnd + 80)
    if (!follows) {
      if (!LINE_HEAD.test(text.slice(line, address.outerStart))) return false
      if (ANSWER.test(after) || isContinuation(text, line) || isLabel(text, line)) return false
    }
    const indent = address.outerStart - line
    const deepest = indents.get(list) ?? indent
    if (indent > deepest + 1 && !follows) return false
    const bracketed = text.charAt(address.outerStart) === '<'
    if (
      !follows &&
      !bracketed &&
      !ENTRY.test(after) &&
      !/^[^\n]*(?:ERROR_CODE|\b[45]\d\d\b)/.test(after)
    )
      return false
    if (first) indents.set(list, indent)
    return true
  }
}

/** The line before ends in the middle of a reply, so this line is no entry. */
function isContinuation(text: string, line: number): boolean {
  const previous = text.slice(Math.max(0, line - 1 - 60), Math.max(0, line - 1))
  return OPEN_LINE.test(previous.slice(previous.lastIndexOf('\n') + 1))
}

const isLabel = (text: string, line: number): boolean =>
  /^\s{0,8}(?:from|to|cc|reply-to|sender|von|an):/i.test(text.slice(line, line + 20))

/** The longest that may stand before an entry in its line. */
const LONGEST_HEAD = 80

/** Where the line begins, or a place so far before that nothing takes the rest for its head. */
function lineStart(text: string, at: number): number {
  const lowest = Math.max(0, at - LONGEST_HEAD)
  const line = text.slice(lowest, at).lastIndexOf('\n')
  return line < 0 ? lowest : lowest + line + 1
}

function withBlocks(s: Scan, entries: readonly Address[], lists: readonly Mark[]): Mention[] {
  const mentions = new Map<string, Mention>()
  const transcripts = marksIn(s, s.body, 'transcript')
  const stops = [...lists, ...transcripts].sort((a, b) => a.start - b.start)
  let shared: Mention[] = []
  entries.forEach((address, i) => {
    const next = entries[i + 1]?.outerStart ?? s.body.end
    const stop = stops[firstFrom(stops, address.end)]?.start ?? s.body.end
    const block = { start: address.outerEnd, end: Math.min(next, stop) }
    const key = address.value.toLowerCase()
    const mention = mentions.get(key) ?? { address, blocks: [] }
    mentions.set(key, mention)
    // several addresses in a row share what is said after the last of them
    shared.push(mention)
    if (!/[\p{L}\d]/u.test(s.text.slice(block.start, block.end)) && next <= stop) return
    for (const each of shared) each.blocks.push(block)
    shared = []
  })
  return [...mentions.values()]
}
