/** Tells what may be a log, in place of `kb/ndr/logs/report.ts`; the readers come then. */
import { want } from '../../kb/ndr/parts.ts'
import type { Report } from '../../kb/types.ts'

type Readers = typeof import('./log-readers.ts')

let readers: Readers | undefined

export const learnLogs = (loaded: Readers): void => {
  readers = loaded
}

/** What no log of a known software is without. */
const SOFTWARE =
  /^\s*[[{]\s*["{]|postfix\S*\[|\bstat(?:us)?=|\bdelivery \d+:|\d\d:\d\d:\d\d.{0,200}(?: (?:\*\*|==|=>|->|>>)|rejected) |^[ \t]*(?:Event(?:Id)?|RecipientAddress) {0,30}:|\{LED=|queued for |advanced queu|categorizer|through smtp|outbound transfer|delivered locally|(?:SMTP|Store(?: Driver)?|Queue?ing|AQ|MTA|DSN): .{0,200}(?:deliver|ndr gen)|\dT[\d:.]{8,16}Z?,|OutboundConn|SMTPSVC\d|[2345]\d\d[+-]\S+\+/im
/** Rows of a table: an event, a source. */
const ROW =
  /(?:^|[\s,])(?:FAIL|DEFER|DELIVER(?:FAIL)?|BADMAIL|POISONMESSAGE|SEND(?:EXTERNAL)?|EXPAND|Failed|Pending|Delivered|Expanded)[\s,]/
const SOURCE = /(?:^|[\s,])(?:SMTP|STOREDRIVER|ROUTING|QUEUE|DNS|AGENT|GATEWAY|ADMIN|DSN)[\s,]/
/** … and no dialogue or banner. */
const LINES =
  /^\W{0,9}(?:\d{1,3}[:)]|[CS]:)?\W{0,9}(?:[EH]E?H?LO|MAIL FROM|RCPT|[BD]DAT|DATA|STARTTLS|AUTH|RSET|QUIT|VRFY|NOOP|X)|220[ +-]/im

const isRow = (line: string): boolean => ROW.test(line) && SOURCE.test(line)

export function softwareLogReport(text: string): Report | undefined {
  if (readers) return readers.softwareLogReport(text)
  if (SOFTWARE.test(text) || text.split('\n').some(isRow)) want('logs')
  return undefined
}

export function linesReport(text: string): Report | undefined {
  if (readers) return readers.linesReport(text)
  if (LINES.test(text)) want('logs')
  return undefined
}
