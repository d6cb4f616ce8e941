/** When it was sent, tried and given up, with the time between. */
import { concerned, timeOf } from '../../../kb/diagnose/facts.ts'
import { span } from '../../../kb/diagnose/summary.ts'
import type { Report } from '../../../kb/types.ts'

export type Timeline = {
  readonly steps: readonly { readonly what: string; readonly when: string }[]
  /** between sending and the report, in words; undefined where a time is missing or absurd */
  readonly waited: string | undefined
  readonly hours: number | undefined
}

export function timelineOf(report: Report): Timeline {
  const { arrivalDate, reportDate } = report
  const one = concerned(report)[0]
  const given = report.kind === 'delay' ? 'Report of the delay' : 'Given up, report written'
  const steps = [
    { what: 'Sent', when: arrivalDate },
    { what: 'Last try', when: one?.lastAttemptDate ?? null },
    { what: given, when: reportDate },
    { what: 'Will be tried until', when: one?.willRetryUntil ?? null },
  ].filter((step): step is { what: string; when: string } => step.when !== null)
  const [from, to] = [timeOf(arrivalDate), timeOf(reportDate)]
  const hours = from === undefined || to === undefined ? undefined : (to - from) / 3_600_000
  const sensible = hours !== undefined && hours >= 0 && hours < 24 * 60
  return {
    steps: steps.map(({ what, when }) => ({ what, when: readable(when) })),
    waited: sensible ? span(hours) : undefined,
    hours: sensible ? hours : undefined,
  }
}

/** "2011-02-24T09:12:00+01:00" → "2011-02-24 09:12 +01:00": as it was read, never moved to another zone. */
const readable = (iso: string): string =>
  iso
    .replace('T', ' ')
    .replace(/(\d\d:\d\d)(:\d\d)?(?:\.\d+)?/, '$1')
    .replace(/Z$/, ' UTC')
    .replace(/([+-]\d\d:?\d\d)$/, ' $1')
