/** The one question whose answer would tell the causes apart. */
import type { Draft } from '../draft.ts'
import type { Turn } from '../turn.ts'

/** Surer than this, there is nothing left to ask. */
const SURE = 0.93

/** Asks it, unless it was asked before: whoever did not answer it has something else in mind. */
export function ask(turn: Turn, draft: Draft): void {
  const [question] = turn.diagnosis?.questions ?? []
  if (!question || !isAsked(turn)) return
  draft.addToText(`To narrow it down: **${question.text}** (${question.options.join(' / ')})`)
}

/** Whether this answer ends with a question. */
export function isAsked({ diagnosis, report, conversation }: Turn): boolean {
  const [question] = diagnosis?.questions ?? []
  const failing = !report || report.kind === 'failure' || report.kind === 'delay'
  const top = diagnosis?.causes[0]?.likelihood ?? 0
  return question !== undefined && failing && top <= SURE && !conversation.put.has(question.id)
}
