/** What can be read off a text beyond the report itself: each tool finds its thing or nothing. */
import type { Report } from '../../../kb/types.ts'
import { type AuthResult, readAuthResults } from './auth-results.ts'
import { type Banner, readBanner } from './banner.ts'
import { type Blocklist, findBlocklist, isRefusedQuery } from './dnsbl.ts'
import { type Hop, readHops } from './hops.ts'
import { findX500, type X500 } from './imceaex.ts'
import { readSize, type Size } from './size.ts'
import { type Timeline, timelineOf } from './timeline.ts'
import { readTracking, type Tracked } from './tracking.ts'
import { type LogRow, readLogRow } from './w3c.ts'

export type Tools = {
  /** of the last message: a line that was pasted to be explained */
  readonly banner: Banner | undefined
  readonly tracked: Tracked | undefined
  readonly logRow: LogRow | undefined
  /** of the report under discussion, or of the last message */
  readonly auth: readonly AuthResult[]
  /** of headers that were pasted without a report, oldest first */
  readonly hops: readonly Hop[]
  readonly x500: X500 | undefined
  readonly blocklist: Blocklist | undefined
  readonly refusedQuery: boolean
  readonly size: Size | undefined
  readonly timeline: Timeline | undefined
}

/** `message`: the last message whole; `report`: what is under discussion. */
export function runTools(message: string, report: Report | null, isNew: boolean): Tools {
  const text = report?.text ?? message
  const one = report?.recipients.map(({ diagnosticCode }) => diagnosticCode ?? '').join('\n') ?? ''
  const isListing = report?.recipients.some(
    ({ reason }) => reason === 'blocked' || reason === 'badreputation',
  )
  return {
    banner: isNew ? undefined : readBanner(message),
    tracked: isNew ? undefined : readTracking(message),
    logRow: isNew ? undefined : readLogRow(message),
    auth: readAuthResults(isNew ? text : message),
    hops: isNew || report ? [] : readHops(message),
    x500: findX500(message) ?? findX500(text),
    blocklist: isListing ? findBlocklist(one || text) : findBlocklist(message),
    refusedQuery: isRefusedQuery(one || message),
    size: report?.recipients.some(
      ({ reason }) => reason === 'mesgtoobig' || reason === 'exceedlimit',
    )
      ? readSize(one || text)
      : undefined,
    timeline: report ? timelineOf(report) : undefined,
  }
}
