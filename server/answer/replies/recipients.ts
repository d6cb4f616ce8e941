/** Several recipients or several reports: what became of each, and whether to send it again. */
import { concerned } from '../../../kb/diagnose/facts.ts'
import { diagnose } from '../../../kb/diagnose/index.ts'
import type { Diagnosis, Recipient, Report } from '../../../kb/types.ts'
import { aboutRecipient } from '../about-one.ts'
import type { Case } from '../conversation.ts'
import { asCode, type Draft } from '../draft.ts'
import { quoteLines } from '../say/evidence.ts'
import { recipientList } from '../say/people.ts'
import { RESEND } from '../say/verdict.ts'
import { topicOf } from '../topics.ts'
import { asks, mainArticle, type Turn } from '../turn.ts'

type Fate = { readonly recipient: Recipient; readonly diagnosis: Diagnosis | null }

const SHOWN = 8

/** "Which of them …?": of the recipients of this report, or of all reports where it has but one. */
export function recipient(turn: Turn, draft: Draft): boolean {
  const whole = turn.conversation.current.report
  if (!whole || whole.recipients.length === 0) return false
  // of one recipient in one report, "the two" are something else
  const single = whole.recipients.length === 1 && turn.conversation.cases.length === 1
  if (single && /\b(?:two|both|either)\b/i.test(turn.own)) return false
  const source = turn.articles.get('delivered-to-the-others') ?? mainArticle(turn)
  const cases = whole.recipients.length > 1 ? [] : turn.conversation.cases
  const fates =
    cases.length > 1 ? cases.flatMap(fatesOf) : fatesOf({ report: whole, facts: turn.facts })
  if (fates.length > 1) sayFates(turn, draft, fates.slice(0, SHOWN), draft.cite(source, ''))
  else {
    draft.add(recipientList(whole))
    for (const line of quoteLines(turn)) draft.add(`> ${asCode(line)}`)
    draft.add(source ? `Source:${draft.cite(source, '')}` : '')
  }
  return true
}

function fatesOf({ report, facts }: Case): readonly Fate[] {
  return report.recipients.map((one, at) => ({
    recipient: one,
    diagnosis: diagnose(aboutRecipient(report, at), facts),
  }))
}

function sayFates(turn: Turn, draft: Draft, fates: readonly Fate[], mark: string): void {
  const topic = topicOf(turn.own)
  const meant = topic
    ? fates.filter(({ recipient: { reason } }) => topic.reasons.includes(reason))
    : []
  if (topic && meant.length === 0) draft.add('None of them, by what the report says.')
  const again = asks(turn, 'resend')
  const lines = (meant.length > 0 ? meant : fates).map((fate) => {
    const resend = fate.diagnosis ? RESEND[fate.diagnosis.resend] : ''
    const what = fate.diagnosis?.summary ?? 'the report does not tell.'
    const code = fate.recipient.enhancedStatusCode ?? fate.recipient.replyCode
    return `- **${nameOf(fate.recipient)}**${code ? ` (\`${code}\`)` : ''}: ${again && resend ? `${resend} ${what}` : `${what} Send it again? ${resend}`}`
  })
  draft.add(`${lines.join('\n')}${mark}`)
}

const nameOf = ({ finalRecipient, originalRecipient }: Recipient): string =>
  asCode(finalRecipient ?? originalRecipient ?? 'address not told')

/** "Is that the same mail?": by what two reports say of it. */
export function sameMail(turn: Turn, draft: Draft): boolean {
  const { cases, current } = turn.conversation
  const now = current.report
  const other = cases.findLast(({ report }) => report !== now)?.report
  if (!now || !other) return false
  const shared = sharedBy(now, other)
  const source = turn.articles.get('reading-an-ndr') ?? mainArticle(turn)
  const mark = draft.cite(source, '')
  if (now.messageId && other.messageId)
    draft.add(
      now.messageId === other.messageId
        ? `**Yes:** both reports name the same Message-ID, ${asCode(now.messageId)}.${mark}`
        : `**No:** the reports name two different Message-IDs.${mark}`,
    )
  else
    draft.add(
      shared.length > 0
        ? `**Probably:** both reports are about ${shared.join(' and ')}. Only the Message-ID would prove it, and not both reports have one.${mark}`
        : `**The reports do not say so.** They name neither the same recipient nor the same Message-ID.${mark}`,
    )
  draft.add(`- Earlier report: ${kindOf(other)}.\n- Report now: ${kindOf(now)}.`)
  return true
}

function sharedBy(a: Report, b: Report): readonly string[] {
  const names = new Set(concerned(b).map(addressOf))
  return concerned(a)
    .map(addressOf)
    .filter((name) => name !== '' && names.has(name))
    .slice(0, 3)
    .map((name) => asCode(name))
}

const addressOf = ({ finalRecipient, originalRecipient }: Recipient): string =>
  (finalRecipient ?? originalRecipient ?? '').toLowerCase()

const kindOf = ({ kind }: Report): string =>
  ({
    failure: 'the message came back, and is not tried again',
    delay: 'the message was late and still being tried',
    success: 'the message was passed on',
    'auto-reply': 'an automatic reply, so the message arrived',
    complaint: 'a complaint about the message as spam',
    none: 'no delivery report',
  })[kind]
