/** What to do next, for this report: what holds only while a message is tried, or only after its end. */
import type { CauseData, Diagnosis, Report, Step } from '../types.ts'
import { anyHolds, holds, type Known, known } from './condition.ts'

/** A step of the data may begin with the one state of the message in which it is good advice. */
const STATE = /^(delayed|final): /

/** For causes that only know how to wait: after a final report waiting brings nothing. */
const ONCE_MORE =
  'This report is final: no server tries it again. Send the message once more after some hours.'

/** The mailbox or group that refuses belongs to the person's own organisation. */
const OURS = ['mailboxIsOurs=yes']
const ASK_OWN =
  'The mailbox or group belongs to your own organisation: give the report to your own mail admin, who can change it.'

/** Whoever has to act knows of it, or has acted. */
const TOLD = [['tried=called', 'tried!=made-room'], ['tried=asked-admin']]
const THEIR_TURN =
  'Whoever can mend it has been told: it is their turn now. Send the message again once they say that it is done.'

const NOTHING_KNOWN = known([])

/** The steps of a cause that fit what became of the message, and what the person told. */
export function stepsFor(
  cause: Pick<CauseData, 'steps' | 'resend' | 'actors'> | undefined,
  kind: Report['kind'] | undefined,
  about: Known = NOTHING_KNOWN,
): Diagnosis['nextSteps'] {
  if (!cause) return { sender: [], admin: [] }
  const sender = open(cause.steps.sender, about)
  const ours = holds(OURS, about) && cause.actors.some((actor) => THEIRS.has(actor))
  const turn = isAnswered(cause, about) && AFTER_OTHERS.has(cause.resend)
  return {
    sender: [
      ...(needsOnceMore(sender, cause.resend, kind) ? [ONCE_MORE] : []),
      ...(ours && !holds(['tried=asked-admin'], about) ? [ASK_OWN] : []),
      ...fitting(sender, kind),
      ...(turn ? [THEIR_TURN] : []),
    ],
    admin: [...fitting(open(cause.steps.admin, about), kind)],
  }
}

/** Send again when somebody else has done something. */
const AFTER_OTHERS = new Set<Diagnosis['resend']>(['after-fix', 'later'])

/** What still is to be done, as sentences. */
const open = (steps: readonly Step[], about: Known): readonly string[] =>
  steps.flatMap((step) =>
    typeof step === 'string' ? [step] : holds(step.if, about) ? [step.say] : [],
  )

/** A step was taken away because the person has done it. */
const isAnswered = ({ steps }: Pick<CauseData, 'steps'>, about: Known): boolean =>
  anyHolds(TOLD, about) &&
  open(steps.sender, about).length < open(steps.sender, NOTHING_KNOWN).length

/** Who has to act: one's own admin, where the mailbox or group is one's own organisation's. */
export function actorsFor(actors: Actors, about: Known): Actors {
  if (!holds(OURS, about)) return actors
  return [...new Set(actors.map((actor) => (THEIRS.has(actor) ? 'sender-admin' : actor)))]
}
type Actors = readonly Diagnosis['actors'][number][]
const THEIRS = new Set<Actors[number]>(['recipient', 'recipient-admin'])

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
  steps: readonly string[],
  resend: CauseData['resend'],
  kind: Report['kind'] | undefined,
): boolean {
  const states = steps.map(stateOf)
  const waits = resend === 'wait' || resend === 'later'
  return kind === 'failure' && waits && states.includes('delayed') && !states.includes('final')
}
