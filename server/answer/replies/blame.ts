/** Whose matter it is, what became of the message, and whether to send it again. */
import { concerned, refusedBy } from '../../../kb/diagnose/facts.ts'
import type { Diagnosis, Recipient } from '../../../kb/types.ts'
import { asCode, type Draft, withMark } from '../draft.ts'
import { chance, quoteLines, whoSaidNo } from '../say/evidence.ts'
import { recipientList } from '../say/people.ts'
import { ask } from '../say/question.ts'
import { fateOf, RESEND, senderSteps, triesOnce, whoCanFix } from '../say/verdict.ts'
import { leadOf } from '../sections.ts'
import { focus, mainArticle, type Turn } from '../turn.ts'
import { sayAspect } from './aspects.ts'
import { fromArticle } from './from-article.ts'
import { isWaiting, profileOf } from './profile.ts'
import { recipient } from './recipients.ts'

/** Less sure than this of the first cause, and the question that would tell is asked too. */
const UNSURE = 0.6

export function fault(turn: Turn, draft: Draft): boolean {
  const { diagnosis, report } = turn
  if (!diagnosis) return false
  if (report && report.kind !== 'failure' && !triesOnce(turn.facts))
    return nobodysFault(turn, draft)
  const [first] = diagnosis.actors
  const mark = draft.cite(mainArticle(turn), '')
  const verdict = FAULT[first ?? 'unknown'] ?? ''
  // "whose fault" is no question for yes or no
  draft.add(`${WHOSE.test(turn.own) ? verdict.replace(NO, '') : verdict}${mark}`)
  draft.add(whoCanFix(turn))
  draft.add(whoSaidNo(turn))
  for (const line of quoteLines(turn).slice(0, 1)) draft.add(`> ${asCode(line)}`)
  const top = diagnosis.causes[0]
  const because = top?.why.length ? `: ${top.why.slice(0, 2).join('; ')}` : ''
  if (top)
    draft.add(`Most likely behind it: ${top.title} (${chance(top.likelihood)})${because}.${mark}`)
  if ((top?.likelihood ?? 0) < UNSURE) ask(turn, draft)
  return true
}

/** Asks for one of several, so that neither yes nor no answers it. */
const WHOSE = /\bwho|\bwhich\b|\bor\b/i

/** A delay, a success, an automatic reply: nothing has failed that could be anybody's fault. */
function nobodysFault(turn: Turn, draft: Draft): boolean {
  const { report, diagnosis } = turn
  if (!diagnosis || !report) return false
  const late = report.kind === 'delay' ? 'Nothing has failed yet. ' : ''
  const no = WHOSE.test(turn.own) ? '' : 'No. '
  draft.add(`${no}${late}${diagnosis.summary}${draft.cite(mainArticle(turn), '')}`)
  draft.add(whoSaidNo(turn))
  return true
}

const NO = /^No(?:, as far as the report tells)?\. /

const FAULT: Readonly<Record<string, string>> = {
  sender: 'It is something on your side that you can change yourself; no harm is done.',
  'sender-admin':
    'You did nothing wrong yourself. The matter lies with the sending side, so your own mail admin (or provider) has to act.',
  recipient: 'No. It lies with the recipient, who has to do something about their mailbox.',
  'recipient-admin':
    'No, as far as the report tells. It looks like a matter of the other side, whose mail admin has to act.',
  provider: 'You did nothing wrong yourself; the mail or hosting provider has to act.',
  unknown: 'The report does not tell whose fault it is.',
}

export function resend(turn: Turn, draft: Draft): boolean {
  const { diagnosis } = turn
  if (!diagnosis) return fromArticle(turn, draft, 'send-again')
  const { current, cases } = turn.conversation
  const several = (current.report?.recipients.length ?? 0) > 1 || cases.length > 1
  if (several && /\b(?:both|all of|them|each|either)\b/i.test(turn.own))
    return recipient(turn, draft)
  const mark = draft.cite(mainArticle(turn), '')
  const twice = TWICE.test(turn.own) && WAITS_OR_FAILED.has(turn.report?.kind ?? '')
  if (twice) draft.add(`${diagnosis.resend === 'wait' ? TWICE_YES : TWICE_NO}${mark}`)
  const opening = twice
    ? 'Send it again? '
    : WH.test(turn.own)
      ? ''
      : (IN_A_WORD[diagnosis.resend] ?? '')
  draft.add(`**${opening}${RESEND[diagnosis.resend]}** ${diagnosis.summary}${mark}`)
  const article = turn.articles.get('send-again')
  // its rule, "only when something has changed", is for mail that was refused, not for mail that ran out of time
  if (article && diagnosis.resend !== 'later')
    draft.add(withMark(leadOf(article), draft.cite(article, '')))
  senderSteps(turn, draft)
  draft.add(whoCanFix(turn))
  return true
}

