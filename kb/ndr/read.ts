/** One door for whatever a file or a paste holds: a mail, a saved Outlook message, a mailbox, or text. */
import type { Report } from '../types.ts'
import { isCompoundFile } from './cfb.ts'
import { decodeBytes } from './decode.ts'
import { looksLikeMail, parseText } from './index.ts'
import { parseMail } from './mail.ts'
import { looksLikeMbox, mailsOf, merge } from './mbox.ts'
import { parseMsg } from './msg.ts'

/** Bytes that are looked at to tell a mail from text; a header begins at once. */
const HEAD = 64 * 1024

/** Reads a file's bytes or a text. Never throws. */
export function readReport(input: Uint8Array | string): Report {
  if (typeof input === 'string') return readText(input)
  if (isCompoundFile(input)) return parseMsg(input) ?? parseText('')
  const head = decodeBytes(input.subarray(0, HEAD), '')
  if (looksLikeMbox(head)) return readMbox(decodeBytes(input, ''))
  return looksLikeMail(head) ? parseMail(input) : parseText(decodeBytes(input, ''))
}

function readText(text: string): Report {
  if (looksLikeMbox(text)) return readMbox(text)
  return looksLikeMail(text) ? parseMail(text) : parseText(text)
}

/** One mail behind a "From " line is the commonest mailbox: then its report is the answer. */
function readMbox(text: string): Report {
  return merge(mailsOf(text).map((mail) => parseMail(mail))) ?? parseText(text)
}
