/**
 * A small synchronous MIME reader (RFC 2045 to 2049, 6522) for reports: it finds the readable part, the
 * machine's parts and the header of the returned message, and decodes nothing else. Broken mails are
 * usual here: a boundary that never comes, a part without an end, bodies without MIME.
 *
 * postal-mime does all of MIME well, but asynchronously and whole; see README.md for the measurement.
 */
import {
  decodeBase64,
  decodeBytes,
  decodeQuotedPrintable,
  decodeWords,
  parameter,
  toBytes,
} from './decode.ts'
import { htmlToText } from './html.ts'

export type Header = readonly { readonly name: string; readonly value: string }[]

export type Mail = {
  readonly header: Header
  /** the part for people */
  readonly human: string
  /** delivery status, feedback report, disposition notification */
  readonly machine: readonly string[]
  /** header of the returned message */
  readonly original: Header
  /** the returned message as it came, where it is whole: it may be a report itself */
  readonly returned: string | null
}

/** Deeper nesting is no report. */
const DEEPEST = 12
/** More parts than any report has; a hostile mail can have a million. */
const MOST_PARTS = 200

type Source = { readonly text: string /** true: characters are bytes */; readonly binary: boolean }
type Found = {
  plain: string | null
  html: string | null
  machine: string[]
  original: Header
  returned: string | null
  parts: number
}

export function readMail(raw: Uint8Array | string): Mail {
  const source = sourceOf(raw)
  const start = source.text.startsWith('From ') ? source.text.indexOf('\n') + 1 : 0
  const { header, body } = readHeader(source.text, start, source.text.length)
  const found: Found = {
    plain: null,
    html: null,
    machine: [],
    original: [],
    returned: null,
    parts: 0,
  }
  readPart(source, header, body, source.text.length, found, 0)
  return {
    header: header.map(({ name, value }) => ({ name, value: readable(source, value) })),
    human: found.plain ?? (found.html === null ? '' : htmlToText(found.html)),
    machine: found.machine,
    original: found.original.map(({ name, value }) => ({ name, value: readable(source, value) })),
    returned: found.returned,
  }
}

const CHUNK = 8192

/** Mostly a mail is ASCII: then its UTF-8 reading is its bytes. Otherwise characters stand for bytes. */
function sourceOf(raw: Uint8Array | string): Source {
  if (typeof raw === 'string') return { text: raw.replace(/\r\n?/g, '\n'), binary: false }
  const text = utf8.decode(raw)
  if (text.length === raw.length && !text.includes('\ufffd')) {
    return { text: withoutReturns(text), binary: true }
  }
  let binary = ''
  for (let i = 0; i < raw.length; i += CHUNK) {
    binary += String.fromCharCode(...raw.subarray(i, i + CHUNK))
  }
  return { text: withoutReturns(binary), binary: true }
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })
const withoutReturns = (text: string): string =>
  text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text

/** RFC 5322 header, unfolded. A body may follow without the blank line: then the header ends there. */
export function readHeader(
  text: string,
  start: number,
  end: number,
): { header: Header; body: number } {
  const header: { name: string; value: string }[] = []
  let at = start
  while (at < end && text.charAt(at) === '\n') at++
  while (at < end) {
    const stop = lineEnd(text, at, end)
    if (stop === at) return { header, body: stop + 1 }
    const first = text.charCodeAt(at)
    const last = header.at(-1)
    if ((first === 32 || first === 9) && last) {
      if (last.value.length < 8000) last.value += ` ${text.slice(at, stop).trim()}`
    } else {
      const colon = text.indexOf(':', at)
      if (colon < 0 || colon > stop || colon - at > 80) {
        // a parameter whose line lost its leading blank
        if (!last?.value.endsWith(';')) return { header, body: at }
        last.value += ` ${text.slice(at, stop).trim()}`
        at = stop + 1
        continue
      }
      const name = text.slice(at, colon).trim().toLowerCase()
      if (!NAME.test(name)) return { header, body: at }
      header.push({ name, value: text.slice(colon + 1, stop).trim() })
    }
    at = stop + 1
  }
  return { header, body: end }
}

const NAME = /^[\w.-]+$/

export const fieldOf = (header: Header, name: string): string =>
  header.find((each) => each.name === name)?.value ?? ''

function readPart(
  source: Source,
  header: Header,
  start: number,
  end: number,
  found: Found,
  depth: number,
): void {
  if (depth > DEEPEST || ++found.parts > MOST_PARTS) return
  const contentType = fieldOf(header, 'content-type')
  const type = /^[\w.+-]+\/[\w.+-]+/.exec(contentType)?.[0].toLowerCase() ?? ''
  if (type.startsWith('multipart/')) {
    const boundary = parameter(`;${contentType.slice(contentType.indexOf(';') + 1)}`, 'boundary')
    if (boundary && readParts(source, start, end, boundary, found, depth)) return
    if (depth > 0) return
  }
  readLeaf(source, header, type, start, end, found)
}

