/** The face of the parser for pasted text: pure, synchronous, never throws, the same in Node and browsers. */
import type { Report } from '../types.ts'
import { linesReport, softwareLogReport } from './logs/report.ts'
import { assemble } from './report.ts'
import { scan } from './scan.ts'
import { withoutTables } from './tables.ts'
import { normalise } from './text.ts'

/** Reads what a person pasted. What is not in the text is null. */
export function parseText(text: string): Report {
  const clean = normalise(text)
  const log = softwareLogReport(clean)
  if (log) return log
  const report = assemble(scan(withoutTables(clean)))
  return report.layout !== null || isTold(report) ? report : (linesReport(clean) ?? report)
}

const isTold = ({ recipients }: Report): boolean =>
  recipients.some(({ finalRecipient, reason }) => finalRecipient !== null && reason !== 'undefined')

/** Header fields that a whole mail has and a pasted report does not begin with. */
const MAIL_FIELD =
  /^(?:received|return-path|message-id|mime-version|content-type|delivered-to|x-[\w-]+|date|from|to|subject|dkim-signature|authentication-results|arc-[\w-]+|received-spf|envelope-to|auto-submitted)[ \t]*:/i
const TELLING =
  /^(?:received|return-path|mime-version|content-type|delivered-to|dkim-signature|received-spf|message-id)[ \t]*:/im

/**
 * Whether this is a whole mail, header first, for `parseMail`; a few pasted lines are not. The header
 * block that a mail client shows above a forwarded report (From, To, Subject) is not enough.
 */
export function looksLikeMail(text: string): boolean {
  const start = text.startsWith('From ') ? text.indexOf('\n') + 1 : 0
  const first = text.slice(start, start + 200).trimStart()
  if (!MAIL_FIELD.test(first)) return false
  const stop = text.slice(start).search(/\r?\n\r?\n/)
  const header = stop < 0 ? text.slice(start, start + 20_000) : text.slice(start, start + stop)
  return TELLING.test(header)
}