/** Asks whether two copies would arrive, which is another question than whether to send. */
const TWICE = /\b(?:twice|two copies|double|doubled|duplicates?|two of them)\b/i
const WAITS_OR_FAILED = new Set<string>(['delay', 'failure'])
const TWICE_YES =
  '**Yes, most likely:** the first copy is still waiting, and arrives as soon as the way is free.'
const TWICE_NO =
  '**No:** this report is final, so the first copy does not arrive any more; only what is sent anew does.'

const LATER = /\b(?:will|would|once|after|when|later|still|eventually)\b/i
/** Asks for the place where it waits, not whether it came. */
const QUEUED = /\b(?:queue|waiting|still there|stuck|being tried)\b/i
const WH = /^\W*(?:(?:and|but|so|ok)\W+)*(?:what|why|how|who|when|where|which)\b/i
/** Yes or no, where the sentence that follows does not begin with it. */
const IN_A_WORD: Readonly<Partial<Record<Diagnosis['resend'], string>>> = {
  later: 'Yes, but not at once. ',
  'new-address': 'No, not as it was. ',
  fewer: 'Yes, in parts. ',
  smaller: 'No, not as it was. ',
  unknown: 'Not yet. ',
}

const OTHERS = /other|else|\brest\b|remaining|\bcc\b|copy|every|several|some of/i

