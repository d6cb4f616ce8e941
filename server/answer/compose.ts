/** Decides what a message is answered with. Pure: everything it needs is in the turn. */
import { type Draft, withMark } from './draft.ts'
import { ask, explain, sayContradiction, whatToDo } from './explain.ts'
import { type Intent, type IntentId, isAboutMail, isCommandeering } from './intent.ts'
import { foreignLanguage } from './language.ts'
import { answerOpen, sayPart } from './open.ts'
import { adminSteps, REPLIES, sayCodes, TALK } from './replies.ts'
import { sayLines } from './say-tools.ts'
import { contentWords, leadOf, partsWith, residue } from './sections.ts'
import { asks, labelOf, mainArticle, productName, type Turn } from './turn.ts'

export type Outcome = { readonly answered: boolean }

/** Writes the answer into the draft. `answered` is false where the KB has nothing and the answer says so. */
export function compose(turn: Turn, draft: Draft): Outcome {
  const language = foreignLanguage(turn.own)
  if (language) draft.add(`I read ${language}, but I answer in English.`)
  if (turn.conversation.last.report) return answerReport(turn, draft)
  if (isCommandeering(turn.own) && !isAboutMail(turn.own.replace(/messages?/gi, '')))
    return decline(draft)
  if (turn.own.trim() === '' && !turn.conversation.last.line) return nothingSaid(draft)
  const answers = [small, recorded, lines, codes, follow, found, facts, context]
  for (const answer of answers) if (answer(turn, draft)) return { answered: true }
  return turn.report || isAboutMail(turn.own) || contentWords(turn.own).length === 0
    ? unknown(turn, draft)
    : decline(draft)
}

/** A new report, with whatever is asked about it in the same message. */
function answerReport(turn: Turn, draft: Draft): Outcome {
  const { report, diagnosis } = turn
  const known =
    diagnosis !== null &&
    (diagnosis.causes.length > 0 || diagnosis.reason !== 'undefined' || report?.kind !== 'failure')
  if (turn.conversation.cases.length > 1)
    draft.add(
      `This is another report, the ${ordinal(turn.conversation.cases.length)} in our talk; the earlier one is still here ("the first one").`,
    )
  const asked = turn.intents.find(({ id, weight }) => weight >= 2 && EXTRA.has(id))
  if (!known) return unknown(turn, draft)
  explain(turn, draft, asked && REPLIES[asked.id])
  return { answered: true }
}

