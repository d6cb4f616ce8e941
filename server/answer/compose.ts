/** Decides what a message is answered with. Pure: everything it needs is in the turn. */
import { phraseWords } from '../../kb/diagnose/text.ts'
import { follow, follows } from './asked.ts'
import { asksAnything } from './asks.ts'
import type { Draft } from './draft.ts'
import { explain } from './explain.ts'
import { switchProduct } from './family.ts'
import { sayFurther } from './further.ts'
import { type Intent, type IntentId, isAboutMail, isCommandeering } from './intent.ts'
import { askedPlainly, isKnown, isPersonal, known, plainlyKnown } from './known.ts'
import { foreignLanguage } from './language.ts'
import { answerFrom, answerOpen, sayPart } from './open.ts'
import { isMachineLine } from './own-words.ts'
import { REPLIES, TALK } from './replies/index.ts'
import { sameMail } from './replies/recipients.ts'
import { sayCodes, sayContradiction } from './say/codes.ts'
import { recipientList } from './say/people.ts'
import { sayLines } from './say-tools.ts'
import { contentWords, leadOf, overlap, partsWith, residue } from './sections.ts'
import { isRemark, sayStanding } from './statement.ts'
import { afterLine, newFacts, recorded } from './told.ts'
import { runTools } from './tools/index.ts'
import { asks, mainArticle, type Turn } from './turn.ts'
import { decline, nothingSaid, type Outcome, unknown } from './unknown.ts'
import { answerWithin } from './within-case.ts'
import { sayWord } from './word.ts'
import { yesNo } from './yes-no.ts'

export type { Outcome } from './unknown.ts'

/**
 * Writes the answer into the draft. `answered` is false where the KB has nothing, or no more than
 * something near, and the answer says so.
 */
export function compose(turn: Turn, draft: Draft): Outcome {
  const language = foreignLanguage(turn.conversation.last.own || openingOf(turn))
  if (language) draft.add(`I read ${language}, but I answer in English.`)
  if (turn.conversation.last.report) return answerReport(turn, draft)
  if (isCommandeering(turn.own) && !isAboutMail(turn.own.replace(/messages?/gi, '')))
    return decline(draft)
  if (turn.own.trim() === '' && !turn.conversation.last.line) return nothingSaid(draft)
  if (turn.report && isOff(turn)) return decline(draft)
  for (const answer of isOutside(turn) ? ANYWHERE : language ? FOREIGN : ATTEMPTS)
    if (answer(turn, draft)) {
      if (ABOUT_THE_CASE.has(answer) && !isPersonal(turn)) sayFurther(turn, draft)
      return { answered: !(answer === context && turn.report === null) }
    }
  return isOffTopic(turn) ? decline(draft) : unknown(turn, draft)
}

/**
 * A first question that retrieval knows to belong elsewhere: "tell" in "tell me a joke" is then no
 * follow-up, and "returned" no case.
 */
const isOutside = ({ report, conversation, retrieval }: Turn): boolean =>
  report === null && conversation.earlier.length === 0 && retrieval.band === 'none'

/** No word of mail in it, nothing found, and nothing that points back to a report. */
function isOffTopic({ own, report, retrieval, intents, conversation }: Turn): boolean {
  const words = contentWords(own).length
  if (words === 0 || isAboutMail(own)) return false
  return (
    (report === null && !inTalk(conversation)) ||
    (words >= 2 &&
      retrieval.band === 'none' &&
      intents.length === 0 &&
      !pointsBack(own) &&
      own.includes('?'))
  )
}

/** The answer just before rests on an article: what comes next is most likely about it too. */
const inTalk = ({ previously }: Turn['conversation']): boolean => / \[\d+\]/.test(previously)

/** "Where do I put it?" in a talk without a report: the article of the answer before has more to say. */
const goesOn: Attempt = (turn, draft) => {
  const { previously } = turn.conversation
  if (turn.report || !inTalk(turn.conversation) || turn.intents[0]?.id === 'off') return false
  if (isAboutMail(turn.own) || turn.conversation.last.fresh) return false
  const article = [...turn.articles.values()].find((one) => {
    const lead = leadOf(one)
    return lead !== '' && previously.includes(lead)
  })
  const role = turn.audience === 'admin' ? 'sender-admin' : 'sender'
  const words = contentWords(turn.own)
  const [best] = (article ? partsWith(article, role, 'why', 'meaning') : [])
    .filter(({ markdown }) => !previously.includes(markdown.slice(0, 80)))
    .map((part) => ({
      part,
      score: overlap(words, part.markdown) + (part.role === role ? 0.1 : 0),
    }))
    .sort((a, b) => b.score - a.score)
  if (!article || !best) return false
  sayPart(turn, draft, article, best.part, 900)
  return true
}

/** Under a report, a question that its meaning puts elsewhere and that nothing of the case knows. */
const isOff = (turn: Turn): boolean =>
  turn.intents[0]?.id === 'off' && !isAboutMail(turn.own) && !isOfCase(turn) && !isKnown(turn)

