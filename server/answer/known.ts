/** Whether a question inside a case is known in other words, and how surely. */
import { ANY_CASE } from '../../kb/faq.ts'
import { asksAnything } from './asks.ts'
import type { Draft } from './draft.ts'
import type { FaqHit } from './faq.ts'
import { sayFaq } from './from-faq.ts'
import { type IntentId, readIntents } from './intent.ts'
import { contentWords } from './sections.ts'
import { caseIds, type Turn } from './turn.ts'

/** From here on a question is the same in other words, of this very case surely so, and from there on in almost the same words. */
const ALIKE = 0.55
const OF_THE_CASE = 0.62
const THE_SAME = 0.75
/** A question of this very case, so plain and so far ahead of all others, is no personal one, however it is worded. */
const PLAIN = 0.8
const AHEAD = 0.2
/** A question of fewer content words hangs on the case. */
const STANDS_ALONE = 3

/** Answers a question that is known; false where none is near enough, or where the case itself answers. */
export const known = (turn: Turn, draft: Draft): boolean =>
  !isPersonal(turn) && sayFrom(turn, draft, ALIKE)

/** The same for what is surer than a wording or an example makes of it. */
export const plainlyKnown = (turn: Turn, draft: Draft): boolean =>
  isPlain(turn)
    ? say(turn, draft, turn.faq[0])
    : !wordedPersonally(turn) && sayFrom(turn, draft, leastOf(turn))

/** Asked in almost the same words: answered before what the message tells is taken in. */
export const askedPlainly = (turn: Turn, draft: Draft): boolean =>
  asksAnything(turn.own) && (turn.faq[0]?.score ?? 0) >= THE_SAME && plainlyKnown(turn, draft)

/** Near enough to a question of the case to belong to it. */
export const isKnown = ({ faq: [first] }: Turn): boolean => (first?.score ?? 0) >= ALIKE

/** The leading article's own questions are nearer to what is meant than what is asked everywhere. */
const leastOf = (turn: Turn): number =>
  turn.faq[0]?.articleId === caseIds(turn.diagnosis)[0] ? OF_THE_CASE : THE_SAME

function isPlain({ faq: [first, ...rest] }: Turn): boolean {
  if (!first || first.articleId === ANY_CASE) return false
  const other = rest.find(({ entry }) => entry.at !== first.entry.at)
  return first.score >= PLAIN && first.score - (other?.score ?? 0) >= AHEAD
}

function sayFrom(turn: Turn, draft: Draft, least: number): boolean {
  const [hit] = turn.faq
  if (!hit || hit.score < least) return false
  // "and how long?" hangs on the case, not on what is asked everywhere
  const hangs = hit.articleId === ANY_CASE && contentWords(turn.own).length < STANDS_ALONE
  return hangs && hit.score < THE_SAME ? false : say(turn, draft, hit)
}

const say = (turn: Turn, draft: Draft, hit: FaqHit | undefined): boolean =>
  hit !== undefined && sayFaq(turn, draft, hit)

/** About the person and this mail rather than about its matter: the case itself answers. */
export const isPersonal = ({ intents }: Turn): boolean =>
  intents[0] !== undefined && PERSONAL.has(intents[0].id)

/** The same by its wording, not by what its meaning comes near to. */
function wordedPersonally({ own }: Turn): boolean {
  const [told] = readIntents(own)
  return told !== undefined && PERSONAL.has(told.id)
}
const PERSONAL = new Set<IntentId>([
  'duration',
  'duration-future',
  'lasting',
  'fault',
  'resend',
  'delivered',
  'tell',
  'for-admins',
  'who',
  'sure',
  'source',
  'still',
  'explain',
  'simpler',
  'short',
  'detail',
  'genuine',
  'recipient',
  'notlisted',
  'doit',
  'human',
  'thanks',
  'ok',
  'greeting',
  'capability',
  'privacy',
  'language',
  'urgent',
  'personal',
  'clock',
  'slip',
  'if-never',
  'copy',
  'lookup',
  'forget',
  'upset',
  'recall',
  'retext',
  'next',
  'fix',
])
