/** What a report tells, as facts that conditions can ask for. */
import type { Fact, Reason, Recipient, Report } from '../types.ts'
import { PRODUCTS } from './data.ts'

type Values = readonly (string | number | null | undefined)[]

/** Everything in a report that speaks for or against a cause; each name may occur several times. */
export function factsOf(report: Report, total = report.recipients.length): readonly Fact[] {
  const failed = concerned(report)
  const of = (read: (recipient: Recipient) => string | number | null | undefined) =>
    failed.map(read)
  return [
    ...facts('kind', [report.kind]),
    ...facts(
      'reason',
      of(({ reason }) => reason),
    ),
    ...facts(
      'code',
      of(({ enhancedStatusCode }) => enhancedStatusCode),
    ),
    ...facts('class', of(classOf)),
    ...facts(
      'replyCode',
      of(({ replyCode }) => replyCode),
    ),
    ...facts('product', [report.generator.id]),
    ...facts('family', [familyOf(report.generator.id)]),
    ...facts(
      'provider',
      of(({ provider }) => provider),
    ),
    ...facts(
      'rule',
      of(({ rule }) => rule),
    ),
    ...facts('layout', [report.layout]),
    ...facts('language', [report.language]),
    ...facts(
      'command',
      of(({ command }) => command),
    ),
    ...facts('sign', report.signs),
    ...facts('recipients', [total || null]),
    ...facts('hoursQueued', [hoursQueued(report)]),
    ...facts(
      'refusedBy',
      report.kind === 'none' ? [] : failed.map((one) => refusedBy(report, one)),
    ),
    ...facts(
      'remote',
      of(({ remoteMta }) => remoteMta?.toLowerCase()),
    ),
  ]
}

/** The recipients that a report is about: those that failed, else those not delivered, else all. */
export function concerned(report: Report): readonly Recipient[] {
  const open = report.recipients.filter(
    ({ action }) => action !== 'delivered' && action !== 'relayed' && action !== 'expanded',
  )
  // one that is still being tried is another matter than one that was refused
  const failed = open.filter(({ action }) => action !== 'delayed')
  if (report.kind === 'failure' && failed.length > 0) return failed
  return open.length > 0 ? open : report.recipients
}

/** The report as if it spoke of one of its recipients alone. */
export function aboutOne(report: Report, at: number): Report {
  const one = report.recipients[at]
  if (!one || report.recipients.length < 2) return report
  const kind = one.action ? KINDS[one.action] : report.kind
  return { ...report, kind, recipients: [one], text: withoutOthers(report, [one]) }
}

/** The recipients in question by what became of them: one group for each reason, in their order. */
function fates(report: Report): readonly (readonly Recipient[])[] {
  const groups = new Map<Reason, Recipient[]>()
  for (const one of concerned(report))
    groups.set(one.reason, [...(groups.get(one.reason) ?? []), one])
  return [...groups.values()]
}

/** The report as it speaks of each group of recipients who share a fate; itself where all share one. */
export function perFate(report: Report): readonly [Report, ...Report[]] {
  const [first, ...others] = fates(report)
  if (!first || others.length === 0) return [report]
  const about = (group: readonly Recipient[]): Report => ({
    ...report,
    recipients: [...group],
    text: withoutOthers(report, group),
  })
  return [about(first), ...others.slice(0, MOST_FATES - 1).map(about)]
}

/** Further ones are counted with the rest. */
const MOST_FATES = 4

/**
 * The words about the other recipients are blanked, letter by letter, so that the places of what was
 * read stay right: else one person's full mailbox would explain another's wrong address.
 */