/** "Where can a limit be set?": words that the case's own article is made of. */
function isOfCase(turn: Turn): boolean {
  const article = mainArticle(turn)
  const words = contentWords(turn.own)
  const text = article?.sections.map(({ markdown }) => markdown).join('\n') ?? ''
  return words.length > 0 && overlap(words, text) >= OF_CASE
}
const OF_CASE = 0.5

/** What stands before a paste: its first line, where that is a person's. */
const openingOf = ({ conversation }: Turn): string => {
  const [first = ''] = conversation.last.text.trimStart().split('\n', 1)
  return isMachineLine(first) ? '' : first
}

/** A new report, with whatever is asked about it in the same message. */
function answerReport(turn: Turn, draft: Draft): Outcome {
  const { report, diagnosis, conversation } = turn
  const known =
    diagnosis !== null &&
    (diagnosis.causes.length > 0 || diagnosis.reason !== 'undefined' || report?.kind !== 'failure')
  const count = conversation.cases.length
  if (count > 1)
    draft.add(
      `This is another report, the ${ordinal(count)} in our talk; the earlier one is still here ("the first one").`,
    )
  if (!known) return unknown(turn, draft)
  const asked = turn.intents.find(({ id, weight }) => weight >= 2 && EXTRA.has(id))
  explain(turn, draft, asked ? REPLIES[asked.id] : turn.own.trim() === '' ? undefined : beside)
  return { answered: true }
}

/** "What is a client host?", "we changed our website people, is it related?": asked along with the paste. */
const beside: Attempt = (turn, draft) => sayWord(turn, draft) || known(turn, draft)

const EXTRA = new Set<IntentId>([
  'duration',
  'fault',
  'resend',
  'delivered',
  'tell',
  'for-admins',
  'genuine',
  'notlisted',
  'who',
  'command',
])
const ordinal = (n: number): string =>
  ['first', 'second', 'third', 'fourth', 'fifth'][n - 1] ?? `${n}th`

type Attempt = (turn: Turn, draft: Draft) => boolean

/** Thanks, hello, "who are you": short, and only where nothing else is asked. */
const small: Attempt = (turn, draft) => {
  const [first] = turn.intents
  const text = first && TALK[first.id]
  if (!text || contentWords(turn.own).length > (first.id === 'greeting' ? 2 : 7)) return false
  // "how do I take it off" holds no thanks, and "who can see it" is not about who reads this talk
  if (!isClear(turn, first)) return false
  // "the address is right" is no consent
  if (first.id === 'ok' && residue(turn.own, first.words).length > 0) return false
  if (turn.own.includes('?') && ASK_NOTHING.has(first.id)) return false
  draft.add(text)
  return true
}

/** Small talk is told by its words as they stand, and thanks in a sentence that asks nothing. */
function isClear({ own }: Turn, { id, weight, words }: Intent): boolean {
  if (ASK_NOTHING.has(id)) return !(asksAnything(own) && words.length < 2)
  const byWords = words.length < phraseWords(own).length
  return id !== 'privacy' || !byWords || weight >= words.length
}

const ASK_NOTHING = new Set<IntentId>(['thanks', 'greeting', 'ok'])

const lines: Attempt = (turn, draft) => {
  if (!sayLines(turn, draft)) return false
  const asked = contentWords(turn.own.replace(/^.*220[ +-].*$/gm, ''))
  if (asked.length >= 2 && (asks(turn, 'check') || turn.own.includes('?'))) answerOpen(turn, draft)
  if (turn.report && turn.diagnosis && newFacts(turn).length > 0) afterLine(turn, draft)
  return true
}

/** A question of more words stands alone. */
const ELLIPTIC = 4

/** "Which version exactly?" after a pasted line: what is known of that line again. */
const lineBefore: Attempt = (turn, draft) => {
  const { line } = turn.conversation
  const banners = turn.articles.get('smtp-banners')
  if (turn.report || line === '' || contentWords(turn.own).length > ELLIPTIC) return false
  const tools = runTools(line, null, false)
  if (!sayLines({ ...turn, tools }, draft)) return false
  if (/\bhow (?:do|can|could) (?:i|we)\b/i.test(turn.own) && sayWayOf(turn, draft)) return true
  if (tools.banner && banners) answerFrom(turn, draft, banners)
  return true
}

/** "How do I turn it off?": the best of what was found that tells what to do. */
function sayWayOf(turn: Turn, draft: Draft): boolean {
  const found = turn.retrieval.passages.find(({ role }) => role === 'sender-admin')
  const article = found && turn.articles.get(found.articleId)
  const part = article && partsWith(article, 'sender-admin')[0]
  if (!article || !part) return false
  sayPart(turn, draft, article, part, 1000)
  return true
}

/** A question that says more than this beside its code asks about more than the code. */
const BESIDE_A_CODE = 6

