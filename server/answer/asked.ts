/** Which reply a follow-up gets: the clearest intent that the case and the question leave room for. */

import { isStatement } from './asks.ts'
import type { Draft } from './draft.ts'
import type { Intent, IntentId } from './intent.ts'
import { REPLIES, type Reply } from './replies/index.ts'
import { contentWords, residue } from './sections.ts'
import type { Turn } from './turn.ts'

/** A follow-up about the case: the clearest intent that has a reply, and something to say. */
export function follow(turn: Turn, draft: Draft): boolean {
  const before = draft.pieces.length
  for (const found of clearOf(turn)) {
    const own = found.id === 'guess' ? turn.own : (found.asked ?? turn.own)
    const said = REPLIES[found.id]?.({ ...turn, own }, draft)
    if (said) sayAlso(turn, draft, found)
    if (said || draft.pieces.length > before) return said === true
  }
  return false
}

export function follows(turn: Turn): Reply | undefined {
  const [found] = clearOf(turn)
  return found && REPLIES[found.id]
}

const clearOf = (turn: Turn): readonly Intent[] =>
  turn.intents.filter((one) => REPLIES[one.id] && one.weight >= needed(turn, one)).slice(0, MOST)
/** What is less clear than these is not meant. */
const MOST = 2

/**
 * How clear a wording must be. A question that says more than the wording and the case asks about a
 * topic of its own ("how can I see whether they run Exchange 2007?"): there, what was found goes first.
 */
function needed(turn: Turn, { id, words, asked }: Intent): number {
  const beyond = residue(asked ?? turn.own, words).length
  if (turn.conversation.last.fresh && turn.retrieval.band === 'answer' && !STANDALONE.has(id))
    return NEVER
  if (id === 'product')
    return turn.products.size > 0 && contentWords(turn.own).length <= 6 ? 1 : NEVER
  if (id === 'code') return NEVER
  // a remark that happens to hold a word or two of a question asks nothing
  if (words.length < 3 && isStatement(turn.own) && !REMARKS.has(id)) return NEVER
  const clear = words.length >= 4 ? 4 : 2
  const most = SURE.has(id) ? MANY : BROAD.has(id) ? 4 : STRICT.has(id) ? 1 : clear
  const specific = beyond >= most && turn.retrieval.band === 'answer'
  if (!turn.diagnosis && !STANDALONE.has(id)) return NEVER
  return specific ? NEVER : 1
}

const NEVER = 99
const MANY = 12
/** Said by way of telling something. */
export const REMARKS = new Set<IntentId>([
  'still',
  'sure',
  'genuine',
  'notlisted',
  'silent',
  'simpler',
  'urgent',
  'inbound',
  'noreport',
  'slip',
])
/** Nothing else is meant by these, however much is told around them. */
const SURE = new Set<IntentId>([
  'genuine',
  'silent',
  'notlisted',
  'listed',
  'urgent',
  'inbound',
  'noreport',
  'slip',
  'narrow',
])
/** About the answer itself: "what is DKIM, in plain words?" is about DKIM. */
const STRICT = new Set<IntentId>(['simpler', 'short', 'detail', 'source', 'sure', 'next', 'check'])
/** Asked about a case in many words, and still about the case. */
const BROAD = new Set<IntentId>([
  'identify',
  'duration',
  'fault',
  'resend',
  'delivered',
  'tell',
  'for-admins',
  'still',
  'recipient',
  'genuine',
  'notlisted',
  'doit',
  'silent',
  'size',
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
  'lasting',
  'listed',
  'command',
  'silent',
  'size',
  'inbound',
  'noreport',
])

/** "Is it my fault? Should I send it again?" asks twice. */
function sayAlso(turn: Turn, draft: Draft, first: Intent): void {
  const other = turn.intents.find(
    ({ id, asked }) =>
      first.asked &&
      asked &&
      (asked.endsWith('?') || DEMANDS.has(id)) &&
      id !== first.id &&
      REPLIES[id],
  )
  if (other) REPLIES[other.id]?.({ ...turn, own: other.asked ?? turn.own }, draft)
  else secondReply(turn)?.(turn, draft)
}

/** Said without a question mark, and still wanted. */
const DEMANDS = new Set<IntentId>(['tell', 'retext', 'short', 'for-admins', 'command', 'simpler'])

function secondReply(turn: Turn): Reply | undefined {
  const clear = turn.intents.filter(
    ({ id, weight }) => REPLIES[id] && weight >= 2 && SECOND.has(id),
  )
  const parts = turn.own.split(/[?.!]/).filter((part) => contentWords(part).length > 0)
  return parts.length > 1 && clear[1] ? REPLIES[clear[1].id] : undefined
}
const SECOND = new Set<IntentId>(['fault', 'resend', 'delivered', 'tell', 'duration'])
