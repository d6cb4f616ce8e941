/**
 * Outlook's `.msg` ([MS-OXMSG]): a mail that was saved out of Outlook. A bounce from outside is an
 * ordinary message whose machine-readable part became an attachment; Exchange's own report is a
 * message of class `REPORT.…` without a body: its words stand in the properties of its recipients.
 */
import type { Report } from '../types.ts'
import { readCompoundFile, type Storage, utf16 } from './cfb.ts'
import { parseText } from './index.ts'
import { parseMail } from './mail.ts'

/** Property ids of [MS-OXPROPS]. */
const SUBJECT = '0037'
const MESSAGE_CLASS = '001A'
const ORIGINAL_SUBJECT = '0049'
const HEADERS = '007D'
const BODY = '1000'
const REPORT_TEXT = '1001'
const HTML = '1013'
const DISPLAY_NAME = '3001'
const EMAIL_ADDRESS = '3003'
const SMTP_ADDRESS = '39FE'
const SUPPLEMENTARY_INFO = '0C1B'
const ATTACH_DATA = '3701'
const ATTACH_LONG_NAME = '3707'
const ATTACH_MIME_TYPE = '370E'

/** Attachments that belong to a report; the others are of no use here and are not read. */
const REPORT_PARTS =
  /^(?:message\/(?:global-)?delivery-status|text\/rfc822-headers|message\/feedback-report|message\/rfc822)$/i
const HEADER_OF_BODY = /^(?:content-[\w-]+|mime-version):/i
const BOUNDARY = 'parts-of-a-saved-message'

/** Reads a `.msg`; undefined where the bytes are none. Never throws. */
export function parseMsg(bytes: Uint8Array): Report | undefined {
  const root = readCompoundFile(bytes)
  if (root === undefined) return undefined
  const isReport = /^report\./i.test(property(root, MESSAGE_CLASS) ?? '')
  const body = property(root, BODY) ?? property(root, REPORT_TEXT) ?? ''
  return isReport && body.trim() === '' ? parseText(reportOf(root)) : parseMail(mailOf(root, body))
}

/** A string property: UTF-16 (001F), else 8-bit (001E), else binary (0102) read as UTF-8. */
function property(storage: Storage, id: string): string | undefined {
  const wide = storage.streams.get(`__substg1.0_${id}001F`)
  if (wide) return utf16(wide).replace(/\0+$/, '')
  const narrow =
    storage.streams.get(`__substg1.0_${id}001E`) ?? storage.streams.get(`__substg1.0_${id}0102`)
  return narrow ? decode(narrow).replace(/\0+$/, '') : undefined
}

/** UTF-8 where it is valid, else the Windows code page that most such files are written in. */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** What Outlook would show of Exchange's own report, in the words of Exchange 2003. */
function reportOf(root: Storage): string {
  const subject = property(root, ORIGINAL_SUBJECT) ?? property(root, SUBJECT) ?? ''
  const recipients = [...root.storages].filter(([name]) => name.startsWith('__recip'))
  const lines = recipients.map(([, recipient]) => {
    const address = property(recipient, SMTP_ADDRESS) ?? property(recipient, EMAIL_ADDRESS)
    return [
      `${property(recipient, DISPLAY_NAME) ?? ''}${address ? ` <${address}>` : ''}`,
      property(recipient, REPORT_TEXT) ?? '',
      property(recipient, SUPPLEMENTARY_INFO) ?? '',
    ]
      .filter((line) => line.trim() !== '')
      .join('\n      ')
  })
  return [
    'Your message did not reach some or all of the intended recipients.',
    `      Subject: ${subject}`,
    'The following recipient(s) could not be reached:',
    ...lines.map((line) => `      ${line}`),
  ].join('\n\n')
}

/** The message as a mail again: its headers, its body, and the parts that make it a report. */
function mailOf(root: Storage, body: string): string {
  const headers = (property(root, HEADERS) ?? `Subject: ${property(root, SUBJECT) ?? ''}`)
    .replace(/\r\n?/g, '\n')
    .replace(/\n[ \t]+/g, ' ')
    .split('\n')
    .filter((line) => /^[\w-]+:/.test(line) && !HEADER_OF_BODY.test(line))
  const parts = [
    body.trim() === '' ? part('text/html', property(root, HTML) ?? '') : part('text/plain', body),
    ...attachments(root),
  ]
  return [
    ...headers,
    'MIME-Version: 1.0',
    `Content-Type: multipart/mixed; boundary="${BOUNDARY}"`,
    '',
    ...parts,
    `--${BOUNDARY}--`,
    '',
  ].join('\n')
}

const part = (type: string, content: string): string =>
  `--${BOUNDARY}\nContent-Type: ${type}; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n${content}\n`

function attachments(root: Storage): string[] {
  return [...root.storages]
    .filter(([name]) => name.startsWith('__attach'))
    .map(([, attachment]) => {
      const type = typeOf(attachment)
      const data = attachment.streams.get(`__substg1.0_${ATTACH_DATA}0102`)
      return type && data ? part(type, decode(data)) : ''
    })
    .filter((text) => text !== '')
}

/** Outlook sometimes keeps only the name that the part had: "details.txt", "ATT00001.dat". */
function typeOf(attachment: Storage): string | undefined {
  const type = property(attachment, ATTACH_MIME_TYPE) ?? ''
  if (REPORT_PARTS.test(type)) return type
  const data = attachment.streams.get(`__substg1.0_${ATTACH_DATA}0102`)
  const name = property(attachment, ATTACH_LONG_NAME) ?? ''
  const small = data !== undefined && data.length < 65_536
  return small && /\.(?:txt|dat|dsn)$/i.test(name) && /^Reporting-MTA:/im.test(decode(data))
    ? 'message/delivery-status'
    : undefined
}