/** A code is named: what it means, also against the one in the report. */
const codes: Attempt = (turn, draft) => {
  const { enhanced, reply } = turn.codes
  if (asks(turn, 'difference') && REPLIES.difference?.(turn, draft)) return true
  if (enhanced.length === 0 && reply.length === 0) return false
  const own = turn.own.replace(/[245]\.\d{1,3}\.\d{1,3}|\b\d{3}\b/g, ' ')
  const says = contentWords(own).length > BESIDE_A_CODE
  if (enhanced[0] && reply[0] && enhanced[0][0] !== String(reply[0])[0]) {
    sayContradiction(turn, draft, enhanced[0], reply[0])
    if (says && turn.retrieval.passages.length > 0) answerOpen(turn, draft)
    return draft.pieces.length > 0
  }
  return says && turn.retrieval.band === 'answer' ? answerOpen(turn, draft) : sayCodes(turn, draft)
}

const found: Attempt = (turn, draft) => turn.retrieval.band === 'answer' && answerOpen(turn, draft)

/** "Where is that setting?": most of what is asked under a report is about the report. */
const within: Attempt = (turn, draft) => !isOffTopic(turn) && answerWithin(turn, draft)

/** "Bounced", "mail came back, what now?": nothing to go by but that. */
const bare: Attempt = (turn, draft) => {
  if (turn.report || turn.diagnosis || turn.conversation.earlier.length > 0) return false
  if (turn.own.trim() === '' || residue(turn.own, BARE).length > 0) return false
  if (!isAboutMail(turn.own) && !/\bhelp\b/i.test(turn.own)) return false
  draft.add(
    'Paste the mail that came back, all of it if you can: its wording and its codes tell what happened.',
  )
  return true
}
const BARE = phraseWords(
  'mail mails email came come back bounce bounced bouncing returned error undeliverable undelivered failure now what help my this happened again',
)

/** A short question that only says "that", "it" or "they". */
const pointsBack = (own: string): boolean =>
  contentWords(own).length <= 2 && /\b(?:that|this|it|there|them|they|those|these)\b/i.test(own)

/** A cause less likely than this is not what the whole answer should be about. */
const LEAST = 0.3

/** A case told without a report: the causes that the facts alone make likely. */
const facts: Attempt = (turn, draft) => {
  // words such as "returned" are also said of parcels: what is of another field tells nothing of a case
  if (turn.report === null && turn.retrieval.band === 'none') return false
  const likely = (turn.diagnosis?.causes[0]?.likelihood ?? 0) >= LEAST
  if (!turn.diagnosis || newFacts(turn).length === 0 || !likely) return false
  explain(turn, draft)
  return true
}

/** Something about the report that no wording settles: the nearest that is known, said as such. */
const context: Attempt = (turn, draft) => {
  if (turn.retrieval.band === 'nearest' && isAboutMail(turn.own)) return answerOpen(turn, draft)
  if (!turn.report || contentWords(turn.own).length > 3) return false
  const { recipient, last, answered } = turn.conversation
  const names = recipient !== null || /\bone\b|first|second|earlier|report/i.test(last.own)
  if (!names && !answered) return false
  explain(turn, draft)
  return true
}

/** "Is that the same mail?", of two reports. */
const same: Attempt = (turn, draft) =>
  SAME.test(turn.own) && turn.conversation.cases.length > 1 && sameMail(turn, draft)
const SAME =
  /^\W*(?:(?:and|but|so|ok)\W+)*(?:is|was|are|were)\b.*\bsame\b|\bsame (?:mail|e-?mail|message|one)\b.*\?/i

/** Back to another report, or on to another recipient: that one in short. */
const switched: Attempt = (turn, draft) => {
  const picks = contentWords(turn.own).length <= 2
  if (!turn.conversation.switched || !turn.diagnosis || (follows(turn) && !picks)) return false
  if (turn.report?.recipients.length === 1) draft.add(recipientList(turn.report))
  explain(turn, draft)
  return true
}

/** A remark that tells something about the case and asks nothing. */
const remark: Attempt = (turn, draft) => isRemark(turn) && sayStanding(turn, draft)

/** What is not understood in another language: the case in short, rather than a guess. */
const again: Attempt = (turn, draft) => {
  if (!turn.report || !turn.diagnosis) return false
  explain(turn, draft)
  return true
}

const ATTEMPTS: readonly Attempt[] = [
  bare,
  sayWord,
  small,
  switched,
  askedPlainly,
  recorded,
  lines,
  switchProduct,
  codes,
  same,
  plainlyKnown,
  yesNo,
  follow,
  remark,
  known,
  within,
  lineBefore,
  found,
  facts,
  context,
  goesOn,
]
/** Replies that speak of the case, where the question may be about more. */
const ABOUT_THE_CASE = new Set<Attempt>([yesNo, follow, remark, within])
const ANYWHERE: readonly Attempt[] = [sayWord, small, bare, lines, codes]
const FOREIGN: readonly Attempt[] = [
  sayWord,
  small,
  lines,
  codes,
  plainlyKnown,
  follow,
  again,
  found,
  facts,
]
