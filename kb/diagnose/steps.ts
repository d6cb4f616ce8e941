/** What to do next, for this report: what holds only while a message is tried, or only after its end. */
import type { CauseData, Diagnosis, Report } from '../types.ts'

/** A step of the data may begin with the one state of the message in which it is good advice. */
const STATE = /^(delayed|final): /

/** For causes that only know how to wait: after a final report waiting brings nothing. */
const ONCE_MORE =
  'This report is final: no server tries it again. Send the message once more after some hours.'

/** The steps of a cause that fit what became of the message. */
export function stepsFor(
  cause: Pick<CauseData, 'steps' | 'resend'> | undefined,
  kind: Report['kind'] | undefined,
): Diagnosis['nextSteps'] {
  if (!cause) return { sender: [], admin: [] }
  const { sender, admin } = cause.steps
  return {
    sender: [...(needsOnceMore(cause, kind) ? [ONCE_MORE] : []), ...fitting(sender, kind)],
    admin: [...fitting(admin, kind)],
  }
}

const fitting = (steps: readonly string[], kind: Report['kind'] | undefined): readonly string[] =>
  steps.filter((step) => holdsIn(stateOf(step), kind)).map((step) => said(step, kind))

const stateOf = (step: string): string | undefined => STATE.exec(step)?.[1]

/** Without a report neither is known: both are said. */
function holdsIn(state: string | undefined, kind: Report['kind'] | undefined): boolean {
  if (state === 'delayed') return kind !== 'failure'
  return state !== 'final' || kind !== 'delay'
}

function said(step: string, kind: Report['kind'] | undefined): string {
  const plain = step.replace(STATE, '')
  if (stateOf(step) !== 'final' || kind === 'failure') return plain
  return `After a final report: ${plain.charAt(0).toLowerCase()}${plain.slice(1)}`
}

function needsOnceMore(
  { steps, resend }: Pick<CauseData, 'steps' | 'resend'>,
  kind: Report['kind'] | undefined,
): boolean {
  const states = steps.sender.map(stateOf)
  const waits = resend === 'wait' || resend === 'later'
  return kind === 'failure' && waits && states.includes('delayed') && !states.includes('final')
}
