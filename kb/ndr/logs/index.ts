/** The face of the log readers: lines of a log, transcripts, tracking rows, webhooks, banners. */
import { readBanner } from './banner.ts'
import { readExim } from './exim.ts'
import { readPostfix } from './postfix.ts'
import { readQmail, readSendmail } from './sendmail.ts'
import { readSession } from './session.ts'
import {
  readTraceDetail,
  readTracking2003,
  readTrackingList,
  readTrackingRows,
} from './tracking.ts'
import type { LogReader, LogReading } from './types.ts'
import { readWebhook } from './webhook.ts'

/**
 * Most telling form first: what names its own software before what could be anybody's. Each reader
 * goes through all lines, so one look at the whole text tells first whether it can find anything.
 */
const READERS: readonly (readonly [hint: RegExp, read: LogReader])[] = [
  [/^\s*[[{]/, readWebhook],
  [/postfix|status=/, readPostfix],
  [/ (?:\*\*|==|=>|->|>>) |rejected /, readExim],
  [/stat=/, readSendmail],
  [/delivery \d/, readQmail],
  [/EventId|Recipient(?:Address|Status)|Event {1,20}:/i, readTrackingList],
  [/\{LED=/, readTraceDetail],
  [
    /queued for|advanced queu|categorizer|through smtp|outbound transfer|delivered locally|message delivered|non-?deliver|ndr generated/i,
    readTracking2003,
  ],
  [/\b(?:RCPT|MAIL FROM|EHLO|HELO|DATA|SMTPSVC|OutboundConnection)|\d\d[+-]\S+\+/i, readSession],
  [/\b(?:FAIL|DEFER|DELIVER|SEND|BADMAIL|POISON|EXPAND)/i, readTrackingRows],
  [/220[ +-]/, readBanner],
]

/** What a log says, or undefined where the text is none of the known forms. Never throws. */
export function readLog(text: string): LogReading | undefined {
  for (const [hint, read] of READERS) {
    const reading = hint.test(text) ? read(text) : undefined
    if (reading) return reading
  }
  return undefined
}

export type { Found, LogReading, LogRecipient } from './types.ts'
