/** A row of the W3C log of the Windows SMTP service (Exchange 2000 and 2003), laid out. */

export type LogRow = {
  readonly cells: readonly (readonly [string, string])[]
  readonly outbound: boolean
}

/** The columns that the service writes when all are chosen, in their order. */
const DEFAULT_FIELDS =
  'date time c-ip cs-username s-sitename s-computername s-ip s-port cs-method cs-uri-stem cs-uri-query sc-status sc-win32-status sc-bytes cs-bytes time-taken cs-version cs-host cs(User-Agent) cs(Cookie) cs(Referer)'.split(
    ' ',
  )

const NAMES: Readonly<Record<string, string>> = {
  date: 'date (UTC)',
  time: 'time (UTC)',
  'c-ip': 'the other side’s address',
  'cs-username': 'name it gave, or direction',
  'cs-method': 'command',
  'cs-uri-query': 'what was said',
  'sc-status': 'reply code',
  'sc-win32-status': 'Windows error',
  'time-taken': 'milliseconds',
}

/** Lays out the first row of a pasted log. With a `#Fields:` line its order counts, else the usual one. */
export function readLogRow(text: string): LogRow | undefined {
  const lines = text.split('\n').map((line) => line.trim())
  const fields =
    lines
      .find((line) => line.startsWith('#Fields:'))
      ?.slice(8)
      .trim()
      .split(/\s+/) ?? DEFAULT_FIELDS
  const row = lines.find((line) => /^\d{4}-\d\d-\d\d[\s,]\d\d:\d\d:\d\d\s/.test(line))?.split(/\s+/)
  if (row === undefined || row.length < 8) return undefined
  const cells = fields.flatMap((field, at) => {
    const [name, value] = [NAMES[field], row[at]]
    if (name === undefined || value === undefined || value === '-') return []
    return [[name, value.replaceAll('+', ' ')] as const]
  })
  return { cells, outbound: /OutboundConnection/i.test(text) }
}
