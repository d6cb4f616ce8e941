/** "So her mailbox is full?": what is asked about, and which known fact says yes or no to it. */
import { concerned } from '../../kb/diagnose/facts.ts'
import type { Reason, Recipient, Report } from '../../kb/types.ts'
import type { Draft } from './draft.ts'
import { sayPart } from './open.ts'
import { profileOf } from './replies/profile.ts'
import { isFinal, RESEND, whoCanFix } from './say/verdict.ts'
import { contentWords, overlap, partsWith } from './sections.ts'
import { topicOf } from './topics.ts'
import { asks, focus, mainArticle, type Turn } from './turn.ts'
import { isYesNo, OPENER } from './yes-no-form.ts'

/** A longer question asks about more than one thing. */
const MOST_WORDS = 6

/** Answers what the report decides; false where nothing in it is about the question. */
export function yesNo(turn: Turn, draft: Draft): boolean {
  const { report, diagnosis, own } = turn
  if (!report || !diagnosis || report.kind === 'none' || !isYesNo(own)) return false
  if (contentWords(own).length > MOST_WORDS) return false
  return sayFate(turn, draft) || sayNamed(turn, draft) || sayTopic(turn, draft)
}

/* ---------------------------------------------------------------- lost, or still on its way */

const LOST = /\b(?:lost|gone|vanish(?:ed)?|disappear(?:ed)?)\b/i
const BY_ITSELF =
  /\b(?:by itself|on its own|automatically|(?:keeps?|still|be(?:ing)?) (?:trying|tried|retried)|(?:try|tries|tried|retr(?:y|ies)) (?:again|it again)|go(?:es)? through (?:later|then|when))\b/i

function sayFate(turn: Turn, draft: Draft): boolean {
  const { report, diagnosis, own } = turn
  const [lost, again] = [LOST.test(own), BY_ITSELF.test(own)]
  if (!report || !diagnosis || !(lost || again) || profileOf(turn) === 'forward') return false
  const mark = draft.cite(mainArticle(turn), '')
  const trying = report.kind === 'delay' || (!isFinal(report) && isPassing(focus(turn)))
  if (report.kind === 'success' || report.kind === 'auto-reply')
    draft.add(`**${lost ? 'No' : 'There is no need'}: it arrived.** ${diagnosis.summary}${mark}`)
  else if (trying)
    draft.add(
      `**${lost ? 'No' : 'Yes'}.** The answer is a passing one ("not now"): the server that holds the mail keeps it and tries again by itself. If it gives up, a report tells so. ${diagnosis.summary}${mark}`,
    )
  else
    draft.add(
      lost
        ? `**No, but it was not delivered.** This message came back and is not tried again; your own copy should be among your sent mails. ${diagnosis.summary}${mark}`
        : `**No.** This message came back and is not tried again by any server: it has to be sent again. ${diagnosis.summary}${mark}`,
    )
  draft.add(`**Send it again?** ${RESEND[diagnosis.resend]}`)
  return true
}

const isPassing = (one: Recipient | undefined): boolean =>
  (one?.enhancedStatusCode ?? String(one?.replyCode ?? '')).startsWith('4')

/* ---------------------------------------------------------------- a name */

/** Lists and services that a refusal may name. */
const NAMED =
  /\b(?:spamhaus|spamcop|sorbs|barracuda|uceprotect|proofpoint|mimecast|cisco|ironport|messagelabs|symantec|cloudmark|trend ?micro|sophos|abusix|google|gmail|microsoft|outlook|yahoo|apple|icloud)\b/i
const IS_IT = new RegExp(
  `${OPENER}(?:is|was|isn't|wasn't)\\s+(?:it|that|this)\\b|${OPENER}(?:are|were) (?:we|i) (?:on|in|listed)\\b`,
  'i',
)

/** "Is that Spamhaus?": whether the report says so. */
function sayNamed(turn: Turn, draft: Draft): boolean {
  const { report, diagnosis, own } = turn
  const [name] = NAMED.exec(own) ?? []
  if (!name || !report || !diagnosis || !IS_IT.test(own)) return false
  const named = knows(report, name)
  draft.add(
    `${named ? '**Yes:** the report names it.' : `**No, the report does not name ${capital(name)}.**`} ${diagnosis.summary}${draft.cite(mainArticle(turn), '')}`,
  )
  support(turn, draft)
  return true
}

const capital = (name: string): string => `${name[0]?.toUpperCase()}${name.slice(1)}`

const knows = (report: Report, name: string): boolean =>
  [report.text, ...concerned(report).map(({ provider }) => provider ?? '')]
    .join('\n')
    .toLowerCase()
    .includes(name.toLowerCase())

/* ---------------------------------------------------------------- the reason */

/** Reasons that leave open what was wrong. */
const VAGUE = new Set<Reason>([
  'undefined',
  'rejected',
  'notaccept',
  'onhold',
  'expired',
  'filtered',
])
const OWN_MAILBOX = /\b(?:my|our|mine|ours)\b/i

/** What others will think or do no report tells. */
const OPINION = /\b(?:will|would|might) (?:they|he|she|people|others)\b/i
const WRONG_ADDRESS = new Set(['address', 'domain'])

function sayTopic(turn: Turn, draft: Draft): boolean {
  const { report, diagnosis, own } = turn
  const topic = topicOf(own)
  if (!topic || !report || !diagnosis || report.kind !== 'failure') return false
  // whether a person blocks, and whether a list does, have answers of their own
  if (asks(turn, 'personal') || asks(turn, 'listed')) return false
  const reasons = concerned(report).map(({ reason }) => reason)
  const wrong = topic.reasons.includes('userunknown') && WRONG_ADDRESS.has(profileOf(turn))
  const ofTopic = wrong || topic.reasons.some((reason) => reasons.includes(reason))
  const theirs = ofTopic && topic.reasons[0] === 'mailboxfull' && OWN_MAILBOX.test(own)
  const opening = theirs
    ? '**No, not yours.**'
    : ofTopic
      ? wrong && !reasons.includes('userunknown')
        ? '**Most likely yes.**'
        : '**Yes.**'
      : VAGUE.has(diagnosis.reason) || OPINION.test(own)
        ? '**The report does not say so.**'
        : '**No, that is not what the report says.**'
  draft.add(`${opening} ${diagnosis.summary}${draft.cite(mainArticle(turn), '')}`)
  support(turn, draft)
  return true
}

/** What the article says of the thing that was asked about, and who can act. */
function support(turn: Turn, draft: Draft): void {
  const article = mainArticle(turn)
  const words = contentWords(turn.own)
  const [best] = article
    ? partsWith(article, 'meaning', 'why')
        .map((part) => ({ part, score: overlap(words, part.markdown) }))
        .sort((a, b) => b.score - a.score)
    : []
  if (article && best) sayPart(turn, draft, article, best.part, 600)
  draft.add(whoCanFix(turn))
}
