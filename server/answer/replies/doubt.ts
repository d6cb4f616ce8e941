/** Is it real, was it me, are we listed: where the report may not mean what it says. */
import { concerned } from '../../../kb/diagnose/facts.ts'
import type { Article, Report } from '../../../kb/types.ts'
import { asCode, type Draft, withMark } from '../draft.ts'
import { answerFrom, sayPart } from '../open.ts'
import { sayBlocklist } from '../say-tools.ts'
import { leadOf, partsWith } from '../sections.ts'
import { isSurelyElsewhere } from '../surely-found.ts'
import { mainArticle, type Turn } from '../turn.ts'
import { profileOf } from './profile.ts'

export function genuine(turn: Turn, draft: Draft): boolean {
  const ids = genuineArticles(turn)
  const found = ids.flatMap((id) => turn.articles.get(id) ?? [])
  if (found.length === 0) return false
  if (isOfMeeting(turn)) return sayMeeting(found, draft)
  // an old entry of the own system is no forgery
  if (profileOf(turn) === 'stale' && !ABUSED.test(turn.own)) return false
  if (isSurelyElsewhere(turn, [...ids, ...MISUSE])) return false
  if (turn.report && !ABUSED.test(turn.own)) draft.add(signsOf(turn.report))
  else if (turn.report) {
    const sent = SENT_TOO_MUCH.has(profileOf(turn))
    draft.add(
      sent
        ? '**It is possible; the report does not say.** It speaks of more mail than allowed, or of spam from your side: if that was not you, somebody else may be using the account.'
        : '**The report does not say so.**',
    )
  }
  for (const article of found.slice(0, 2)) sayDoubt(turn, draft, article)
  return true
}

/** "I only accepted a meeting": that is a mail too, and which two things make it come back. */
function sayMeeting(found: readonly Article[], draft: Draft): true {
  draft.add(
    '**It is most likely genuine:** an invitation, and the answer to one, are mails as well, which your calendar sends in your name. Two things make them come back to somebody who wrote nothing:',
  )
  for (const article of found) draft.add(withMark(leadOf(article), draft.cite(article, '')))
  return true
}

function sayDoubt(turn: Turn, draft: Draft, article: Article): void {
  draft.add(withMark(leadOf(article), draft.cite(article, '')))
  const [part] = partsWith(article, turn.audience === 'admin' ? 'sender-admin' : 'sender')
  const [recognise] = partsWith(article, 'recognise')
  if (recognise) sayPart(turn, draft, article, recognise, 600)
  if (part) sayPart(turn, draft, article, part, 700)
}

const SENT_TOO_MUCH = new Set(['rate', 'misused', 'block'])
const CLICKED = /\b(?:clicked|opened (?:it|the)|typed|entered|gave|put in|logged in)\b/i
const MISUSE = ['backscatter', 'hijacked-account']

const ABUSED =
  /hack|compromis|us(?:e|es|ed|ing) my (?:account|address)|from my account|misus\w*|password stolen/i
const NOT_MINE =
  /(?:did not|didn't|never|not) (?:send|sent|write|wrote|written)|wrote to (?:nobody|no one)|not sent by me|spoof|from my/i

/** An invitation, or the answer to one, is a mail too: who accepts has sent something. */
const MEETING = /\b(?:meetings?|invit\w+|appointments?|accepted|declined)\b/i
const ON_MEETINGS = ['meeting-only-failures', 'orphaned-delegate']

/** Causes that lie in one's own system: the message was one's own, whatever its writer remembers. */
const OWN_SYSTEM = new Set(['stale-autocomplete-imceaex', ...ON_MEETINGS])
const SURE = 0.9

/** What speaks against "somebody else used my address". */
function isOwnMail({ own, diagnosis }: Turn): boolean {
  const [top] = diagnosis?.causes ?? []
  const ofOwnSystem = top && top.likelihood >= SURE && OWN_SYSTEM.has(top.articleId)
  return MEETING.test(own) || Boolean(ofOwnSystem)
}

const isOfMeeting = ({ own, report }: Turn): boolean =>
  MEETING.test(own) && NOT_MINE.test(own) && !report?.signs.includes('phishing-lure')

/** What to read on whether a report is real and was meant for me; none where it was one's own mail. */
export function genuineArticles(turn: Turn): readonly string[] {
  const { own, report, diagnosis } = turn
  if (CLICKED.test(own)) return ['hijacked-account', 'phishing-fake-bounce']
  // where the sending side was shut out for what it sent, the harmless explanation would be the wrong one
  const shutOut = diagnosis?.causes.some(({ articleId }) => HIJACKED.has(articleId)) ?? false
  if (ABUSED.test(own)) return shutOut ? ['hijacked-account'] : MISUSE
  if (report?.signs.includes('phishing-lure')) return ['phishing-fake-bounce']
  if (!NOT_MINE.test(own)) return ['phishing-fake-bounce', 'backscatter']
  if (!isOwnMail(turn)) return MISUSE
  return isOfMeeting(turn) ? ON_MEETINGS : []
}

const HIJACKED = new Set([
  'hijacked-account',
  'exchange-online-5-1-8-bad-outbound-sender',
  'exchange-online-5-7-705-tenant-blocked',
  'exchange-online-5-7-703-tenant-block-list',
])

function signsOf(report: Report): string {
  if (report.signs.includes('phishing-lure'))
    return '**I would not trust it.** It asks for things that a real delivery report never asks for. Do not click its links.'
  const [one] = concerned(report)
  const parts = [
    report.reportingMta && `names the server that wrote it (${asCode(report.reportingMta)})`,
    one?.enhancedStatusCode && 'has a proper status code',
    one?.finalRecipient && 'names the recipient',
  ].filter(Boolean)
  return parts.length > 0
    ? `It has the form of a real delivery report: it ${parts.join(', ')}. That alone proves nothing; do not open links or attachments in it, you do not need them.`
    : 'The text alone does not tell. Do not open links or attachments in it; a real report needs neither.'
}

export function notlisted(turn: Turn, draft: Draft): boolean {
  const article = turn.articles.get('blocklist-answer-not-a-listing')
  if (!article) return false
  sayBlocklist(turn, draft)
  if (!turn.tools.refusedQuery)
    draft.add(
      'I cannot look it up. If the list itself says that you are not on it, this is the usual reason:',
    )
  draft.add(withMark(leadOf(article), draft.cite(article, '')))
  for (const part of partsWith(article, 'recognise', 'why').slice(0, 2))
    sayPart(turn, draft, article, part, 800)
  for (const part of partsWith(article, 'sender-admin', 'recipient-side').slice(0, 1))
    sayPart(turn, draft, article, part, 700)
  return true
}

const LISTINGS = new Set(['blocked', 'badreputation'])

/** "Are we blacklisted?": what the report says of it, and how to look it up. */
export function listed(turn: Turn, draft: Draft): boolean {
  const { report, diagnosis, tools, articles } = turn
  const note = articles.get('check-blocklists')
  if (!note) return false
  if (tools.blocklist || tools.refusedQuery) sayBlocklist(turn, draft)
  else if (report && diagnosis) {
    const named = LISTINGS.has(diagnosis.reason)
    draft.add(
      `${named ? 'The report says that your server is refused, but names no public list.' : 'The report does not speak of a blocklist.'} ${diagnosis.summary}${draft.cite(mainArticle(turn), '')}`,
    )
  }
  draft.add('I cannot look it up myself. So you can:')
  answerFrom(turn, draft, note)
  return true
}
