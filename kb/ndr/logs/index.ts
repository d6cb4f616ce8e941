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

/** Most telling form first: what names its own software before what could be anybody's. */
const READERS: readonly LogReader[] = [
  readWebhook,
  readPostfix,
  readExim,
  readSendmail,
  readQmail,
  readTrackingList,
  readTraceDetail,
  readTracking2003,
  readSession,
  readTrackingRows,
  readBanner,
]

/** What a log says, or undefined where the text is none of the known forms. Never throws. */
export function readLog(text: string): LogReading | undefined {
  for (const read of READERS) {
    const reading = read(text)
    if (reading) return reading
  }
  return undefined
}

export type { Found, LogReading, LogRecipient } from './types.ts'
