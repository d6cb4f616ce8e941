/** One plain sentence for the person who pasted the report. */
import type { Diagnosis, ReasonData, Recipient, Report } from '../types.ts'
import { concerned, hoursQueued, perFate } from './facts.ts'
import type { Ranked } from './rank.ts'

/** From this likelihood on, a cause speaks for the whole; below it, what all candidates share does. */
const LEADS = 0.5

/** The cause that is likely enough to be named as the one. */
export const leading = (ranked: readonly Ranked[]): Ranked | undefined =>
  ranked.find(({ likelihood }) => likelihood >= LEADS)

/** A favourite is this likely, and by this factor likelier than the next. */
const FAVOURED = 0.3
const AHEAD = 1.5
const FAR_AHEAD = 2.5

/**
 * The cause that stands for the whole: the leading one; or the clear favourite where nothing but a
 * code told the reason, for then the code's registered meaning is only one reading among others.
 */
export function speaking(ranked: readonly Ranked[], report: Report | null): Ranked | undefined {
  const first = leading(ranked)
  if (first || report === null) return first
  // words of the report that speak for it do as well, where nothing else comes near
  const ahead = ranked[0]?.why.length ? FAR_AHEAD : undefined
  return isCodeOnly(report) ? favourite(ranked, AHEAD) : ahead && favourite(ranked, ahead)
}

function favourite([first, second]: readonly Ranked[], ahead: number): Ranked | undefined {
  if (!first || first.likelihood < FAVOURED) return undefined
  return first.likelihood >= ahead * (second?.likelihood ?? 0) ? first : undefined
}

const isCodeOnly = (report: Report): boolean =>
  concerned(report).every(({ rule, enhancedStatusCode }) => rule === null && enhancedStatusCode)

const LATE = 'Your message is late but not lost: a server keeps trying to deliver it'

const PUT_OFF =
  'Your message is not lost: the answer is a temporary one, and a mail server then tries again by itself'

/** One line of a server's answer, without a report around it: nobody says that it is tried again. */
const isBareAnswer = ({ layout, generator, recipients }: Report): boolean =>
  layout === null && generator.id === null && recipients.every(({ action }) => action === null)

/** Reasons whose sentence is true of a message that still waits, and says why it does. */
const TELLING = new Set([
  'mailboxfull',
  'systemfull',
  'systemerror',
  'networkerror',
  'toomanyconn',
  'speeding',
  'failedstarttls',
  'badreputation',
  'authfailure',
  'requireptr',
])

/** What happened, in plain words, with what became of the message. */
export function summarise(
  report: Report | null,
  reason: ReasonData | undefined,
  ranked: readonly Ranked[],
): string {
  const lead = said(ranked, report)
  const about = lead ?? ranked[0]?.cause.summary ?? ''
  switch (report?.kind) {
    case 'delay':
      return join(
        isBareAnswer(report) ? PUT_OFF : LATE,
        lead ?? (reason && TELLING.has(reason.id) ? reason.summary : undefined),
      )
    case 'success':
      return 'This is good news, not a failure: the report confirms that your message was passed on.'
    case 'auto-reply':
      return 'This is an automatic reply, not a failed delivery: your message arrived.'
    case 'complaint':
      return lead ?? 'This is a complaint about a message as spam, not a failed delivery.'
    case 'failure':
      return lead ?? failed(reason, report)
    default:
      return lead ?? about
  }
}

/** The sentence of the cause that speaks; one that is only the favourite says so. */
function said(ranked: readonly Ranked[], report: Report | null): string | undefined {
  const summary = speaking(ranked, report)?.cause.summary
  return summary && !leading(ranked) ? `Most likely: ${summary}` : summary
}

const join = (sentence: string, more: string | undefined): string =>
  more === undefined ? `${sentence}.` : `${sentence}. ${more}`

/** Codes that are used for every kind of refusal: without words that say more, they say nothing. */
const EMPTY_CODE = /^5\.(?:[0-57]\.0|7\.1)$/
const NOT_TOLD = 'The message was refused, and the report does not say clearly why.'

const saysNothing = (report: Report): boolean =>
  concerned(report).every(
    ({ rule, enhancedStatusCode, replyCode, command }) =>
      rule === null &&
      command === null &&
      EMPTY_CODE.test(enhancedStatusCode ?? '') &&
      !/^53/.test(String(replyCode)),
  )

function failed(reason: ReasonData | undefined, report: Report): string {
  if (saysNothing(report)) return NOT_TOLD
  const hours = hoursQueued(report)
  if (reason?.id === 'expired' && hours !== null && hours >= 2)
    return `${reason.summary} That was ${span(hours)}.`
  return reason?.summary ?? 'Your message was not delivered.'
}

/** The sentences of several fates, each with whom it is about; one that all share stands alone. */
export function eachOf(report: Report, sentences: readonly string[]): string {
  const groups = perFate(report)
  if (report.kind !== 'failure') return sentences[0] ?? ''
  const named =
    sentences.length === groups.length && groups.length > 1
      ? groups.map(({ recipients }, at) => `${namesOf(recipients)}: ${sentences[at]}`)
      : sentences.slice(0, 1)
  return withCount(report, named.join(' '))
}

/** "bob@example.org and 2 more" */
function namesOf([first, ...others]: readonly Recipient[]): string {
  const name = first?.finalRecipient ?? first?.originalRecipient ?? 'One recipient'
  return others.length === 0 ? name : `${name} and ${others.length} more`
}

/** Some got it and some did not: whoever reads only one sentence must learn that. */
function withCount(report: Report, sentence: string): string {
  const lost = concerned(report).length
  const rest = report.recipients.length - lost
  if (rest === 0 || report.recipients.every(({ action }) => action === null)) return sentence
  return `${sentence} It failed for ${lost} of ${report.recipients.length} recipients in this report.`
}

/** "2 days", "5 hours", "40 minutes": how people say it. */
export function span(hours: number): string {
  if (hours < 2) return count(Math.max(1, Math.round(hours * 60)), 'minute')
  if (hours < 36) return count(Math.round(hours), 'hour')
  const days = Math.round(hours / 12) / 2
  return days === 1 ? '1 day' : `${days} days`
}

const count = (n: number, unit: string): string => `${n} ${unit}${n === 1 ? '' : 's'}`

/** How to treat the message, where the report itself settles it whatever the cause. */
export function resendOf(
  report: Report | null,
  ranked: readonly Ranked[],
  reason: ReasonData | undefined,
): Diagnosis['resend'] {
  if (report?.kind === 'delay') return 'wait'
  if (report?.kind === 'success' || report?.kind === 'auto-reply') return 'no-need'
  const resend =
    speaking(ranked, report)?.cause.resend ??
    agreed(ranked) ??
    reason?.resend ??
    ranked[0]?.cause.resend
  // a final report: nobody tries it any more, so waiting alone brings nothing
  return resend === 'wait' && report?.kind === 'failure' ? 'later' : (resend ?? 'unknown')
}

/** What causes that together are likely say alike, though none of them leads. */
function agreed(ranked: readonly Ranked[]): Diagnosis['resend'] | undefined {
  const weights = new Map<Diagnosis['resend'], number>()
  for (const { cause, likelihood } of ranked)
    weights.set(cause.resend, (weights.get(cause.resend) ?? 0) + likelihood)
  return [...weights].find(([, weight]) => weight >= AGREES)?.[0]
}
const AGREES = 0.7
