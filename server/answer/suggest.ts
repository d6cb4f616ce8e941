/** What the person may want to say next, in their own voice: only what this program can answer. */
import { concerned } from '../../kb/diagnose/facts.ts'
import { hasCommand } from './fill.ts'
import { readIntents } from './intent.ts'
import { questionFor } from './say/question.ts'
import { partsOf } from './sections.ts'
import { asks, mainArticle, type Turn } from './turn.ts'

const MOST = 4

export function suggestions(turn: Turn): readonly string[] {
  const all = turn.report || turn.diagnosis ? ofCase(turn) : WITHOUT_CASE
  const said = new Set(
    [...turn.conversation.earlier, turn.own].map((text) => text.trim().toLowerCase()),
  )
  const just = new Set(turn.intents.slice(0, 1).map(({ id }) => id))
  return all
    .filter((text) => !said.has(text.toLowerCase()))
    .filter(
      (text) =>
        !readIntents(text)
          .slice(0, 1)
          .some(({ id }) => just.has(id)),
    )
    .slice(0, MOST)
}

const WITHOUT_CASE: readonly string[] = [
  'How do I get the full report?',
  'What do codes like 5.1.1 and 4.4.7 mean?',
  'I get reports for mails that I never sent',
]

function ofCase(turn: Turn): readonly string[] {
  const { report, diagnosis } = turn
  const failed = report?.kind !== 'success' && report?.kind !== 'auto-reply'
  if (report && !failed)
    return ['Was it delivered to everybody?', 'How do I see that it is not a failure?']
  const many = (report?.recipients.length ?? 0) > 1
  const article = mainArticle(turn)
  const commands = article ? partsOf(article).some(({ markdown }) => hasCommand(markdown)) : false
  return [
    ...answers(turn),
    ...(turn.audience === 'admin' ? [] : ['Show this for my IT']),
    ...(report && concerned(report)[0]?.reason === 'expired' ? ['Why did it take so long?'] : []),
    ...(turn.audience === 'admin' ? [] : ['Is it my fault?']),
    ...(commands && turn.audience === 'admin' ? ['Show me the command'] : []),
    diagnosis?.actors[0] === 'recipient-admin'
      ? 'Give me a text for the other side’s admin'
      : 'What do I tell the recipient?',
    'Should I send it again?',
    ...(many ? ['Which recipients did not get it?'] : []),
    'What else could it be?',
    ...(asks(turn, 'check') ? [] : ['How do I check that it works again?']),
  ]
}

/** An answer to our own question, as the person would put it. */
function answers(turn: Turn): readonly string[] {
  const { facts } = turn
  const question = questionFor(turn)
  if (!question || facts.some(({ name }) => name === question.id)) return []
  return question.options
    .filter((option) => option.split(' ').length > 2)
    .slice(0, 1)
    .map((option) => option[0]?.toUpperCase() + option.slice(1))
}
