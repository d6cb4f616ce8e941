/** A report that was copied as a table (cells between tabs, bars, commas) becomes lines "name: value". */

/** What a column or a row with the recipient is called. */
const RECIPIENT =
  /^(?:(?:final|original|failed)[- ])?(?:recipients?|rcpt|empfänger|destinataire|destinatario)(?:[- ]e?-?mail)?(?:[- ]address(?:es)?)?$/i
/** … and a column: a row "To" may be that of the report's own header. */
const COLUMN = /^(?:to|e-?mail|(?:e-?mail )?address|rcpt to)$/i
/** More cells, or longer rows, are no table of a report. */
const MOST_CELLS = 24
const LONGEST_ROW = 2000
const MOST_ROWS = 1000

/** The text with its tables as lines; the same text where it holds none. */
export function withoutTables(text: string): string {
  if (!/[\t,|]/.test(text)) return text
  const lines = text.split('\n')
  const out: string[] = []
  for (let from = 0; from < lines.length; ) {
    const rows = rowsFrom(lines, from)
    const taken = Math.max(1, rows.length)
    out.push(...(linesOf(rows.filter((row) => !isRule(row))) ?? lines.slice(from, from + taken)))
    from += taken
  }
  return out.join('\n')
}

/** Rows of as many cells as the first, from a line on. */
function rowsFrom(lines: readonly string[], from: number): string[][] {
  const rows: string[][] = []
  for (let at = from; at < Math.min(lines.length, from + MOST_ROWS); at++) {
    const row = cellsOf(lines[at] ?? '')
    if (row.length < 2 || row.length > MOST_CELLS) break
    if (rows[0] && rows[0].length !== row.length) break
    if (!rows[0] && isProse(lines[at] ?? '', row)) break
    rows.push(row)
  }
  return rows
}

/** Prose has commas too, with a blank behind them. */
const isProse = (line: string, row: readonly string[]): boolean =>
  line.includes(',') && !/[\t|]/.test(line) && !(/[a-z"],[a-z"]/i.test(line) && row.some(isColumn))

const isColumn = (name: string): boolean => RECIPIENT.test(name) || COLUMN.test(name)

function cellsOf(line: string): string[] {
  if (line.length > LONGEST_ROW) return []
  const row = line.trim()
  const cells = row.startsWith('|')
    ? row.replace(/^\||\|$/g, '').split('|')
    : row.includes('\t')
      ? line.trimEnd().split('\t')
      : commaSeparated(row)
  return cells.map((cell) => cell.trim().replace(/^[*"`]{1,3}|[*"`:]{1,3}$/g, ''))
}

/** Cells between commas, but for those inside quotes. */
function commaSeparated(row: string): string[] {
  const cells: string[] = []
  let open = false
  for (const piece of row.split(',')) {
    if (open) cells.push(`${cells.pop()},${piece}`)
    else cells.push(piece)
    if (piece.split('"').length % 2 === 0) open = !open
  }
  return cells
}

const isRule = (row: readonly string[]): boolean => row.every((cell) => /^:?-{1,40}$/.test(cell))

/** Names in the first row, or beside the values in the first column; else nothing is known. */
function linesOf(rows: readonly (readonly string[])[]): string[] | null {
  const [names = [], ...entries] = rows
  const column = names.findIndex(isColumn)
  if (column >= 0 && entries.some((row) => row[column]?.includes('@'))) {
    const labels = names.map((name) => (COLUMN.test(name) ? 'Recipient' : name))
    return entries.flatMap((row) => ['', ...row.map((cell, i) => `${labels[i]}: ${cell}`)])
  }
  const named = rows.some(([name = '', value]) => RECIPIENT.test(name) && value?.includes('@'))
  return named && names.length === 2 ? rows.map(([name, value]) => `${name}: ${value}`) : null
}
