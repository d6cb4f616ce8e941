/**
 * Rows under a head that names their columns: Exchange's tracking log files, `Get-MessageTrace` and the
 * admin centre's exports, PowerMTA's accounting files.
 */
import type { Action } from '../../types.ts'
import { address, codesIn, isoDate, linesOf, span } from './found.ts'
import { kindOf } from './postfix.ts'
import { ACTIONS, led } from './tracking.ts'
import type { Found, LogReading, LogRecipient } from './types.ts'

/** Names of columns, in lower case and letters alone, by what they hold. */
const COLUMNS: Readonly<Record<string, string>> = {
  recipientaddress: 'to',
  recipient: 'to',
  rcpt: 'to',
  eventid: 'event',
  dsnaction: 'event',
  status: 'event',
  recipientstatus: 'said',
  dsndiag: 'said',
  dsnstatus: 'code',
  dsnmta: 'remote',
  datetime: 'time',
  timelogged: 'time',
  received: 'time',
  origintimestamputc: 'time',
  messagesubject: 'subject',
  subject: 'subject',
}

type Table = {
  readonly layout: string
  readonly product: string
  /** columns that only this table has all of */
  readonly has: readonly string[]
}
const TABLES: readonly Table[] = [
  { layout: 'tracking-log', product: 'exchange-server', has: ['eventid', 'recipientaddress'] },
  { layout: 'powermta-log', product: 'powermta', has: ['rcpt', 'dsnaction'] },
  {
    layout: 'message-trace',
    product: 'exchange-online',
    has: ['messagetraceid', 'recipientaddress', 'status'],
  },
  {
    layout: 'message-trace',
    product: 'exchange-online',
    has: ['origintimestamputc', 'recipientstatus'],
  },
  {
    layout: 'message-trace',
    product: 'exchange-online',
    has: ['sender', 'recipient', 'subject', 'status'],
  },
]

/** The order of PowerMTA's columns where nobody chose another. */
const POWERMTA =
  'type,timelogged,timequeued,orig,rcpt,orcpt,dsnaction,dsnstatus,dsndiag,dsnmta'.split(',')
const POWERMTA_ROW = /^(?:b|d|t|tq|rb|rs),\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[+-]\d{4},/

const letters = (name: string): string => name.toLowerCase().replace(/[^a-z]/g, '')

export function readRows(text: string): LogReading | undefined {
  let table: Table | undefined
  let names: readonly string[] = []
  let separator = ','
  const recipients: LogRecipient[] = []
  let subject: Found<string> | undefined
  let reportDate: string | undefined
  for (const line of linesOf(text)) {
    const head = headOf(line.value)
    if (head) {
      ;({ table, names, separator } = head)
      continue
    }
    if (!table && POWERMTA_ROW.test(line.value)) {
      table = TABLES[1]
      names = POWERMTA
    }
    if (!table) continue
    const row = cellsOf(text, line, separator)
    const cell = (role: string): Found<string> | undefined => {
      const at = names.findIndex((name, i) => COLUMNS[name] === role && row[i] !== undefined)
      return at < 0 ? undefined : row[at]
    }
    const found = rowOf(text, cell, names)
    if (found.length === 0) continue
    recipients.push(...found)
    subject ??= cell('subject')
    reportDate = isoDate(cell('time')?.value ?? '') ?? reportDate
  }
  return table && recipients.length > 0
    ? {
        text,
        layout: table.layout,
        kind: kindOf(recipients),
        product: table.product,
        subject,
        reportDate,
        recipients,
        signs: [table.layout === 'powermta-log' ? 'log' : 'tracking'],
      }
    : undefined
}

function headOf(line: string): {
  readonly table: Table
  readonly names: readonly string[]
  readonly separator: string
} | null {
  if (line.length > 2000) return null
  const separator = line.includes('\t') ? '\t' : line.includes(';') ? ';' : ','
  const names = line
    .replace(/^#Fields: /, '')
    .split(separator)
    .map(letters)
  const table = TABLES.find(({ has }) => has.every((name) => names.includes(name)))
  return table ? { table, names, separator } : null
}

type Cell = (role: string) => Found<string> | undefined

function rowOf(text: string, cell: Cell, names: readonly string[]): LogRecipient[] {
  const said = cell('said')
  if (!names.some((name) => COLUMNS[name] === 'to')) return said ? traced(text, said) : []
  const action = ACTIONS[cell('event')?.value.toUpperCase() ?? '']
  const to = cell('to')
  if (action === undefined || to === undefined) return []
  const remote = cell('remote')
  const code = cell('code')
  return piecesOf(text, to, ';').map((one) => ({
    finalRecipient: address(text, one),
    action,
    ...answerOf(text, said),
    ...(code && /^[245]\.\d{1,3}\.\d{1,3}/.test(code.value) && !codeIn(said)
      ? { enhancedStatusCode: firstWord(code) }
      : {}),
    ...(remote ? { remoteMta: firstWord(remote) } : {}),
  }))
}

const codeIn = (said: Found<string> | undefined): unknown =>
  said && codesIn(said).enhancedStatusCode

/** "mx.example.org (192.0.2.1)", "5.1.1 (bad destination mailbox address)" */
const firstWord = (found: Found<string>): Found<string> => {
  const value = found.value.split(/\s/, 1)[0] as string
  return { value, start: found.start, end: found.start + value.length }
}

function answerOf(text: string, said: Found<string> | undefined): LogRecipient {
  if (!said) return {}
  if (said.value.includes('{LED=')) return led(text, said)
  const type = /^smtp; ?/i.exec(said.value)?.[0].length ?? 0
  const plain = span(text, said.start + type, said.end)
  return plain ? { ...codesIn(plain), diagnosticCode: plain } : {}
}

/** "ann@example.org##Receive, Fail;bob@example.org##Receive, Deliver": the last event counts. */
function traced(text: string, said: Found<string>): LogRecipient[] {
  return piecesOf(text, said, ';').flatMap((one) => {
    const at = one.value.indexOf('##')
    if (at < 0) return []
    const last =
      one.value
        .slice(at + 2)
        .split(',')
        .at(-1) ?? ''
    const action: Action | undefined =
      ACTIONS[last.trim().toUpperCase()] ?? (/^\s*fail/i.test(last) ? 'failed' : undefined)
    const to = address(text, span(text, one.start, one.start + at))
    return action && to ? [{ finalRecipient: to, action }] : []
  })
}

function piecesOf(text: string, found: Found<string>, separator: string): Found<string>[] {
  let start = found.start
  return found.value.split(separator).flatMap((piece) => {
    const one = span(text, start, start + piece.length)
    start += piece.length + 1
    return one ?? []
  })
}

/** More cells no row of these has. */
const MOST_CELLS = 100

/** The cells of a row, with their places; a separator inside quotes is none. */
function cellsOf(
  text: string,
  line: Found<string>,
  separator: string,
): readonly (Found<string> | undefined)[] {
  const cells: (Found<string> | undefined)[] = []
  let start = line.start
  while (start <= line.end && cells.length < MOST_CELLS) {
    const quoted = text[start] === '"'
    const close = quoted ? text.indexOf('"', start + 1) : -1
    const from = quoted && close > 0 && close < line.end ? close : start
    const next = text.indexOf(separator, from)
    const end = next < 0 || next > line.end ? line.end : next
    const cell = span(text, start, end)
    const bare =
      cell && cell.value.length > 1 && cell.value.startsWith('"') && cell.value.endsWith('"')
        ? span(text, cell.start + 1, cell.end - 1)
        : cell
    cells.push(bare)
    start = end + 1
  }
  return cells
}
