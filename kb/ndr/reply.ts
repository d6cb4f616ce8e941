/** Reads the answer of a server: reply code, enhanced status code, and where it begins. */
import { BEFORE_REPLY, REPLY, STATUS, STATUS_NEXT, UNIT } from './patterns.ts'

export type Span = { readonly start: number; readonly end: number }

export type Reply = {
  readonly code: (Span & { readonly value: number }) | null
  readonly status: (Span & { readonly value: string }) | null
  /** where the answer begins: at the first of the two codes */
  readonly start: number
  /** the codes that a relay put around the real answer */
  readonly wrapper: string | null
}

/** Ports of submission that look like reply codes. */
const PORTS = new Set([465, 587])
/** Text before a number that is looked at to tell a reply from a number. */
const CONTEXT = 24

/**
 * The first answer between two offsets. A relay's own code around the remote one ("451 4.4.0 Primary
 * target … responded with: 550 5.1.1") is unwrapped: the inner answer says more.
 */
export function readReply(text: string, from: number, to: number): Reply | null {
  const part = text.slice(from, to)
  const codes = repliesIn(part, from)
  const statuses = statusesIn(part, from)
  const first = codes[0] ?? null
  if (!first) return withoutCode(statuses)
  const adjacent = first.status ?? nearest(statuses, first.end)
  const outer: Reply = {
    code: first,
    status: adjacent,
    start: Math.min(first.start, adjacent?.start ?? first.start),
    wrapper: null,
  }
  return unwrapped(text, outer, codes, statuses)
}

type Status = Span & { readonly value: string }
type Code = Span & { readonly value: number; readonly status: Status | null }

function withoutCode(statuses: readonly Status[]): Reply | null {
  const status = statuses[0]
  return status ? { code: null, status, start: status.start, wrapper: null } : null
}

/** The status after the code, or the one before ("5.3.0 - Other mail system problem 550-'…'"). */
const nearest = (statuses: readonly Status[], after: number): Status | null =>
  statuses.find((status) => status.start >= after) ?? statuses.at(-1) ?? null

/** "554 4.4.7 Message expired …<421 4.4.2 …>", "550 5.0.350 Remote server returned an error -> 554 …" */
const WRAPS = /(?:->|responded\s{1,8}with[:\s]{0,8}["']?|returned\s{1,8}["']|[<"'])\s{0,24}$/
const LOCAL_STATUS = /^(?:5\.0\.350|4\.4\.0|4\.4\.7|5\.4\.0|5\.1\.0|5\.0\.0|4\.4\.316|4\.7\.321)$/

function unwrapped(
  text: string,
  outer: Reply,
  codes: readonly Code[],
  statuses: readonly Status[],
): Reply {
  if (outer.status && LOCAL_STATUS.test(outer.status.value)) {
    const inner = codes.find(
      (code) =>
        code.status !== null &&
        code.start > (outer.status?.end ?? 0) &&
        code.status.value !== outer.status?.value &&
        WRAPS.test(text.slice(Math.max(0, code.start - CONTEXT), code.start)),
    )
    if (inner) {
      const wrapper = `${outer.code?.value ?? ''} ${outer.status.value}`.trim()
      return { code: inner, status: inner.status, start: inner.start, wrapper }
    }
  }
  const before = statuses[0]
  const wraps =
    before &&
    outer.code &&
    outer.status &&
    before.end <= outer.code.start &&
    before !== outer.status
  return wraps && LOCAL_STATUS.test(before.value) ? { ...outer, wrapper: before.value } : outer
}

function repliesIn(part: string, offset: number): Code[] {
  const found: Code[] = []
  for (const match of part.matchAll(REPLY)) {
    const value = Number(match[1])
    const start = match.index
    const end = start + 3
    if (PORTS.has(value)) continue
    const status = statusAfter(part, end, match[1]?.charAt(0) ?? '', offset)
    if (!status && !isReply(part, start, end)) continue
    found.push({ value, start: start + offset, end: end + offset, status })
  }
  return found
}

function statusAfter(part: string, end: number, first: string, offset: number): Status | null {
  STATUS_NEXT.lastIndex = end
  const match = STATUS_NEXT.exec(part)
  const raw = match?.[1]
  if (!match || raw === undefined) return null
  // "550 4.4.7" is what Exchange writes at expiry: kept, and told as a contradiction
  if (raw.charAt(0) === '2' && first !== '2') return null
  const stop = match.index + match[0].length + offset
  return { value: raw.replace(/\s+/g, ''), start: stop - raw.length, end: stop }
}

function isReply(part: string, start: number, end: number): boolean {
  // "550-'Unknown user …'"
  if (part.startsWith("-'", end)) return true
  const before = part.slice(Math.max(0, start - CONTEXT), start)
  const line = before.slice(before.lastIndexOf('\n') + 1)
  const begins = line.trim() === '' && (before.includes('\n') || start - line.length <= 0)
  UNIT.lastIndex = end
  return (begins || BEFORE_REPLY.test(before)) && !UNIT.test(part)
}

function statusesIn(part: string, offset: number): Status[] {
  const found: Status[] = []
  for (const match of part.matchAll(STATUS)) {
    const raw = match[1] ?? ''
    found.push({
      value: raw.replace(/\s+/g, ''),
      start: match.index + offset,
      end: match.index + raw.length + offset,
    })
  }
  return found
}
