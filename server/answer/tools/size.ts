/** Sizes and limits that a report names, in megabytes. */

export type Size = { readonly size: string | undefined; readonly limit: string | undefined }

const NUMBER = '(\\d[\\d.,]*)\\s*(bytes?|octets?|kb|kib|mb|mib)?'
const LIMIT = new RegExp(
  `(?:limit|maximum|max(?:imum)?[ -]?size|fixed maximum|exceeds(?: the)?(?: maximum)?(?: size)?(?: limit)?(?: of)?)\\D{0,40}?${NUMBER}`,
  'i',
)
const ACTUAL = new RegExp(`(?:message size|size is|size of|size=|size:)\\D{0,20}?${NUMBER}`, 'i')

export function readSize(text: string): Size | undefined {
  const [size, limit] = [amount(ACTUAL.exec(text)), amount(LIMIT.exec(text))]
  return size || limit ? { size: size === limit ? undefined : size, limit } : undefined
}

function amount(match: RegExpExecArray | null): string | undefined {
  if (!match) return undefined
  const value = Number((match[1] ?? '').replace(/[.,](?=\d{3}\b)/g, '').replace(',', '.'))
  const unit = (match[2] ?? 'bytes').toLowerCase()
  const bytes = unit.startsWith('k')
    ? value * 1024
    : unit.startsWith('m')
      ? value * 1024 ** 2
      : value
  if (!Number.isFinite(bytes) || bytes < 10_000) return undefined
  return `${(bytes / 1024 ** 2).toFixed(bytes < 1024 ** 2 * 10 ? 1 : 0)} MB`
}