/** The parts between the boundaries; false where not one was found. */
function readParts(
  source: Source,
  start: number,
  end: number,
  boundary: string,
  found: Found,
  depth: number,
): boolean {
  const { text } = source
  const delimiter = `--${boundary}`
  let at = delimiterAt(text, delimiter, start, end)
  if (at < 0) return false
  const preamble = text.slice(start, at).trim()
  while (at >= 0 && found.parts <= MOST_PARTS) {
    const next = lineEnd(text, at, end) + 1
    if (text.startsWith('--', at + delimiter.length)) break
    const following = delimiterAt(text, delimiter, next, end)
    const stop = following < 0 ? end : following - 1
    const { header, body } = readHeader(text, next - 1, stop)
    // a part without a header begins with a blank line
    const bare = text.charAt(next) === '\n'
    readPart(source, bare ? [] : header, bare ? next + 1 : body, stop, found, depth + 1)
    at = following
  }
  if (found.plain === null && found.html === null && depth === 0 && preamble.length > 120) {
    found.plain = preamble
  }
  return true
}

/** A delimiter at the beginning of a line. */
function delimiterAt(text: string, delimiter: string, from: number, end: number): number {
  let at = text.startsWith(delimiter, from)
    ? from
    : text.indexOf(`\n${delimiter}`, Math.max(0, from - 1)) + 1
  if (at === 0 && from > 0) at = -1
  return at < 0 || at >= end ? -1 : at
}

function readLeaf(
  source: Source,
  header: Header,
  type: string,
  start: number,
  end: number,
  found: Found,
): void {
  if (MACHINE.test(type)) {
    if (found.machine.length < 20)
      found.machine.push(withoutEscapes(decoded(source, header, start, end)))
  } else if (RETURNED.test(type)) {
    readReturned(source, header, start, end, found)
  } else if (type === 'text/html') {
    if (found.html === null && found.plain === null)
      found.html = decoded(source, header, start, end)
  } else if (type === '' || type.startsWith('text/plain') || type === 'text' || found.parts === 1) {
    if (found.plain === null && !isAttachment(header, found)) {
      const text = decoded(source, header, start, end)
      if (text.trim() !== '') found.plain = text
    }
  }
}

const MACHINE =
  /^message\/(?:global-)?(?:delivery-status|disposition-notification|feedback-report)$/
const RETURNED =
  /^(?:message\/(?:rfc822|global|partial|global-headers)|text\/rfc822(?:-headers?)?)$/

/** A text file that is attached to an ordinary mail is not what the mail says. */
const isAttachment = (header: Header, found: Found): boolean =>
  /^attachment/i.test(fieldOf(header, 'content-disposition')) && found.machine.length === 0

function readReturned(
  source: Source,
  header: Header,
  start: number,
  end: number,
  found: Found,
): void {
  if (found.original.length > 0) return
  const encoding = fieldOf(header, 'content-transfer-encoding')
  const text = /base64|quoted/i.test(encoding)
    ? decoded(source, header, start, end)
    : source.text.slice(start, end)
  const returned = readHeader(text, 0, text.length)
  found.original = returned.header
  found.returned = text
}

function decoded(source: Source, header: Header, start: number, end: number): string {
  const body = source.text.slice(start, end)
  const encoding = fieldOf(header, 'content-transfer-encoding').toLowerCase()
  const contentType = fieldOf(header, 'content-type')
  const charset = contentType.includes(';') ? parameter(contentType, 'charset') : ''
  if (encoding.includes('quoted-printable'))
    return decodeBytes(decodeQuotedPrintable(body), charset)
  if (encoding.includes('base64')) return decodeBytes(decodeBase64(body), charset)
  return eightBit(source, body, charset)
}

/** Bodies without a transfer encoding: bytes are decoded where there are any to decode. */
function eightBit(source: Source, body: string, charset: string): string {
  if (!source.binary) return body
  if (body.includes('\u001b')) return decodeBytes(toBytes(body), charset || 'iso-2022-jp')
  return NOT_ASCII.test(body) ? decodeBytes(toBytes(body), charset) : body
}

const NOT_ASCII = /[\u0080-\uffff]/

/** RFC 6533, section 3: "\x{263A}" in addresses where UTF-8 was not possible. */
const withoutEscapes = (text: string): string =>
  text.includes('\\x{')
    ? text.replace(/\\x\{([0-9A-Fa-f]{2,6})\}/g, (whole, hex) => {
        const code = Number.parseInt(hex, 16)
        return code < 0x110000 ? String.fromCodePoint(code) : whole
      })
    : text

/** A header's value as text: encoded words, and bytes of RFC 6532 mails. */
const readable = (source: Source, value: string): string =>
  decodeWords(source.binary && NOT_ASCII.test(value) ? decodeBytes(toBytes(value), '') : value)

function lineEnd(text: string, from: number, end: number): number {
  const at = text.indexOf('\n', from)
  return at < 0 || at > end ? end : at
}