/** "Did Rita get hers?": somebody whom the paste names by an address, and not among those that failed. */
function namesAnother({ own, conversation, report }: Turn): boolean {
  const whole = conversation.current.report ?? report
  if (!whole) return false
  const failed = whole.recipients.flatMap(({ finalRecipient, originalRecipient }) =>
    [finalRecipient, originalRecipient].map((address) => address?.toLowerCase()),
  )
  const named = (whole.text.match(/[\w.+-]{2,64}@[\w.-]{3,255}/g) ?? []).map((one) =>
    one.toLowerCase(),
  )
  const called = own.toLowerCase().match(/[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+/g) ?? []
  if (called.some((one) => !failed.includes(one))) return true
  const words = new Set(own.toLowerCase().match(/\p{L}{3,}/gu))
  const speaksOf = (address: string) =>
    (address.split('@')[0] ?? '').split(/[.+_-]/).some((part) => words.has(part))
  return (
    named.some((address) => !failed.includes(address) && speaksOf(address)) &&
    !failed.some((address) => address !== undefined && speaksOf(address))
  )
}

export function delivered(turn: Turn, draft: Draft): boolean {
  const { report } = turn
  const article = turn.articles.get('delivered-to-the-others')
  // without a report, only the question for the others has a general answer
  if (!report || report.kind === 'none')
    return OTHERS.test(turn.own) && fromArticle(turn, draft, 'delivered-to-the-others')
  const mark = draft.cite(mainArticle(turn), '')
  if (report.kind === 'failure' && isWaiting(turn)) {
    draft.add(
      `**Not yet, but it may still be:** the answer is a passing one ("not now"), and the server that holds the message tries again by itself. Once the cause is gone, it gets through; if the time runs out first, a final report tells. ${turn.diagnosis?.summary ?? ''}${mark}`,
    )
    return true
  }
  if (/\b(?:read|opened?|seen|look(?:ed)? at)\b/i.test(turn.own) && report.kind !== 'failure')
    draft.add(`**Whether and when it is read, the report does not say.**${mark}`)
  if (report.kind === 'delay' && QUEUED.test(turn.own)) {
    draft.add(
      `**Yes, by the report:** a server still holds it and goes on trying by itself.${draft.cite(mainArticle(turn), '')}`,
    )
    return true
  }
  if (report.kind === 'failure' && profileOf(turn) === 'forward') {
    draft.add(
      `**Most likely yes, in the first mailbox:** what failed is the copy that was passed on; the message itself usually lies in the mailbox that forwards. The report does not say it for sure.${draft.cite(mainArticle(turn), '')}`,
    )
    draft.add(recipientList(report))
    return true
  }
  // a message to too many is refused as a whole
  const asksOthers = OTHERS.test(turn.own) || namesAnother(turn)
  const others = report.kind === 'failure' && asksOthers && profileOf(turn) !== 'rate'
  if (others && article) draft.add(withMark(leadOf(article), draft.cite(article, '')))
  else {
    const why = report.kind === 'failure' ? ` ${turn.diagnosis?.summary ?? ''}` : ''
    draft.add(`**${fateOf(report, turn.facts)}**${why}${draft.cite(mainArticle(turn), '')}`)
  }
  if (turn.diagnosis && report.kind === 'failure' && LATER.test(turn.own))
    draft.add(
      `It does not get there by itself any more; it has to be sent again. **Send it again?** ${RESEND[turn.diagnosis.resend]}`,
    )
  const whole = turn.conversation.current.report ?? report
  if (whole.recipients.some(isNamed)) draft.add(recipientList(whole))
  const away = turn.articles.get('out-of-office-replies')
  if (report.kind === 'auto-reply' && away)
    draft.add(
      `Whether and when it is read, no report tells. The automatic reply often says until when the person is away, when they are back, and whom to turn to in the meantime.${draft.cite(away, '')}`,
    )
  return true
}

const isNamed = ({ finalRecipient, originalRecipient }: Recipient): boolean =>
  (finalRecipient ?? originalRecipient) !== null

export function who(turn: Turn, draft: Draft): boolean {
  const { report, own } = turn
  if (!report) return false
  if (
    /\bwho (?:must|has to|have to|should|can|could|needs? to|sets?|is to|do(?:es)? (?:i|we))\b/i.test(
      own,
    ) &&
    turn.diagnosis
  )
    return fault(turn, draft)
  if (BY_WHOM.test(own) && sayAspect('who-did', turn, draft)) return true
  if (/\b(?:ours?|us)\b.*\btheirs?\b|\btheirs?\b.*\bours?\b/i.test(own) && turn.diagnosis)
    return fault(turn, draft)
  const source = turn.articles.get('reading-an-ndr') ?? mainArticle(turn)
  const told = whoSaidNo(turn) || 'The report does not tell which server refused.'
  draft.add(`${told}${draft.cite(source, '')}`)
  draft.add([...new Set(serversOf(turn))].join('\n'))
  const one = focus(turn)
  if (one && refusedBy(report, one) === 'unknown')
    draft.add(
      'To be sure, get the full report with its headers: the lines `Reporting-MTA` and `Remote-MTA` name both servers.',
    )
  return true
}

function serversOf({ report }: Turn): readonly string[] {
  if (!report) return []
  const writer = report.reportingMta ?? report.generator.host
  const { product, version } = report.generator
  return [
    writer
      ? `- Wrote the report: ${asCode(writer)}`
      : '- Which server wrote the report is not in the text.',
    ...(product ? [`- Its form is that of ${product}${version ? ` ${version}` : ''}.`] : []),
    ...concerned(report)
      .slice(0, 3)
      .flatMap(({ remoteMta }) =>
        remoteMta ? [`- Refused or did not answer: ${asCode(remoteMta)}`] : [],
      ),
  ]
}

/** Asks for a person behind a setting or a decision. */
const BY_WHOM =
  /\bwho\b.*\b(?:turn\w*|switch\w*|set|decid\w*|made|put|chang\w*|did|allow\w*|forb\w*|restrict\w*|disabl\w*|configur\w*|told|report\w*|complain\w*|list(?:ed)?|own\w*|control\w*)\b/i

/** Refusals that a server makes by rule, whoever the recipient is. */
const BY_RULE = new Set([
  'blocked',
  'badreputation',
  'authfailure',
  'requireptr',
  'norelaying',
  'ratelimited',
  'toomanyconn',
  'policyviolation',
  'notcompliantrfc',
  'mesgtoobig',
  'mailboxfull',
  'systemfull',
  'expired',
  'networkerror',
  'hostunknown',
])

/** "Is she blocking me?": whether a person decided that. */
export function personal(turn: Turn, draft: Draft): boolean {
  const { diagnosis } = turn
  if (!diagnosis) return false
  const mark = draft.cite(mainArticle(turn), '')
  draft.add(
    BY_RULE.has(diagnosis.reason)
      ? `**No.** A server refused it by its own rules; the recipient did not decide that. ${diagnosis.summary}${mark}`
      : `The report does not say that a person blocked you. ${diagnosis.summary}${mark}`,
  )
  draft.add(whoCanFix(turn))
  return true
}
