/** The one question whose answer would tell the causes apart. */
import type { Question } from '../../../kb/types.ts'
import type { Draft } from '../draft.ts'
import type { Turn } from '../turn.ts'

/** Surer than this, there is nothing left to ask. */
const SURE = 0.93

/** Asks it, unless it was asked before: whoever did not answer it has something else in mind. */
export function ask(turn: Turn, draft: Draft): void {
  const question = questionFor(turn)
  if (!question || !isAsked(turn)) return
  draft.addToText(`To narrow it down: **${question.text}** (${question.options.join(' / ')})`)
}

/** What only somebody with access to the servers can tell. */
const FOR_ADMINS = new Set([
  'queueError',
  'trackingEnd',
  'event327',
  'ownProof',
  'words541',
  'serverPlace',
  'refusedIpOwner',
])

/** The most telling question that this reader can answer. */
export const questionFor = ({ diagnosis, audience }: Turn): Question | undefined =>
  diagnosis?.questions.find(({ id }) => audience === 'admin' || !FOR_ADMINS.has(id))

/** Whether this answer ends with a question. */
export function isAsked(turn: Turn): boolean {
  const { diagnosis, report, conversation } = turn
  const question = questionFor(turn)
  const failing = !report || report.kind === 'failure' || report.kind === 'delay'
  const top = diagnosis?.causes[0]?.likelihood ?? 0
  return question !== undefined && failing && top <= SURE && !conversation.put.has(question.id)
}
