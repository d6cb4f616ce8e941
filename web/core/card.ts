/** What the card says, from the local parse at once and from the server's diagnosis when it comes. */
import reasons from '../../kb/data/reasons.json' with { type: 'json' }
import type { Actor, Diagnosis, Reason, Recipient, Report, Resend } from '../../kb/types.ts'

export type Tone = 'bad' | 'wait' | 'good' | 'plain'
export type Verdict = 'failed' | 'delayed' | 'delivered' | 'autoReply' | 'complaint'

/** Where the mail stopped: on the own side, between the two, at the other side, or nobody can tell. */
export type Stop = 'own' | 'between' | 'other' | 'through' | 'unknown'

/** How lasting it is; empty where that is no question, or where the recipients differ in it. */
export type Lasting = 'permanent' | 'temporary' | 'given-up' | 'unsure' | ''

export type Card = {
  readonly tone: Tone
  readonly verdict: Verdict
  readonly reason: Reason
  readonly recipients: readonly { readonly address: string; readonly reason: Reason }[]
  readonly lasting: Lasting
  readonly actors: readonly Actor[]
  readonly resend: Resend
  readonly summary: string
  readonly codes: readonly string[]
  readonly stop: Stop
  readonly ownServer: string
  readonly otherServer: string
  readonly sent: string
  readonly reported: string
  readonly until: string
}

const KINDS: Record<Report['kind'], readonly [Tone, Verdict] | undefined> = {
  failure: ['bad', 'failed'],
  delay: ['wait', 'delayed'],
  success: ['good', 'delivered'],
  'auto-reply': ['good', 'autoReply'],
  complaint: ['plain', 'complaint'],
  none: undefined,
}

/** The card of a report; undefined where the text holds no report. */
export function cardOf(report: Report, diagnosis: Diagnosis | null): Card | undefined {
  const kind = KINDS[report.kind]
  if (!kind) return undefined
  const concerned = concernedOf(report)
  const [first] = concerned
  const reason = diagnosis?.reason ?? first?.reason ?? 'undefined'
  const common = reasons.find(({ id }) => id === reason)
  const delayed = report.kind === 'delay'
  return {
    tone: kind[0],
    verdict: kind[1],
    reason,
    recipients: report.recipients.map((one) => ({ address: addressOf(one), reason: one.reason })),
    lasting: lastingOf(report, diagnosis),
    actors: diagnosis?.actors ?? ((common?.actors ?? []) as Actor[]),
    resend: diagnosis?.resend ?? (delayed ? 'wait' : ((common?.resend ?? 'unknown') as Resend)),
    summary: diagnosis?.summary ?? '',
    codes: codesOf(concerned),
    stop: stopOf(report, first),
    ownServer: ownServerOf(report, first),
    otherServer: first?.remoteMta ?? '',
    sent: report.arrivalDate ?? '',
    reported: report.reportDate ?? first?.lastAttemptDate ?? '',
    until: first?.willRetryUntil ?? '',
  }
}

/** Those that the mail did not reach; who got it says nothing about the others. */
function concernedOf({ kind, recipients }: Report): readonly Recipient[] {
  const wanted = { failure: 'failed', delay: 'delayed' }[kind as string]
  const concerned = recipients.filter(({ action }) => action === null || action === wanted)
  return concerned.length > 0 ? concerned : recipients
}

/** A failure that is not permanent is final all the same, for this message: nobody tries it again. */
function lastingOf(report: Report, diagnosis: Diagnosis | null): Lasting {
  if (report.kind === 'delay') return 'temporary'
  if (report.kind !== 'failure') return ''
  const [one, ...others] = new Set(concernedOf(report).map(({ permanent }) => permanent))
  if (others.length > 0) return ''
  if ((diagnosis?.permanent ?? one) === true) return 'permanent'
  return one === undefined ? 'unsure' : 'given-up'
}

const addressOf = (one: Recipient) => one.finalRecipient ?? one.originalRecipient ?? ''

const codesOf = (recipients: readonly Recipient[]): string[] => [
  ...new Set(
    recipients
      .flatMap((one) => [one.replyCode, one.enhancedStatusCode])
      .filter((code) => code !== null)
      .map(String),
  ),
]

const same = (a: string | null, b: string | null): boolean =>
  a !== null && b !== null && a.toLowerCase() === b.toLowerCase()

/** Whoever wrote the report is the own side, unless it names itself as the refusing server. */
function ownServerOf(report: Report, first: Recipient | undefined): string {
  const writer = report.reportingMta ?? report.generator.host
  return writer !== null && !same(writer, first?.remoteMta ?? null) ? writer : ''
}

/** Reasons that mean nobody answered at the other end. */
const NO_ANSWER: readonly Reason[] = ['expired', 'networkerror', 'hostunknown', 'notaccept']

/** Says only what the report shows: a remote server that answered, or one that never did. */
function stopOf(report: Report, first: Recipient | undefined): Stop {
  if (report.kind !== 'failure' && report.kind !== 'delay') return 'through'
  if (!first) return 'unknown'
  const answered = first.replyCode !== null && first.remoteMta !== null
  if (answered) return 'other'
  if (first.reason === 'hostunknown' || first.reason === 'networkerror') return 'between'
  if (NO_ANSWER.includes(first.reason)) return 'own'
  return first.remoteMta !== null ? 'other' : 'unknown'
}
