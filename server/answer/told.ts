/** Facts that the person told: what they change, said visibly. */
import { anyHolds, known } from '../../kb/diagnose/condition.ts'
import { FACTS } from '../../kb/diagnose/data.ts'
import { factsOf } from '../../kb/diagnose/facts.ts'
import type { Fact } from '../../kb/types.ts'
import { follows, REMARKS } from './asked.ts'
import { isStatement } from './asks.ts'
import { type Draft, withMark } from './draft.ts'
import { isKnownRemark } from './known.ts'
import { sayPart } from './open.ts'
import { doubtText, sayAspect } from './replies/aspects.ts'
import { adminSteps } from './say/admin.ts'
import { ask } from './say/question.ts'
import { senderSteps, verdict } from './say/verdict.ts'
import { leadOf, partsWith } from './sections.ts'
import { labelOf, mainArticle, type Turn } from './turn.ts'

/** A cause that became this much likelier has changed the picture. */
const NOTABLE = 0.25
const LEAST = 0.3

/** Facts told without a question, or an answer to our own question: what they change. */
export function recorded(turn: Turn, draft: Draft): boolean {
  if (!isTold(turn) || (!changes(turn) && isKnownRemark(turn))) return false
  sayNews(turn, draft)
  const article = mainArticle(turn)
  const [top] = turn.diagnosis?.causes ?? []
  if (!article || !top) return false
  if (changes(turn)) sayCause(turn, draft)
  else saySame(turn, draft, top.title)
  return true
}

/** Noted, and nothing moved: what to do stays what it was. */
function saySame(turn: Turn, draft: Draft, title: string): void {
  draft.add(`The likeliest is still **${title}**.${draft.cite(mainArticle(turn), '')}`)
  // what never was one's own mail has nothing to do with what one changed
  if (turn.diagnosis?.resend !== 'never' && newFacts(turn).some(isChange))
    draft.add(
      '**That may well be it:** what was changed just before is to be suspected first. The report itself does not say so.',
    )
  else if (turn.intents[0]?.id === 'narrow') sayAspect('narrow', turn, draft)
  else if (turn.intents[0]?.id === 'doubt')
    draft.add(`${doubtText(turn)}${draft.cite(mainArticle(turn), '')}`)
  if (turn.audience === 'admin') adminSteps(turn, draft)
  else senderSteps(turn, draft)
  verdict(turn, draft)
  ask(turn, draft)
}

/** Something on one's own side is not as it was. */
const isChange = ({ name, value }: Fact): boolean =>
  (name === 'whatChanged' && value !== 'nothing') || (name === 'since' && value === 'after-change')

/** Whether the message is there to tell something, and not to ask. */
function isTold(turn: Turn): boolean {
  const { tools, own, conversation } = turn
  const news = newFacts(turn)
  if (news.length === 0 || !turn.diagnosis) return false
  if (tools.banner || tools.tracked || tools.logRow) return false
  const asks = own.includes('?') || /\b(?:why|how come)\b/i.test(own)
  if (asks && !conversation.answered && !(turn.report && changes(turn))) return false
  const [first] = turn.intents
  // what is only told is taken in, whatever question it comes near to
  if (isStatement(own) && !(first && REMARKS.has(first.id))) return true
  if (!follows(turn) || first?.id === 'doubt') return true
  return changes(turn) && !news.some(({ name, value }) => name === 'youSentIt' && value === 'no')
}

/** What the last message told that was not known before, as far as it belongs to the case. */
export const newFacts = (turn: Turn) =>
  turn.facts.filter(
    (fact) =>
      belongs(turn, fact) &&
      !turn.conversation.before.some(
        ({ name, value }) => name === fact.name && value === fact.value,
      ),
  )

/** A fact belongs to a report about which it could be asked; without one, nothing can be ruled out. */
function belongs({ report, facts, conversation }: Turn, { name }: Fact): boolean {
  if (!report || conversation.put.has(name) || name === 'tried') return true
  const ask = FACTS.find(({ id }) => id === name)?.ask ?? []
  const others = facts.filter((fact) => fact.name !== name)
  return anyHolds(ask, known([...factsOf(report), ...others], report.text))
}

/** Whether what was told puts another cause on top, or makes the first one clearly likelier. */
export function changes({ diagnosis, previous }: Turn): boolean {
  const [now] = diagnosis?.causes ?? []
  const [before] = previous?.causes ?? []
  return (
    now !== undefined &&
    now.likelihood >= LEAST &&
    (now.id !== before?.id || now.likelihood - before.likelihood > NOTABLE)
  )
}

function sayNews(turn: Turn, draft: Draft): void {
  const told = newFacts(turn).flatMap((fact) => notedAs(fact) ?? [])
  const [now] = turn.diagnosis?.causes ?? []
  const [before] = turn.previous?.causes ?? []
  const moved = turn.report && now && before && now.id !== before.id
  const noted = told.length > 0 ? `Noted: ${told.join('; ')}.` : ''
  const change = 'That changes the picture: the likeliest cause is now another one.'
  draft.add(moved ? `${noted} ${change}` : noted)
}

/** A label as it goes on in a sentence; with its question, where it says too little alone ("a few"). */
function notedAs(fact: Fact): string | undefined {
  const label = labelOf(fact)?.replace(/^[A-Z](?=[a-z]*,)/, (letter) => letter.toLowerCase())
  if (!label || label.split(' ').length >= ENOUGH || /\d|^[A-Z]/.test(label)) return label
  const question = FACTS.find(({ id }) => id === fact.name)?.question
  return question ? `${label} ("${question}")` : label
}
const ENOUGH = 4

/** One cause in full: what it is, its exact scenario, how to recognise it, what to do. */
function sayCause(turn: Turn, draft: Draft): void {
  const article = mainArticle(turn)
  const [top] = turn.diagnosis?.causes ?? []
  if (!article || !top) return
  const because = top.why.length ? `, because ${top.why.slice(0, 3).join('; ')}` : ''
  draft.add(`**${top.title}**${because}.${draft.cite(article, '')}`)
  // the article that the talk was about before has been told already
  if (turn.previous?.causes[0]?.articleId !== article.id) {
    draft.add(withMark(leadOf(article), draft.cite(article, '')))
    for (const part of partsWith(article, 'meaning').slice(0, 1))
      sayPart(turn, draft, article, part, 1500)
    for (const part of partsWith(article, 'recognise').slice(0, 1))
      sayPart(turn, draft, article, part, 900)
  }
  senderSteps(turn, draft)
  verdict(turn, draft)
  adminSteps(turn, draft)
  ask(turn, draft)
}

/** A pasted line that told something: what it means for the report under discussion. */
export function afterLine(turn: Turn, draft: Draft): void {
  const [top] = turn.diagnosis?.causes ?? []
  if (!top || top.likelihood < LEAST) return
  const because = top.why.length ? ` (${top.why.slice(0, 3).join('; ')})` : ''
  draft.add(
    `For your report this means: the likeliest cause is ${changes(turn) ? 'now ' : ''}**${top.title}**${because}.${draft.cite(mainArticle(turn), '')}`,
  )
}