const EXTRA = new Set<IntentId>([
  'duration',
  'fault',
  'resend',
  'delivered',
  'tell',
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
  if (!text || contentWords(turn.own).length > 7) return false
  if (first.id === 'greeting' && contentWords(turn.own).length > 2) return false
  if (turn.own.includes('?') && (first.id === 'thanks' || first.id === 'greeting')) return false
  draft.add(text)
  return true
}

/** Facts told without a question, or an answer to our own question: what they change. */
const recorded: Attempt = (turn, draft) => {
  const news = newFacts(turn)
  const question =
    /\?\s*$/m.test(turn.own) || turn.tools.banner || turn.tools.tracked || turn.tools.logRow
  if (
    news.length === 0 ||
    !turn.diagnosis ||
    (question && !turn.conversation.answered && !changes(turn))
  )
    return false
  if (turn.tools.banner || turn.tools.tracked || turn.tools.logRow) return false
  if (news.some(({ name, value }) => name === 'youSentIt' && value === 'no') && follows(turn))
    return false
  if (follows(turn) && !changes(turn)) return false
  sayNews(turn, draft)
  const article = mainArticle(turn)
  const [top] = turn.diagnosis.causes
  if (!article || !top) return false
  if (changes(turn)) sayCause(turn, draft)
  else {
    draft.add(`The likeliest is still **${top.title}**.${draft.cite(article, '')}`)
    const reply = follows(turn)
    if (!reply) ask(turn, draft)
  }
  return true
}

const newFacts = (turn: Turn) =>
  turn.facts.filter(
    ({ name, value }) =>
      !turn.conversation.before.some((one) => one.name === name && one.value === value),
  )

/** Whether what was told puts another cause on top, or makes the first one clearly likelier. */
function changes({ diagnosis, previous }: Turn): boolean {
  const [now] = diagnosis?.causes ?? []
  const [before] = previous?.causes ?? []
  return (
    now !== undefined &&
    now.likelihood >= 0.3 &&
    (now.id !== before?.id || now.likelihood - before.likelihood > 0.25)
  )
}

function sayNews(turn: Turn, draft: Draft): void {
  const told = newFacts(turn).flatMap(
    (fact) => labelOf(fact)?.replace(/^[A-Z](?=[a-z]*,)/, (letter) => letter.toLowerCase()) ?? [],
  )
  const [now] = turn.diagnosis?.causes ?? []
  const [before] = turn.previous?.causes ?? []
  const moved = now && before && now.id !== before.id
  const noted = told.length > 0 ? `Noted: ${told.join('; ')}. ` : ''
  draft.add(
    moved && turn.report
      ? `${noted}That changes the picture: the likeliest cause is now another one.`
      : noted,
  )
}

/** One cause in full: what it is, its exact scenario, how to recognise it, what to do. */
function sayCause(turn: Turn, draft: Draft): void {
  const article = mainArticle(turn)
  const [top] = turn.diagnosis?.causes ?? []
  if (!article || !top) return
  draft.add(
    `**${top.title}**${top.why.length ? `, because ${top.why.slice(0, 3).join('; ')}` : ''}.${draft.cite(article, '')}`,
  )
  // the article that the talk was about before has been told already
  if (turn.previous?.causes[0]?.articleId !== article.id) {
    draft.add(withMark(leadOf(article), draft.cite(article, '')))
    for (const part of partsWith(article, 'meaning').slice(0, 1))
      sayPart(turn, draft, article, part, 1500)
    for (const part of partsWith(article, 'recognise').slice(0, 1))
      sayPart(turn, draft, article, part, 900)
  }
  whatToDo(turn, draft)
  adminSteps(turn, draft)
  ask(turn, draft)
}

const lines: Attempt = (turn, draft) => {
  if (!sayLines(turn, draft)) return false
  const asked = contentWords(turn.own.replace(/^.*220[ +-].*$/gm, ''))
  if (asked.length >= 2 && (asks(turn, 'check') || turn.own.includes('?'))) answerOpen(turn, draft)
  if (turn.report && turn.diagnosis && newFacts(turn).length > 0) afterLine(turn, draft)
  return true
}

function afterLine(turn: Turn, draft: Draft): void {
  const [top] = turn.diagnosis?.causes ?? []
  if (!top || top.likelihood < 0.3) return
  draft.add(
    `For your report this means: the likeliest cause is ${changes(turn) ? 'now ' : ''}**${top.title}**${top.why.length ? ` (${top.why.slice(0, 3).join('; ')})` : ''}.${draft.cite(mainArticle(turn), '')}`,
  )
}

/** A code is named: what it means, also against the one in the report. */
const codes: Attempt = (turn, draft) => {
  const { enhanced, reply } = turn.codes
  if (asks(turn, 'difference') && REPLIES.difference?.(turn, draft)) return true
  if (enhanced.length === 0 && reply.length === 0) return false
  const own = turn.own.replace(/[245]\.\d{1,3}\.\d{1,3}|\b\d{3}\b/g, ' ')
  if (enhanced[0] && reply[0] && enhanced[0][0] !== String(reply[0])[0]) {
    sayContradiction(turn, draft, enhanced[0], reply[0])
    const { passages } = turn.retrieval
    if (contentWords(own).length > 6 && passages.length > 0) answerOpen(turn, draft)
    return draft.pieces.length > 0
  }
  if (contentWords(own).length > 6 && turn.retrieval.band === 'answer')
    return answerOpen(turn, draft)
  return sayCodes(turn, draft)
}

/** A follow-up about the case: the clearest intent that has a reply. */
const follow: Attempt = (turn, draft) => {
  const reply = follows(turn)
  if (!reply) return false
  if (!reply(turn, draft)) return false
  const next = secondIntent(turn)
  if (next) next(turn, draft)
  return true
}

function follows(turn: Turn) {
  const found = turn.intents.find((one) => REPLIES[one.id] && one.weight >= needed(turn, one))
  return found && REPLIES[found.id]
}

/**
 * How clear a wording must be. A question that says more than the wording and the case asks about a
 * topic of its own ("how can I see whether they run Exchange 2007?"): there, what was found goes first.
 */
function needed(turn: Turn, { id, words }: Intent): number {
  const beyond = residue(turn.own, words).length
  if (id === 'product')
    return turn.products.size > 0 && contentWords(turn.own).length <= 6 ? 1 : NEVER
  if (id === 'code') return NEVER
  const specific = beyond >= (BROAD.has(id) ? 4 : 2) && turn.retrieval.band === 'answer'
  if (!turn.diagnosis && !STANDALONE.has(id)) return NEVER
  return specific ? NEVER : 1
}

const NEVER = 99
/** Asked about a case in many words, and still about the case. */
const BROAD = new Set<IntentId>([
  'identify',
  'duration',
  'fault',
  'resend',
  'delivered',
  'tell',
  'still',
  'recipient',
  'genuine',
  'notlisted',
  'doit',
])
/** Make sense without a report or a diagnosis. */
const STANDALONE = new Set<IntentId>([
  'difference',
  'identify',
  'genuine',
  'doit',
  'warn',
  'resend',
  'tell',
  'notlisted',
  'delivered',
  'duration',
])

function secondIntent(turn: Turn) {
  const clear = turn.intents.filter(
    ({ id, weight }) => REPLIES[id] && weight >= 2 && SECOND.has(id),
  )
  const parts = turn.own.split(/[?.!]/).filter((part) => contentWords(part).length > 0)
  return parts.length > 1 && clear[1] ? REPLIES[clear[1].id] : undefined
}
const SECOND = new Set<IntentId>(['fault', 'resend', 'delivered', 'tell', 'duration'])

const found: Attempt = (turn, draft) => turn.retrieval.band === 'answer' && answerOpen(turn, draft)

/** A case told without a report: the causes that the facts alone make likely. */
const facts: Attempt = (turn, draft) => {
  if (
    !turn.diagnosis ||
    newFacts(turn).length === 0 ||
    (turn.diagnosis.causes[0]?.likelihood ?? 0) < 0.3
  )
    return false
  explain(turn, draft)
  return true
}

/** Something about the report that no wording settles: the nearest that is known, said as such. */
const context: Attempt = (turn, draft) => {
  if (turn.retrieval.band === 'nearest' && isAboutMail(turn.own)) return answerOpen(turn, draft)
  if (!turn.report || contentWords(turn.own).length > 3) return false
  const { recipient, last, answered } = turn.conversation
  if (recipient === null && !/\bone\b|first|second|earlier|report/i.test(last.own) && !answered)
    return false
  explain(turn, draft)
  return true
}

/** Nothing fits: what was looked at, and what would help. */
function unknown(turn: Turn, draft: Draft): Outcome {
  const looked = looksAt(turn)
  draft.add(
    '**I do not know this.** Nothing in my knowledge base answers it, and I will not guess.',
  )
  if (looked.length > 0)
    draft.add(`What I looked at:\n\n${looked.map((line) => `- ${line}`).join('\n')}`)
  draft.add(
    `What would help:\n\n${gather(turn)
      .map((line) => `- ${line}`)
      .join('\n')}`,
  )
  const article = turn.articles.get('get-full-report')
  if (article)
    draft.add(
      withMark(
        `How to get the whole report is described in the note "${article.title}".`,
        draft.cite(article, ''),
      ),
    )
  return { answered: false }
}

function looksAt({ report, codes: named, products, retrieval }: Turn): readonly string[] {
  const near = retrieval.passages[0]
  return [
    ...(report && report.kind !== 'none'
      ? [
          `your report${report.generator.product ? ` (written by ${report.generator.product})` : ''}, its codes and its wording`,
        ]
      : []),
    ...(named.enhanced.length > 0
      ? [`the code ${named.enhanced.map((code) => `\`${code}\``).join(', ')}`]
      : []),
    ...(products.size > 0
      ? [`what I have about ${[...products].slice(0, 3).map(productName).join(', ')}`]
      : []),
    ...(near ? [`the closest article, "${near.title}", which does not answer it`] : []),
  ]
}

const gather = ({ report }: Turn): readonly string[] => [
  report && report.kind !== 'none'
    ? 'the whole report with its technical part ("Diagnostic information for administrators", `Diagnostic-Code:` …)'
    : 'the report itself: paste the mail that came back, all of it',
  'the line of the refusing server, word by word, with its three-digit code',
  'which mail systems both sides use, since when it happens, and whether all mail is affected or only some',
]

function decline(draft: Draft): Outcome {
  draft.add(
    'I only know about mail that does not arrive: paste a mail that came back, or ask about mail delivery.',
  )
  return { answered: false }
}

function nothingSaid(draft: Draft): Outcome {
  draft.add('There is nothing to read yet. Paste the mail that came back, all of it if you can.')
  return { answered: false }
}
