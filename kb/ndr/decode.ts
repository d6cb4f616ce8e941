/** Transfer encodings, character sets and encoded header words (RFC 2045, 2047, 2231). */

const decoders = new Map<string, TextDecoder | null>()
/** Names that no `TextDecoder` knows, and what comes nearest. */
const ALIASES: Readonly<Record<string, string>> = {
  'unicode-1-1-utf-7': 'us-ascii',
  'utf-7': 'us-ascii',
  utf8: 'utf-8',
  cp932: 'shift_jis',
  'cp-850': 'ibm866',
  ansi: 'windows-1252',
  default: 'utf-8',
  unknown: 'utf-8',
  'x-unknown': 'utf-8',
  'unknown-8bit': 'utf-8',
}

function decoderFor(charset: string): TextDecoder | null {
  const known = decoders.get(charset)
  if (known !== undefined) return known
  let made: TextDecoder | null = null
  try {
    made = new TextDecoder(ALIASES[charset] ?? charset)
  } catch {
    // a charset that nobody knows: told by the caller's fallback, not by an error
  }
  if (decoders.size < 100) decoders.set(charset, made)
  return made
}

const strict = new TextDecoder('utf-8', { fatal: true })

/** Bytes to text. Without a charset, or with a wrong one: UTF-8 where it is valid, else Windows-1252. */
export function decodeBytes(bytes: Uint8Array, charset: string): string {
  const name = charset.toLowerCase()
  const declared = name === '' || name === 'us-ascii' || name === 'ascii' ? null : decoderFor(name)
  if (declared) return declared.decode(bytes)
  try {
    return strict.decode(bytes)
  } catch {
    return decoderFor('windows-1252')?.decode(bytes) ?? ''
  }
}

/** A string whose characters are bytes. */
export function toBytes(binary: string): Uint8Array {
  const bytes = new Uint8Array(binary.length)
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i)
  return bytes
}

const HEX = /^[0-9A-Fa-f]{2}$/

/** Quoted-printable, forgiving: what is no escape stays. */
export function decodeQuotedPrintable(source: string): Uint8Array {
  const bytes = new Uint8Array(source.length)
  let length = 0
  for (let i = 0; i < source.length; i++) {
    const code = source.charCodeAt(i)
    if (code !== 61) {
      bytes[length++] = code
      continue
    }
    const pair = source.slice(i + 1, i + 3)
    if (HEX.test(pair)) {
      bytes[length++] = Number.parseInt(pair, 16)
      i += 2
    } else {
      const stop = softBreak(source, i + 1)
      if (stop > 0) i = stop - 1
      else bytes[length++] = code
    }
  }
  return bytes.subarray(0, length)
}

/** "=" at the end of a line joins it with the next; blanks may stand between. */
function softBreak(source: string, from: number): number {
  let at = from
  while (at < source.length && (source.charAt(at) === ' ' || source.charAt(at) === '\t')) at++
  if (source.charAt(at) === '\r') at++
  return source.charAt(at) === '\n' ? at + 1 : at >= source.length ? at : -1
}

const SEXTETS = new Int8Array(128).fill(-1)
for (let i = 0; i < 64; i++) {
  SEXTETS['ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'.charCodeAt(i)] = i
}

/** Base64, forgiving: foreign characters are skipped, a missing end is no error. */
export function decodeBase64(source: string): Uint8Array {
  const bytes = new Uint8Array((source.length * 3) >> 2)
  let length = 0
  let buffer = 0
  let bits = 0
  for (let i = 0; i < source.length; i++) {
    const sextet = SEXTETS[source.charCodeAt(i)] ?? -1
    if (sextet < 0) continue
    buffer = (buffer << 6) | sextet
    bits += 6
    if (bits >= 8) {
      bits -= 8
      bytes[length++] = (buffer >> bits) & 0xff
    }
  }
  return bytes.subarray(0, length)
}

const WORD = /=\?([\w.:-]{1,40})(?:\*[\w-]{1,20})?\?([bBqQ])\?([^?\s]{0,2000})\?=/g
const BETWEEN_WORDS = /(\?=)\s{1,80}(?==\?)/g

/** RFC 2047: "=?utf-8?B?…?=" in header fields. */
export function decodeWords(value: string): string {
  if (!value.includes('=?')) return value
  return value
    .replace(BETWEEN_WORDS, '$1')
    .replace(WORD, (_, charset, encoding, text) =>
      decodeBytes(
        encoding === 'b' || encoding === 'B'
          ? decodeBase64(text)
          : decodeQuotedPrintable(text.replaceAll('_', ' ')),
        charset,
      ),
    )
}

/** RFC 2231 and plain parameters: 'boundary="x"', "boundary*0=x; boundary*1=y", "charset*=utf-8''x". */
export function parameter(value: string, name: string): string {
  if (!value.toLowerCase().includes(name)) return ''
  let joined = ''
  for (const match of value.matchAll(PARAMETER)) {
    const [, key = '', , extended, quoted, bare = ''] = match
    if (key.toLowerCase() !== name) continue
    const raw = quoted ?? bare
    joined += extended ? percentDecoded(raw) : raw.replace(/\\(.)/g, '$1')
  }
  return joined
}

const PARAMETER =
  /;\s{0,80}([\w-]{1,40})(\*\d{1,2})?(\*)?\s{0,4}=\s{0,4}(?:"((?:[^"\\]|\\.){0,300})"|([^\s;"]{1,300}))/g

function percentDecoded(raw: string): string {
  const [charset = '', , text] = raw.split("'")
  const source = (text ?? raw).replace(/%([0-9A-Fa-f]{2})/g, '=$1')
  return decodeBytes(decodeQuotedPrintable(source), text === undefined ? '' : charset)
}
