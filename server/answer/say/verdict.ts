/** What happened, what became of the message, and what to do: the part that everybody reads. */
import type { Diagnosis, Fact, Report } from '../../../kb/types.ts'
import { type Draft, withMark } from '../draft.ts'
import { partsWith } from '../sections.ts'
import { mainArticle, type Turn } from '../turn.ts'

/** A cause less likely than this lends no article to the first sentence. */
const WORTH_CITING = 0.2
const STEPS = 3

/** One sentence for the person. */
export function headline(turn: Turn, draft: Draft): void {
  const { diagnosis } = turn
  if (!diagnosis) return
  const likely = (diagnosis.causes[0]?.likelihood ?? 0) >= WORTH_CITING
  const mark = draft.cite(likely ? mainArticle(turn) : undefined, '')
  draft.add(`**${diagnosis.summary}**${mark}`)
  // "expired" is taken for "wrong address" again and again; nobody has said anything about the address
  if (turn.report?.kind === 'failure' && diagnosis.reason === 'expired')
    draft.add(
      `That is no proof that the address is wrong: no server refused it.${draft.cite(turn.articles.get('queue-expired') ?? mainArticle(turn), '')}`,
    )
}

/** Did it arrive, send it again, who acts: three answers in three lines. */
export function verdict(turn: Turn, draft: Draft): void {
  const { report, diagnosis } = turn
  if (!diagnosis) return
  const lines = [
    report && report.kind !== 'none' ? `**Did it arrive?** ${fateOf(report, turn.facts)}` : '',
    `**Send it again?** ${RESEND[diagnosis.resend]}`,
    whoCanFix(turn),
  ]
  draft.add(lines.filter(Boolean).join('\\\n'))
}

/** Who has to act, as a line; empty where nobody has: what arrived, and what a server still tries by itself. */
export const whoCanFix = ({ report, diagnosis }: Turn, mark = ''): string =>
  !diagnosis ||
  needsNobody(report) ||
  (report?.kind === 'delay' && diagnosis.actors[0] === 'sender')
    ? ''
    : `**Who can fix it:** ${actors(diagnosis)}.${mark}`

const needsNobody = (report: Report | null): boolean =>
  report?.kind === 'success' || report?.kind === 'auto-reply'

const isRelayed = ({ action }: Report['recipients'][number]): boolean => action === 'relayed'

/** What became of the message, by the report and by what is told of the program that sent it. */
export function fateOf(report: Report, told: readonly Fact[] = []): string {
  if (report.kind === 'none') return ''
  if (report.kind === 'delay' && triesOnce(told)) return GIVEN_UP
  if (report.kind === 'failure' && report.recipients.length > 1)
    return 'Not to the recipients that are listed as failed.'
  // "no delivery notification was sent by the destination server": handed over, and no more is known
  const relayed = report.recipients.length > 0 && report.recipients.every(isRelayed)
  if (report.kind === 'success' && relayed)
    return 'It was handed on to the other side’s server without an error; whether it lies in the mailbox, that server does not report.'
  return FATE[report.kind]
}

/** The program that sent the mail gives up at the first "not now". */
export const triesOnce = (told: readonly Fact[]): boolean =>
  told.some(({ name, value }) => name === 'senderRetries' && value === 'no')
const GIVEN_UP =
  'No. The answer was only "not now", but a program that tries once gives up with that.'

const FATE: Readonly<Record<Exclude<Report['kind'], 'none'>, string>> = {
  failure: 'No.',
  delay: 'Not yet. It is still in a queue and may arrive any time.',
  success: 'Yes, the report confirms that it was passed on.',
  'auto-reply': 'Yes. An automatic reply is only sent for a message that arrived.',
  complaint: 'Yes: somebody got it, and marked it as spam.',
}

/** What the person can do now; the article has the rest. */
export function senderSteps(turn: Turn, draft: Draft, most = STEPS): void {
  // whether to send again stands in a line of its own
  const all = (turn.diagnosis?.nextSteps.sender ?? []).flatMap((step) => held(step, turn.report))
  const steps = all.filter((step) => all.length < 2 || !AGAIN.test(step)).slice(0, most)
  if (steps.length === 0) return
  const article = mainArticle(turn)
  const has = article && partsWith(article, 'sender').length > 0
  const mark = draft.cite(article, has ? 'What you can do' : '')
  const list = steps.map((step, at) => `${at + 1}. ${step}`).join('\n')
  draft.add(`**What to do now**\n\n${withMark(list, mark)}`)
}

/** Says that a mail is on its way still; false of one that came back for good. */
const WAITS = /(?:again|trying|kept|tried)\b.*\bby itself|keeps? (?:on )?trying/i

/** A step without its sentences that hold for a mail that waits, where this one has come back. */
function held(step: string, report: Report | null): readonly string[] {
  if (!report || !isFinal(report)) return [step]
  const rest = step.split(/(?<=[.!])\s+/).filter((sentence) => !WAITS.test(sentence))
  return rest.length > 0 ? [rest.join(' ')] : []
}

/**
 * A report that some server wrote about the end of its attempts; a bare refusal need not be the end, and
 * a "not now" that was copied out of a log is none.
 */
export const isFinal = ({ kind, recipients, generator, reportingMta }: Report): boolean =>
  kind === 'failure' &&
  (recipients.some(({ action }) => action === 'failed') ||
    reportingMta !== null ||
    (generator.product !== null && !recipients.every(isPassing)))

const isPassing = ({ enhancedStatusCode, replyCode }: Report['recipients'][number]): boolean =>
  (enhancedStatusCode ?? String(replyCode ?? '')).startsWith('4')

const AGAIN = /^Send (?:it|the (?:mail|message)|the same mail) again\b/

export const RESEND: Readonly<Record<Diagnosis['resend'], string>> = {
  'no-need': 'No need: it is there or on its way.',
  wait: 'No. A server is still trying, and a second copy would arrive twice.',
  later: 'Once, later, when the cause has passed; the mail itself needs no change.',
  'after-fix': 'Not yet. It would come back the same way until somebody changes what is wrong.',
  'new-address':
    'Only to an address that you have checked; to the same address it will come back again.',
  fewer: 'Only to fewer people at a time.',
  smaller: 'Only smaller, or with a link in place of the attachment.',
  never: 'No.',
  unknown:
    'Find out first what was refused: the report does not tell, and an unchanged copy may come back the same way.',
}

const ACTORS: Readonly<Record<Diagnosis['actors'][number], string>> = {
  sender: 'you',
  'sender-admin': 'your own mail admin or IT',
  recipient: 'the recipient',
  'recipient-admin': 'the mail admin of the other side',
  provider: 'the mail or hosting provider',
}

export const actors = ({ actors: list }: Diagnosis): string =>
  list.length === 0
    ? 'the report does not tell'
    : list
        .slice(0, 2)
        .map((actor) => ACTORS[actor])
        .join(', then ')
