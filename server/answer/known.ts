/** Whether a question inside a case is known in other words, and how surely. */
import { ANY_CASE, placeOf } from '../../kb/faq.ts'
import { asksAnything } from './asks.ts'
import type { Draft } from './draft.ts'
import type { FaqHit } from './faq.ts'
import { sayFaq } from './from-faq.ts'
import { type IntentId, readIntents } from './intent.ts'
import { contentWords } from './sections.ts'
import { caseIds, SERVER_IDS, type Turn } from './turn.ts'

/** From here on a question has to do with one that is known, */
const NEAR = 0.45
/** is the same in other words, */
const ALIKE = 0.55
/** is surely so where it is asked of this very case, */
const OF_THE_CASE = 0.62
/** and is put in almost the same words. */
const THE_SAME = 0.75
/** A question of this very case, so plain and so far ahead of all others, is no personal one, however it is worded. */
const PLAIN = 0.8
const PLAIN_ANYWHERE = 0.95
const AHEAD = 0.2
/** A question of fewer content words hangs on the case. */
const STANDS_ALONE = 3

/** Answers a question that is known; false where none is near enough, or where the case itself answers. */
export const known = (turn: Turn, draft: Draft): boolean =>
  !isPersonal(turn) && sayFrom(turn, draft, ALIKE)

/** The same for what is surer than a wording or an example makes of it. */
export function plainlyKnown(turn: Turn, draft: Draft): boolean {
  if (isPlain(turn)) return say(turn, draft, turn.faq[0])
  return turn.faq[0]?.articleId === caseIds(turn.diagnosis)[0]
    ? !wordedPersonally(turn) && sayFrom(turn, draft, OF_THE_CASE)
    : !isPersonal(turn) && sayFrom(turn, draft, THE_SAME)
}

/** Asked in almost the same words: answered before what the message tells is taken in. */
export const askedPlainly = (turn: Turn, draft: Draft): boolean =>
  asksAnything(turn.own) && (turn.faq[0]?.score ?? 0) >= THE_SAME && plainlyKnown(turn, draft)

/** Near enough to a question of the case to belong to it. */
export const isKnown = ({ faq: [first] }: Turn): boolean => (first?.score ?? 0) >= NEAR

/** What was told is known as such, with an answer of its own: that comes before what it does to the case. */
export const isKnownRemark = ({ faq: [hit] }: Turn): boolean =>
  hit !== undefined && hit.score >= THE_SAME

function isPlain(turn: Turn): boolean {
  const [first, ...rest] = turn.faq
  if (!first || !isOfProduct(turn, first)) return false
  const other = rest.find(({ entry }) => entry.at !== first.entry.at)
  const least = first.articleId === ANY_CASE ? PLAIN_ANYWHERE : PLAIN
  return first.score >= least && first.score - (other?.score ?? 0) >= AHEAD
}

function sayFrom(turn: Turn, draft: Draft, least: number): boolean {
  const hit = turn.faq.slice(0, LOADED).find((one) => isOfProduct(turn, one))
  if (!hit || hit.score < least) return false
  // "and how long?" hangs on the case, not on what is asked everywhere
  const hangs = hit.articleId === ANY_CASE && contentWords(turn.own).length < STANDS_ALONE
  return hangs && hit.score < THE_SAME ? false : say(turn, draft, hit)
}

/** So many hits have their articles at hand. */
const LOADED = 3

/**
 * "Push the queue" is another command on another server, and each list has a form of its own: what is asked
 * everywhere and rests on an article about a few products or providers is for a case of theirs alone.
 */
function isOfProduct({ products, articles, report, diagnosis }: Turn, hit: FaqHit): boolean {
  const place = placeOf(hit.entry, hit.articleId)
  const article = place && articles.get(place.articleId)
  if (hit.articleId !== ANY_CASE || !article) return true
  const servers = article.products.length > 0 && article.products.every(isServer)
  const few = article.kind === 'article' && article.products.length + article.providers.length > 0
  const narrow = servers || (few && article.products.length <= FEW)
  if (!narrow || diagnosis?.causes.some(({ articleId }) => articleId === article.id)) return true
  // a report of Exchange's form may be of either kind
  const exchange = products.has('exchange-server') && article.products.some(isExchange)
  const providers = report?.recipients.map(({ provider }) => provider) ?? []
  return (
    exchange ||
    article.products.some((id) => products.has(id)) ||
    article.providers.some((id) => providers.includes(id))
  )
}
const FEW = 3
const isExchange = (id: string): boolean => id.startsWith('exchange-')
const isServer = (id: string): boolean => SERVER_IDS.has(id) || id === 'exchange-server'

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
