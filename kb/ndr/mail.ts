/** The face of the parser for whole mails. */
import type { Report } from '../types.ts'
import { parseText } from './index.ts'

/** Reads a raw mail (RFC 5322 with MIME). Never throws. */
export function parseMail(raw: Uint8Array | string): Report {
  return parseText(typeof raw === 'string' ? raw : '')
}
