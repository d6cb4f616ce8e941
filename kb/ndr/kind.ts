/** What a text is: a failure, a delay, a receipt, an automatic reply, a complaint, or no report at all. */
import type { Kind } from '../types.ts'
import type { Form, Mark } from './markers.ts'
import { marksIn, type Scan } from './scan.ts'

/** What the parts of a report say about its kind. */
export type Evidence = {
  readonly forms: readonly Form[]
  /** values of `Action:` */
  readonly actions: readonly string[]
  /** a machine-readable part with recipients or codes */
  readonly machine: boolean
  /** recipients found in the readable part */
  readonly listed: boolean
  /** an answer of a server: reply code with status, or either in a report's place */
  readonly answer: boolean
  /** a status code and nothing else of a report */
  readonly bareStatus: boolean
  /** first digit of the first code */
  readonly codeClass: string | null
}

/** A bounce never wants a click to let mail through. */
export function isLure(s: Scan, evidence: Evidence): boolean {
  if (evidence.machine) return false
  const lures = marksIn(s, s.body, 'lure')
  if (lures.length === 0) return false
  const wantsClick =
    /https?:\/\/|hxxp|www\./.test(s.lower) ||
    s.marks.some((mark) => mark.role === 'marker' && /click|klick|clique|clic/.test(mark.phrase))
  const isReport = evidence.forms.some(
    (form) => form.kind !== 'auto-reply' && form.layout.id !== 'read-receipt',
  )
  // no report wants a password, whatever it begins with
  const wantsLogin = lures.some(({ phrase }) => LOGIN.test(phrase))
  return wantsClick && !evidence.answer && (!isReport || (wantsLogin && !evidence.listed))
}

const LOGIN =
  /\b(?:sign|log) in\b|\baccount\b|\bpassword\b|\bwill be (?:closed|deactivated|suspended)\b/

export function kindOf(s: Scan, evidence: Evidence): Kind {
  const { forms, actions } = evidence
  const header = headerKind(s)
  if (forms.some((form) => form.kind === 'complaint')) return 'complaint'
  const receipt = forms.some((form) => form.layout.id === 'read-receipt')
  if (receipt && !evidence.machine) return 'success'
  if (actions.includes('failed')) return 'failure'
  if (actions.includes('delayed')) return 'delay'
  if (actions.length > 0) return 'success'
  const report = forms.find((form) => form.kind !== 'auto-reply')
  if (report) return byWords(s, report.kind)
  if (evidence.machine) return byWords(s, evidence.codeClass === '2' ? 'success' : 'failure')
  if (header === 'auto-reply') return 'auto-reply'
  if (header !== 'report' && forms.some((form) => form.kind === 'auto-reply')) {
    if (!evidence.answer) return 'auto-reply'
  }
  return byGeneralWording(s, evidence, header)
}

/** A layout that knows only failures also writes delays: its words tell. */
function byWords(s: Scan, kind: Kind): Kind {
  if (kind !== 'failure') return kind
  const delayed = marksIn(s, s.body, 'delay').length > 0
  const given = marksIn(s, s.body, 'final').length > 0
  if (delayed && !given) return 'delay'
  return kind
}

/** Mails of no known layout: general wording, and something that only a report has. */
function byGeneralWording(s: Scan, evidence: Evidence, header: string | null): Kind {
  const words = marksIn(s, { start: 0, end: s.body.end }, 'failure', 'delay', 'success', 'final')
  const has = (role: string): boolean => words.some((mark) => mark.role === role)
  const supported = evidence.answer || evidence.listed || header === 'report'
  if (!has('failure') && !has('delay') && has('success') && (supported || isNamed(s)))
    if (!SPOKEN.test(s.lower) && !isRefused(s, evidence)) return 'success'
  const late = has('delay') || IS_LATE.test(s.lower.slice(0, BRIEF))
  if (late && !has('final') && (supported || isNotice(s, words))) return 'delay'
  if (evidence.answer) return !has('failure') && evidence.codeClass === '4' ? 'delay' : 'failure'
  // in a raw mail the header must agree: people quote such words
  if (has('failure') && (s.sections ? header === 'report' : !isQuestion(s))) return 'failure'
  if (evidence.listed && isUndelivered(s)) return 'failure'
  if (evidence.bareStatus && isAboutMail(s)) return 'failure'
  if (isBareRefusal(s)) return HELD.test(s.lower) ? 'delay' : 'failure'
  if (isFilterCode(s)) return 'failure'
  return header === 'report' && evidence.listed ? 'failure' : 'none'
}

/** A server's refusal decides, whatever else stands in a line that anybody may have written. */
const isRefused = (s: Scan, { codeClass }: Evidence): boolean =>
  codeClass === '4' || codeClass === '5' || REFUSAL.test(s.lower)

/** "Delivery has been completed for bob@example.org." and no more. */
const isNamed = (s: Scan): boolean =>
  s.sections === null && s.text.length < BRIEF && s.addresses.length === 1

/** Somebody speaks of a report, or asks about one. */
const SPOKEN = /\?|\b(?:i|my|we|our|he|she|they|says|said|ich|je|mein|wir)\b/

/** Longer texts say what they are in a layout's words. */
const BRIEF = 1200
const IS_LATE = /\bmessage\b(?:[^.\n]|\.\S){0,120}\b(?:is|are|been|being) delayed\b/