function withoutOthers({ text, recipients }: Report, kept: readonly Recipient[]): string {
  const own = kept.flatMap(({ evidence }) => evidence)
  const foreign = recipients
    .filter((one) => !kept.includes(one))
    .flatMap(({ evidence }) => evidence)
    .filter(({ start, end }) => !own.some((one) => one.start < end && start < one.end))
    .sort((a, b) => a.start - b.start)
  let [left, at] = ['', 0]
  for (const { start, end } of foreign) {
    if (end <= at) continue
    const from = Math.max(start, at)
    left += text.slice(at, from) + ' '.repeat(end - from)
    at = end
  }
  return left + text.slice(at)
}

const KINDS = {
  failed: 'failure',
  delayed: 'delay',
  delivered: 'success',
  relayed: 'success',
  expanded: 'success',
} as const

/** Whose server said no, or gave up: the sender's own, the other side's, or not to be told. */
export function refusedBy(report: Report, recipient: Recipient): 'own' | 'other' | 'unknown' {
  const writer = siteOf(report.reportingMta ?? report.generator.host)
  const remote = siteOf(recipient.remoteMta)
  const theirs = siteOf(recipient.finalRecipient)
  if (remote && theirs && remote === theirs) return 'other'
  if (remote && writer) return remote === writer ? sameSite(writer) : 'other'
  if (remote || isPassedOn(report, recipient)) return 'other'
  if (!writer) return 'unknown'
  // no remote server is named: whoever wrote the report refused it or gave up (RFC 3464, 2.3.5)
  return theirs === writer ? 'other' : SHARED_SITES.has(writer) ? 'unknown' : 'own'
}

/** "#5.5.0 smtp;554 5.7.1 …", "returned an error -> 554 …": what follows is another server's answer. */
function isPassedOn({ text }: Report, { evidence }: Recipient): boolean {
  const answer = evidence.find(({ field }) => field === 'replyCode')
  if (!answer) return false
  return /(?:#[245]\.\d+\.\d+ smtp;|->)\s*$/.test(text.slice(0, answer.start).slice(-40))
}

/** Hours between the message's arrival and the report; null where one of both is missing or absurd. */
export function hoursQueued(report: Report): number | null {
  const [from, to] = [timeOf(report.arrivalDate), timeOf(report.reportDate)]
  if (from === undefined || to === undefined || to < from) return null
  return Math.round((to - from) / 360_000) / 10
}

/** Milliseconds of an ISO date; one without an offset counts as UTC, so that no time zone leaks in. */
export function timeOf(date: string | null): number | undefined {
  if (date === null) return undefined
  const time = Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/.test(date) ? date : `${date}Z`)
  return Number.isNaN(time) ? undefined : time
}

export const familyOf = (product: string | null): string | null =>
  product === null ? null : (PRODUCTS.find(({ id }) => id === product)?.family ?? null)

/** Sites that serve senders and recipients alike: the same name on both ends tells nothing. */
const SHARED_SITES = new Set(['outlook.com', 'google.com', 'googlemail.com', 'amazonses.com'])

const sameSite = (site: string) => (SHARED_SITES.has(site) ? 'unknown' : 'own')

/** The last two labels of a host or address, three under "co.uk" and the like; undefined for an IP. */
export function siteOf(name: string | null): string | undefined {
  const host = name
    ?.toLowerCase()
    .replace(/^.*@/, '')
    .replace(/[^a-z0-9.-].*$/, '')
  if (!host || /^[\d.]+$/.test(host)) return undefined
  const labels = host.split('.').filter(Boolean)
  if (labels.length < 2) return undefined
  const short = (labels.at(-2)?.length ?? 0) <= 3 && labels.at(-1)?.length === 2
  return labels.slice(short ? -3 : -2).join('.')
}

function classOf({ enhancedStatusCode, replyCode }: Recipient): string | null {
  return enhancedStatusCode?.[0] ?? (replyCode === null ? null : String(replyCode)[0]) ?? null
}

/** One fact for each different value; what is not known is no fact. */
function facts(name: string, values: Values): readonly Fact[] {
  const told = new Set(values.filter((value) => value !== null && value !== undefined).map(String))
  return [...told].map((value) => ({ name, value, from: 'report' as const }))
}
