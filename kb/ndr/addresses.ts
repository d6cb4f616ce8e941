/** Finds mail addresses: bare, in angle brackets, quoted, international (RFC 6531), wrapped inside brackets. */

export type Address = {
  /** the address itself, without what a line wrap put into it */
  readonly value: string
  readonly start: number
  readonly end: number
  /** the same with brackets or quotes around it */
  readonly outerStart: number
  readonly outerEnd: number
}

const LONGEST_LOCAL = 128
const LONGEST_DOMAIN = 255
const ATEXT = table("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.!#$%&'*+-=?^_~")
const DOMAIN = table('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_')
/** From here on scripts put no blanks between words, so a word's end is no address's begin. */
const UNSPACED = 0x2e80

/** All addresses in their order. */
export function findAddresses(text: string): Address[] {
  const found: Address[] = []
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const address = addressAt(text, at, found.at(-1)?.end ?? 0)
    if (address) found.push(address)
  }
  return found
}

function addressAt(text: string, at: number, floor: number): Address | undefined {
  const local = localStart(text, at, floor)
  const end = domainEnd(text, at, text.charAt(local - 1) === '<')
  if (local >= at || end <= at + 1) return undefined
  const raw = text.slice(local, end)
  const open = text.charAt(local - 1)
  const close = text.charAt(end)
  const enclosed = (open === '<' && close === '>') || (open === '"' && close === '"')
  return {
    value: /\s/.test(raw) ? raw.replace(/\s+/g, '') : raw,
    start: local,
    end,
    outerStart: enclosed || open === '<' ? local - 1 : local,
    outerEnd: enclosed ? end + 1 : end,
  }
}

function localStart(text: string, at: number, floor: number): number {
  if (text.charAt(at - 1) === '"') return quotedStart(text, at, floor)
  const lowest = Math.max(floor, at - LONGEST_LOCAL)
  const unspaced = text.charCodeAt(at - 1) >= UNSPACED
  let start = at
  while (start > lowest && isLocal(text.charCodeAt(start - 1), unspaced)) start--
  start = acrossWrap(text, start, lowest)
  while (start < at && "'.*!#=&-".includes(text.charAt(start)) && !text.startsWith('=?', start))
    start++
  return start
}

/** "<this-is-a-long-" at the end of one line and "name@example.com>" on the next. */
function acrossWrap(text: string, start: number, lowest: number): number {
  let back = start
  while (back > lowest && text.charCodeAt(back - 1) <= 32) back--
  if (back === start || !text.slice(back, start).includes('\n')) return start
  while (back > lowest && isLocal(text.charCodeAt(back - 1), false)) back--
  return text.charAt(back - 1) === '<' ? back : start
}

function quotedStart(text: string, at: number, floor: number): number {
  const lowest = Math.max(floor, at - LONGEST_LOCAL)
  for (let i = at - 2; i >= lowest && text.charAt(i) !== '\n'; i--) {
    if (text.charAt(i) === '"') return i
  }
  return at
}

function domainEnd(text: string, at: number, bracketed: boolean): number {
  const highest = Math.min(text.length, at + 1 + LONGEST_DOMAIN)
  if (text.charAt(at + 1) === '[') return literalEnd(text, at + 1, highest)
  let end = at + 1
  while (end < highest && isDomain(text, end, at, bracketed)) end++
  end = bracketed ? wrappedEnd(text, end, highest) : brokenEnd(text, at, end)
  while (end > at + 1 && '.-_'.includes(text.charAt(end - 1))) end--
  return end
}

/** An address in brackets goes on in the next line when only a domain's characters lead to ">". */
function wrappedEnd(text: string, end: number, highest: number): number {
  if (text.charCodeAt(end) > 32) return end
  let next = end
  let lineEnds = 0
  for (; next < highest; next++) {
    const code = text.charCodeAt(next)
    if (code === 10) lineEnds++
    else if (code > 32 && !DOMAIN[code]) break
  }
  return lineEnds === 1 && text.charAt(next) === '>' ? next : end
}

/** A domain's end in the next line: one that is no word, or two letters with nothing behind them. */
const ENDING =
  /^[ \t]{0,4}\n[ \t]{0,16}((?:com|org|net|edu|gov|mil|info|biz|io|eu|de|fr|uk|ch|nl|es|pl|cz|jp|cn|ru|br|ca|au|nz|se|dk|fi)(?:\.[a-z]{2})?|[a-z]{2}(?=[ \t]*(?:[>:;,)]|\n|$)))(?![\w@-]|\.[\w@])/
/** A domain that needs no more, but for a country behind "co". */
const WHOLE = /\.(?:com|org|net|edu|gov|mil|info|biz|io|eu|[a-z]{2})\.$|@localhost\.$/i
const SECOND = /\.(?:com?|org|net|ac|gov|edu)\.(?:uk|au|br|nz|jp|za|cn|tr|tw|kr|sg)$/i
/** "bob@" and "example.org" on the next line, "bob@example" and ".org". */
const REST = /^\n[ \t]{0,16}(?:[\w-]{1,63}\.){1,8}[a-z]{2,24}\b/
const DOTTED_REST = /^\n[ \t]{0,16}(?:\.[\w-]{1,63}){0,8}\.[a-z]{2,24}\b/
const LONGEST_REST = 120

/** The end of an address that a line's end broke. */
function brokenEnd(text: string, at: number, end: number): number {
  if (text.charCodeAt(end) > 32) return end
  const next = text.slice(end, end + LONGEST_REST)
  const domain = text.slice(at, end)
  if (!domain.endsWith('.')) {
    const rest = (end === at + 1 ? REST : DOTTED_REST).exec(next)
    return end + (rest?.[0].length ?? 0)
  }
  const ending = ENDING.exec(next)
  if (!ending?.[1]) return end
  const whole = WHOLE.test(domain) && !SECOND.test(domain + ending[1])
  return whole ? end : end + ending[0].length
}

/** "user@[192.0.2.1]" */
function literalEnd(text: string, open: number, highest: number): number {
  const close = text.indexOf(']', open)
  return close > 0 && close < highest && /^\[[\w.:-]+$/.test(text.slice(open, close))
    ? close + 1
    : open
}

const isLocal = (code: number, unspaced: boolean): boolean =>
  code < 128 ? ATEXT[code] === 1 : code < UNSPACED ? code > 0xbf : unspaced && !isPunctuation(code)

function isDomain(text: string, index: number, at: number, bracketed: boolean): boolean {
  const code = text.charCodeAt(index)
  if (code < 128) return DOMAIN[code] === 1
  if (code < UNSPACED) return code > 0xbf
  const before = text.charCodeAt(index - 1)
  return (
    !isPunctuation(code) && (bracketed || index === at + 1 || before === 46 || before >= UNSPACED)
  )
}

/** CJK and full-width punctuation. */
const isPunctuation = (code: number): boolean =>
  (code >= 0x3000 && code < 0x3005) || (code >= 0x3008 && code < 0x3020) || code >= 0xff00

function table(characters: string): Uint8Array {
  const flags = new Uint8Array(128)
  for (const character of characters) flags[character.charCodeAt(0)] = 1
  return flags
}
