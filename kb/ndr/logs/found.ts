/** Small tools that every reader of logs shares: values with their places, replies taken apart. */
import type { Found, LogRecipient } from './types.ts'

/** "550 5.1.1 text" or "550-5.1.1 text" or "5.1.1 text", anywhere in what a server said. */
const REPLY = /(?:^|[^\w.])([245]\d\d)(?:[ -]+#?|$)(?:([245]\.\d{1,3}\.\d{1,3})(?![\w.]))?/
const STATUS = /(?:^|[^\w.])#?([245]\.\d{1,3}\.\d{1,3})(?![\w.]*\w)/

/** The part of the text from `start` to `end`, without blanks at its ends. Undefined where empty. */
export function span(text: string, start: number, end: number): Found<string> | undefined {
  while (start < end && text.charCodeAt(start) <= 32) start++
  while (end > start && text.charCodeAt(end - 1) <= 32) end--
  return start < end ? { value: text.slice(start, end), start, end } : undefined
}

/** What follows `label` within `from`…`to`, up to one of `stops` or the end. The label's case counts. */
export function after(
  text: string,
  label: string,
  stops: readonly string[],
  from: number,
  to: number,
): Found<string> | undefined {
  // only this stretch is searched: looking on to the end of the text for each line would be quadratic
  const part = text.slice(from, to)
  const at = part.indexOf(label)
  if (at < 0) return undefined
  const start = at + label.length
  const ends = stops.map((stop) => part.indexOf(stop, start)).filter((end) => end >= 0)
  return span(text, from + start, from + Math.min(part.length, ...ends))
}

/** An address with its angle brackets taken off; undefined where it is none. */
export function address(text: string, found: Found<string> | undefined): Found<string> | undefined {
  if (found === undefined) return undefined
  const open = found.value.lastIndexOf('<')
  const start = open < 0 ? found.start : found.start + open + 1
  const close = found.value.indexOf('>', start - found.start)
  const end = close < 0 ? found.end : found.start + close
  const bare = span(text, start, end)
  return bare && /^[^\s<>@]{1,256}@[^\s<>@]{1,256}$/.test(bare.value) ? bare : undefined
}

/** Reply code and enhanced status code in what a server said (RFC 5321, 4.2; RFC 2034). */
export function codesIn(
  said: Found<string>,
): Pick<LogRecipient, 'replyCode' | 'enhancedStatusCode'> {
  const reply = REPLY.exec(said.value)
  const replyAt = reply ? said.start + reply.index + reply[0].indexOf(reply[1] as string) : -1
  const status = reply?.[2] ? reply[2] : STATUS.exec(said.value)?.[1]
  const statusAt = status === undefined ? -1 : said.start + said.value.indexOf(status)
  return {
    replyCode: reply ? { value: Number(reply[1]), start: replyAt, end: replyAt + 3 } : undefined,
    enhancedStatusCode:
      status === undefined
        ? undefined
        : { value: status, start: statusAt, end: statusAt + status.length },
  }
}

/** Lines with where they begin. */
export function* linesOf(text: string): Generator<Found<string>> {
  let start = 0
  while (start <= text.length) {
    const next = text.indexOf('\n', start)
    const end = next < 0 ? text.length : next
    yield { value: text.slice(start, end), start, end }
    start = end + 1
  }
}

/** "2026-11-24 10:00:00.5Z" and the like as ISO 8601; an offset only where the text has one. */
export function isoDate(text: string): string | undefined {
  const match =
    /(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d))?(?:\.\d{1,9})?(Z|[+-]\d\d:?\d\d)?/.exec(text)
  if (match === null) return undefined
  const [, year, month, day, hour, minute, second = '00', zone = ''] = match
  const offset = /^[+-]\d{4}$/.test(zone) ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone
  return `${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`
}
