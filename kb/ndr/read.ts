/** One door for whatever a file holds: a mail or pasted text. */
import type { Report } from '../types.ts'
import { parseMail } from './mail.ts'

/** Reads a file's bytes or a text. Never throws. */
export function readReport(input: Uint8Array | string): Report {
  return parseMail(input)
}
