/** Reads the dates of reports into ISO 8601; without an offset where the text names none. */

const MONTHS = 'janfebmaraprmayjunjulaugsepoctnovdec'
const ZONES: Readonly<Record<string, string>> = {
  UT: 'Z',
  UTC: 'Z',
  GMT: 'Z',
  Z: 'Z',
  EST: '-05:00',
  EDT: '-04:00',
  CST: '-06:00',
  CDT: '-05:00',
  MST: '-07:00',
  MDT: '-06:00',
  PST: '-08:00',
  PDT: '-07:00',
}
/** "Thu, 29 Apr 2015 23:34:45 +0900 (JST)" */
const MAIL_DATE =
  /(\d{1,2})[ -]([A-Za-z]{3})[a-z]{0,6}[ -](\d{4}|\d{2}),?[ ]{1,2}(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[ ]{0,2}([+-]\d{4}|[A-Z]{1,4})\b)?/
/** "Thu Apr 29 23:34:45 GMT 2013" */
const UNIX_DATE =
  /([A-Za-z]{3})[ ]{1,2}(\d{1,2})[ ](\d{1,2}):(\d{2}):(\d{2})(?:[ ]([A-Z]{1,4}))?[ ](\d{4})/
const ISO_DATE =
  /(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2}))?(?:\.\d{1,9})?(?:[ ]?(Z|[+-]\d{2}:?\d{2}))?/
/** "8/20/2008 11:44 AM": with AM or PM it is an American date, month first. */
const US_DATE =
  /(\d{1,2})\/(\d{1,2})\/(\d{4}|\d{2}),?[ ](\d{1,2}):(\d{2})(?::(\d{2}))?[ ]?([AaPp])\.?[Mm]/
/** "20.08.2008 11:44" */
const DOTTED_DATE = /(\d{1,2})\.(\d{1,2})\.(\d{4}),?[ ](\d{1,2}):(\d{2})(?::(\d{2}))?/

export type FoundDate = { readonly iso: string; readonly start: number; readonly end: number }

/** The first date in a piece of text; offsets are within the piece. */
export function findDate(piece: string): FoundDate | null {
  for (const [pattern, read] of READERS) {
    const match = pattern.exec(piece)
    const iso = match && read(match)
    if (iso) return { iso, start: match.index, end: match.index + match[0].trimEnd().length }
  }
  return null
}

const READERS: readonly (readonly [RegExp, (m: RegExpExecArray) => string | null])[] = [
  [ISO_DATE, (m) => iso(m[1], m[2], m[3], m[4], m[5], m[6], zone(m[7]))],
  [MAIL_DATE, (m) => iso(m[3], month(m[2]), m[1], m[4], m[5], m[6], zone(m[7]))],
  [UNIX_DATE, (m) => iso(m[7], month(m[1]), m[2], m[3], m[4], m[5], zone(m[6]))],
  [US_DATE, (m) => iso(m[3], m[1], m[2], hour(m[4], m[7]), m[5], m[6], '')],
  [DOTTED_DATE, (m) => iso(m[3], m[2], m[1], m[4], m[5], m[6], '')],
]

function month(name: string | undefined): string | undefined {
  const at = MONTHS.indexOf((name ?? '').toLowerCase())
  return at >= 0 && at % 3 === 0 ? String(at / 3 + 1) : undefined
}

function hour(text: string | undefined, half: string | undefined): string {
  const twelve = Number(text) % 12
  return String(half?.toLowerCase() === 'p' ? twelve + 12 : twelve)
}

function zone(text: string | undefined): string {
  if (!text) return ''
  if (/^[+-]/.test(text)) return `${text.slice(0, 3)}:${text.slice(-2)}`
  return ZONES[text] ?? ''
}

type Part = string | undefined

function iso(
  y: Part,
  mo: Part,
  d: Part,
  h: Part,
  mi: Part,
  s: Part,
  offset: string,
): string | null {
  const year = Number(y) < 100 ? Number(y) + (Number(y) < 70 ? 2000 : 1900) : Number(y)
  const numbers = [Number(mo), Number(d), Number(h), Number(mi), Number(s ?? 0)]
  const [monthNumber = 0, day = 0, hours = 0, minutes = 0, seconds = 0] = numbers
  const valid =
    monthNumber >= 1 && monthNumber <= 12 && day >= 1 && day <= 31 && hours < 24 && minutes < 60
  if (!valid || seconds > 60) return null
  const [mm, dd, hh, mi2, ss] = numbers.map((n) => String(n).padStart(2, '0'))
  return `${year}-${mm}-${dd}T${hh}:${mi2}:${ss}${offset}`
}
