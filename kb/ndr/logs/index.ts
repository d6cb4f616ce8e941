/** The face of the log readers: lines of a log, transcripts, tracking rows, webhooks, banners. */
import { readBanner } from './banner.ts'
import { readExim } from './exim.ts'
import { readKerio } from './kerio.ts'
import { readPostfix } from './postfix.ts'
import { readEximQueue, readQueue, readQueueList } from './queue.ts'
import { readRows } from './rows.ts'
import { readQmail, readSendmail } from './sendmail.ts'
import { readDialogue, readServiceLog } from './session.ts'
import {
  readTraceDetail,
  readTracking2003,
  readTrackingList,
  readTrackingRows,
} from './tracking.ts'
import type { LogReader, LogReading } from './types.ts'
import { readWebhook } from './webhook.ts'

type Readers = readonly (readonly [hint: RegExp, read: LogReader])[]

/**
 * Forms whose lines say whose they are, most telling first. Each reader goes through all lines, so
 * one look at the whole text tells first whether it can find anything.
 */
const OF_SOFTWARE: Readers = [
  [/^[ \t]*[[{]/m, readWebhook],
  [/^#Fields: |[,;\t]"?(?:recipient|dsn|message)|^[bdtr][qs]?,\d{4}-/im, readRows],
  [/ \d\d:\d\d(?::\d\d)?[ \t]+\S.*\n[ \t]*\(/, readQueue],
  [/^ *\d+[mhd] +[\d.]+[KMG]? +\S+ </m, readEximQueue],
  [/postfix|status=|NOQUEUE/, readPostfix],
  [/(?:^| )(?:\*\*|==|=>|->|>>) |rejected /m, readExim],
  [/stat=/, readSendmail],
  [/delivery \d|^\s{0,8}(?:failure|deferral): /m, readQmail],
  [/EventId|Recipient(?:Address|Status)|Event {1,20}:/i, readTrackingList],
  [/^[ \t]*(?:NextHopDomain|LastError) *:/m, readQueueList],
  [/\{LED=/, readTraceDetail],
  [
    /queued for|advanced queu|categorizer|through smtp|outbound transfer|delivered locally|message delivered|non-?deliver|ndr generated/i,
    readTracking2003,
  ],
  [/Queue-ID: /, readKerio],
  [
    /SMTPSVC|OutboundConnection|\d\d[+-]\S+\+|\dT\d\d:|\tSMTP-|-->|<--|>>>|<<<|"(?:SENT|RECEIVED):|SMTP<</,
    readServiceLog,
  ],
  [/\b(?:FAIL|DEFER|DELIVER|SEND|BADMAIL|POISON|EXPAND)/i, readTrackingRows],
]

/** Dialogues and banners, which also stand inside reports. */
const OF_ANYBODY: Readers = [
  [/\b(?:RCPT|MAIL FROM|EHLO|HELO|DATA)/i, readDialogue],
  [/220[ +-]/, readBanner],
]

/** What a log of a known software says, or undefined. Never throws. */
export const readSoftwareLog = (text: string): LogReading | undefined => firstOf(OF_SOFTWARE, text)

/** What a dialogue or a banner says, or undefined. Never throws. */
export const readLines = (text: string): LogReading | undefined => firstOf(OF_ANYBODY, text)

function firstOf(readers: Readers, text: string): LogReading | undefined {
  for (const [hint, read] of readers) {
    const reading = hint.test(text) ? read(text) : undefined
    if (reading) return reading
  }
  return undefined
}

export type { Found, LogReading, LogRecipient } from './types.ts'
