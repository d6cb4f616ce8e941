/**
 * Sentences that turn the rules' verdict around: "send it again" against "do not", "permanent" against
 * "still trying", "your fault" against "theirs". In English only: in another language the card beside
 * the answer, which comes from the rules, stays the reference.
 */
import type { Diagnosis } from '../../kb/types.ts'

/** What the rules say of the message, as far as a sentence could contradict it. */
export type Verdict = {
  readonly resend: Diagnosis['resend']
  readonly permanent: boolean | null
  readonly actors: readonly Diagnosis['actors'][number][]
  /** a notice of delay: nothing has failed yet */
  readonly delayed: boolean
}

const NEGATED =
  /\b(?:not|never|no|nobody|nothing|neither|without|instead of|rather than|avoid|cannot|can't|don't|doesn't|won't|isn't|wasn't|shouldn't|needn't)\b/i
/** What makes an advice depend on something: then it is not the plain opposite. */
const CONDITION =
  /\b(?:if|once|when|after|until|unless|only|as soon as|later|smaller|fewer|corrected|checked|another address|new address|by another way)\b/i

const RESEND =
  /\b(?:re-?send(?:ing)?|send(?:ing)? (?:it|this|that|them|(?:the|your) (?:same )?(?:mail|message|e-?mail)s?)(?: once)? (?:again|more|anew)|try(?:ing)? (?:it )?again|send again)\b/i
const FINAL =
  /\b(?:permanent(?:ly)?|for good|final(?:ly)?|given up|gave up|will not (?:be )?(?:try|tried|retried|delivered)|never arrive)\b/i
const PASSING =
  /\b(?:temporar(?:y|ily)|still (?:being tried|trying|on its way)|keeps? trying|will (?:be tried|try|retry|be delivered|arrive)|may still arrive|retried automatically)\b/i
const YOURS =
  /\b(?:(?:is|was|lies (?:with|on)|fault of|caused by|your own) (?:you\b|your (?:own )?(?:side|server|fault|mistake|system|settings|admin))|your (?:own )?(?:fault|mistake)|you (?:made|did) (?:a mistake|something wrong))/i
const THEIRS =
  /\b(?:(?:the )?(?:other side|recipient|receiver|their (?:server|side|admin))(?:'s)?(?: (?:server|side|admin|system))?(?:'s)? (?:fault|mistake)|(?:lies|is) (?:with|on) (?:the (?:other|recipient's|receiving) side|their side|them\b)|(?:nothing|there is nothing) (?:that )?you(?:r admin)? can do)/i

/** Why a sentence may not stand, or undefined. */
export function contradiction(sentence: string, verdict: Verdict): string | undefined {
  return (
    resendTurned(sentence, verdict) ??
    permanenceTurned(sentence, verdict) ??
    sideTurned(sentence, verdict)
  )
}

const SEND_NOT = new Set<Diagnosis['resend']>(['wait', 'after-fix', 'never', 'no-need'])
const SEND_SOME = new Set<Diagnosis['resend']>(['later', 'new-address', 'smaller', 'fewer'])

function resendTurned(sentence: string, { resend }: Verdict): string | undefined {
  if (!RESEND.test(sentence) || CONDITION.test(sentence)) return undefined
  const denied = NEGATED.test(sentence)
  if (SEND_NOT.has(resend) && !denied) return 'turned verdict: send again'
  if (SEND_SOME.has(resend) && /\bnever\b/i.test(sentence)) return 'turned verdict: send again'
  return undefined
}

function permanenceTurned(sentence: string, { permanent, delayed }: Verdict): string | undefined {
  if (CONDITION.test(sentence)) return undefined
  const denied = NEGATED.test(sentence.replace(/\bwill not\b/gi, ''))
  const saysFinal = FINAL.test(sentence) && !denied
  const saysPassing = PASSING.test(sentence) && !NEGATED.test(sentence)
  const deniesFinal = /\bpermanent\b/i.test(sentence) && denied
  if (delayed && saysFinal) return 'turned verdict: permanent'
  if (permanent === true && (saysPassing || deniesFinal)) return 'turned verdict: permanent'
  return undefined
}

function sideTurned(sentence: string, { actors }: Verdict): string | undefined {
  if (NEGATED.test(sentence.replace(/\bnothing\b/gi, '')) || CONDITION.test(sentence))
    return undefined
  const [first] = actors
  const own = actors.filter((actor) => actor === 'sender' || actor === 'sender-admin')
  if (YOURS.test(sentence) && own.length === 0 && first) return 'turned verdict: side'
  const theirs = first === 'recipient' || first === 'recipient-admin'
  if (THEIRS.test(sentence) && first && !theirs && own.length > 0) return 'turned verdict: side'
  return undefined
}