/** "Ihre Nachricht konnte noch nicht zugestellt werden": about a message, so nobody need be named. */
const isNotice = (s: Scan, words: readonly Mark[]): boolean =>
  s.sections === null &&
  s.text.length < BRIEF &&
  words.some(({ role, phrase }) => role === 'delay' && DELIVERY.test(phrase)) &&
  /\b(?:your|ihre|votre|su|il|suo|uw|sua) (?:e-?mail|mail|message|nachricht|mensaje|messaggio|bericht|mensagem)\b/.test(
    s.lower,
  ) &&
  !isQuestion(s)
const DELIVERY = /deliver|zustell|zugestell|remis|distribu|livr|entreg|recapit|consegn|bezorg/

/** "Your message to bob@example.org couldn't be delivered." and no more. */
const isUndelivered = (s: Scan): boolean =>
  s.sections === null &&
  s.text.length < BRIEF &&
  marksIn(s, s.body, 'lead', 'list').length > 0 &&
  /(?:n't|\bnot|\bunable to) (?:be |been )?deliver|\bdelivery\b(?:[^.\n]|\.\S|:\n){0,120}\bfailed\b|\bnicht zugestellt|\bpas (?:pu être|été) (?:remis|livré|distribué)/.test(
    s.lower,
  ) &&
  !isQuestion(s)

/** "5.7.26" alone, or inside a question about mail; not the version of a program. */
const isAboutMail = ({ lower }: Scan): boolean =>
  lower.length < 600 &&
  (/^[ \t#<("']{0,8}[245]\.\d{1,3}\.\d{1,3}[ \t>)"'?.!]{0,8}$/m.test(lower) ||
    /^[ \t#<("'•*>-]{0,8}[245]\.\d{1,3}\.\d{1,3}[ \t:,-]{1,4}[^\n]{0,40}\b(?:mailbox|address|recipient|sender|destination|rejected|denied)\b/m.test(
      lower,
    ) ||
    (/\b(?:e?-?mails?|bounced?|ndr|smtp|deliver\w*|error|code|status|exchange|outlook|gmail|recipient|fehler|erreur)\b/.test(
      lower,
    ) &&
      !/\b(?:version|release[sd]?|update[sd]?|install\w*|upgrade[sd]?|changelog|section|chapter)\b/.test(
        lower,
      )))

/** "AS(7555)": which check of Exchange Online refused; people copy that alone. */
const isFilterCode = ({ lower }: Scan): boolean =>
  lower.length < 600 && /(?:^|[\s[("'])as\(\d{3,8}\)/.test(lower)

/** "bob@example.org Unrouteable address": the words of a refusal and hardly more, without any code. */
const isBareRefusal = (s: Scan): boolean =>
  s.sections === null &&
  s.text.length < LONGEST_REFUSAL &&
  REFUSAL.test(s.lower) &&
  !SPOKEN.test(s.lower)

const LONGEST_REFUSAL = 240
/** It will be tried again. */
const HELD = /\btemporarily deferred\b|\bgreylist|\btry again later\b/
/** Wordings of servers that mean nothing else. */
const REFUSAL =
  /\b(?:(?:connect to|lost connection with|conversation with) [\w.-]{1,255}\[|mail for [\w.-]{1,255} loops back|messages? size exceeds|message (?:size )?exceeds (?:the )?(?:fixed|maximum)|mx records? point to non-?existent|sender verify failed|retry time ?out exceeded|messages? from \S{1,80} temporarily deferred|helo command rejected|(?:unknown|no such) (?:user|recipient|mailbox)|(?:user|recipient|mailbox) (?:unknown|unavailable|not found|(?:is )?full)|unroute?able address|relay(?:ing)? (?:access )?denied|unable to relay|over ?quota|quota exceeded|(?:recipient|sender|recipient address|sender address|client host) rejected|domain (?:name )?not found)\b/

/** A person asking about a bounce, not the bounce. */
const isQuestion = (s: Scan): boolean =>
  s.text.length < 600 && /\?/.test(s.text) && /\b(?:my|i|we|our|ich|mein|mon|mi)\b/.test(s.lower)

const DAEMON =
  /mailer-daemon|postmaster|mail delivery|mail administrator|post_master|maildelivery|mail system/

/** What the mail's own header says. */
function headerKind(s: Scan): 'auto-reply' | 'report' | null {
  const start = s.sections?.header.start ?? 0
  const end = s.sections?.header.end ?? s.body.end
  let auto = false
  let report = false
  for (const field of s.fields) {
    if (field.nameStart < start || field.nameStart >= end) continue
    const value = field.value.toLowerCase()
    if (field.field === 'from' && DAEMON.test(value)) report = true
    if (field.field === 'failedRecipients') report = true
    if (field.field === 'returnPath' && DAEMON.test(value)) report = true
    if (field.field === 'contentType' && value.includes('delivery-status')) report = true
    if (field.field === 'subject' && SUBJECT.test(value)) report = true
    if (field.field === 'autoSubmitted' && value.startsWith('auto-replied')) auto = true
  }
  if (auto && !s.fields.some((f) => f.field === 'from' && DAEMON.test(f.value.toLowerCase()))) {
    return 'auto-reply'
  }
  return report ? 'report' : null
}

const SUBJECT =
  /undeliver|returned mail|failure notice|delivery (?:status|failure|failed|problem)|mail delivery|mail failure|mail system error|could not be delivered|unzustellbar|non remis/
