/** The face of the parser for pasted text. */
import type { Report } from '../types.ts'

/** What is known before anything was read. */
const emptyReport = (text: string): Report => ({
  kind: 'none',
  layout: null,
  generator: { id: null, product: null, version: null, host: null },
  language: null,
  subject: null,
  arrivalDate: null,
  reportDate: null,
  messageId: null,
  reportingMta: null,
  recipients: [],
  text,
  warnings: [],
  signs: [],
})

/** Reads what a person pasted. Never throws; what is not in the text is null. */
export function parseText(text: string): Report {
  return emptyReport(text)
}

/** Whether this is a whole mail (headers first), for `parseMail` to read, and not a few pasted lines. */
export function looksLikeMail(text: string): boolean {
  return /^[A-Za-z-]+:/.test(text)
}
