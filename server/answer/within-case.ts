/** A question under a report that no wording settles is answered from the case, unless it names something else. */
import type { Article, SectionRole } from '../../kb/types.ts'
import type { Draft } from './draft.ts'
import { namesElsewhere } from './elsewhere.ts'
import { hasCommand } from './fill.ts'
import { sayLead, sayPart } from './open.ts'
import { actors, whoCanFix } from './say/verdict.ts'
import { contentWords, overlap, type Part, partsWith, suits } from './sections.ts'
import { mainArticle, type Turn } from './turn.ts'
import { isYesNo } from './yes-no-form.ts'

/** Answers from the leading cause's own article; false where another subject is named. */
export function answerWithin(turn: Turn, draft: Draft): boolean {
  const article = mainArticle(turn)
  if (!turn.report || !turn.diagnosis || !article) return false
  if (namesElsewhere(turn) || turn.conversation.last.fresh) return false
  const parts = partsFor(turn, article)
  if (parts.length === 0) return sayNoMore(turn, draft, article)
  if (isYesNo(turn.own)) draft.add('**The report does not say.** The nearest that my sources have:')
  else sayLead(turn, draft, article)
  for (const part of parts) sayPart(turn, draft, article, part, LENGTH)
  if (WHOSE.test(turn.own)) draft.add(whoCanFix(turn))
  return true
}

const wasSaid = ({ conversation }: Turn, { markdown }: Part): boolean =>
  conversation.previously.includes(markdown.slice(0, 120))

/** All that would fit has just been said: saying it again answers nothing. */
function sayNoMore(turn: Turn, draft: Draft, article: Article): boolean {
  if (!turn.diagnosis || PLACES.test(turn.own)) return false
  draft.add(
    `${isYesNo(turn.own) ? '**The report does not say.** ' : ''}More than I said before my sources do not tell about that.${draft.cite(article, '')} Ask it in other words, or say what you want to reach.`,
  )
  draft.add(`**Who can tell more:** ${actors(turn.diagnosis)}.`)
  return true
}

const LENGTH = 1000
/** Asks whether it is for the person to do, or for somebody else. */
const WHOSE = /\bwho\b|\b(?:can|could|must|should|shall) (?:i|we)\b|\b(?:myself|ourselves)\b/i

/** What a kind of question wants to read; the first that fits is taken. */
const KINDS: readonly (readonly [RegExp, readonly SectionRole[]])[] = [
  [/\bwhy\b|\bhow come\b|\breason\b/i, ['why', 'meaning']],
  [/^\W*(?:(?:and|but|so|ok) )*where\b/i, ['sender', 'sender-admin', 'check', 'meaning']],
  [
    /\bhow (?:do|can|could|would|will) (?:i|we) (?:check|see|know|tell|test|find out)\b/i,
    ['check', 'sender-admin', 'meaning'],
  ],
  [
    /\b(?:can|could|should|shall|must|do|does) (?:he|she|they|the(?:ir| other)\b[\w ]*) (?:have to |need to )?(?:do|change|set|fix|allow|make)\b/i,
    ['recipient-side', 'sender'],
  ],
  [
    /\b(?:how|can|should|shall|could) (?:do |can |could |should |shall )?(?:i|we)\b|\bwhat (?:can|could|should|shall|do|must) (?:i|we)\b|\binstead\b/i,
    ['sender', 'meaning'],
  ],
]
const OTHERWISE: readonly SectionRole[] = ['meaning', 'why']
/** Words of the question that a section speaks of count more than its kind from here on. */
const TOUCHES = 0.5

/** "Who has to …?": what the one can do who can act. */
const rolesOfActor = ({ diagnosis }: Turn): readonly SectionRole[] => {
  const [actor] = diagnosis?.actors ?? []
  if (actor === 'sender') return ['sender']
  return actor === 'recipient' || actor === 'recipient-admin'
    ? ['recipient-side', 'sender']
    : ['sender-admin', 'sender']
}

/** Asks for a place, or for the way to look at something. */
const PLACES =
  /^\W*(?:(?:and|but|so|ok)\W+)*where\b|\bhow (?:do|can|could|would) (?:i|we) (?:check|see|look|test|find)\b/i
const THEIRS = /\b(?:he|she|they|his|her|their|mum|mom|dad|recipient|other side)\b/i
const isPlace = (markdown: string): boolean =>
  /https?:|\b[\w-]+\.(?:com|org|net)\b|\w > \w/.test(markdown) || hasCommand(markdown)

/** The section that the kind of question asks for; among several, the one that its words touch. */
function partsFor(turn: Turn, article: Article): readonly Part[] {
  const found = KINDS.find(([words]) => words.test(turn.own))?.[1] ?? OTHERWISE
  const kind = /^\W*(?:(?:and|but|so|ok)\W+)*who\b/i.test(turn.own) ? rolesOfActor(turn) : found
  const roles = kind.flatMap((role): readonly SectionRole[] =>
    role === 'sender' && turn.audience === 'admin' ? ['sender-admin', 'sender'] : [role],
  )
  const words = contentWords(turn.own)
  const scored = partsWith(article, ...USABLE)
    .filter((part) => suits(part.heading, turn.products) && !wasSaid(turn, part))
    .map((part) => ({ part, score: overlap(words, `${part.heading} ${part.markdown}`) }))
    .sort((a, b) => b.score - a.score)
  const [best] = scored
  const candidates = [...roles, ...OTHERWISE].flatMap((role) =>
    scored.filter(({ part }) => part.role === role),
  )
  if (PLACES.test(turn.own)) {
    // a section without a path, a link or a command does not say where or how to look
    const isOne = ({ part }: (typeof scored)[number]) => isPlace(part.markdown)
    const theirs = THEIRS.test(turn.own)
      ? scored.find((one) => one.part.role === 'recipient-side' && isOne(one))
      : undefined
    const place = theirs ?? candidates.find(isOne)
    return place ? [place.part] : []
  }
  const ofKind = candidates[0]
  // what the question names stands in one section alone: that one, whatever its kind
  if (best && best.score >= TOUCHES && best.score > (ofKind?.score ?? 0) + 0.25) return [best.part]
  return ofKind ? [ofKind.part] : best ? [best.part] : []
}

const USABLE: readonly SectionRole[] = [
  'meaning',
  'why',
  'check',
  'sender',
  'sender-admin',
  'recipient-side',
  'lookalike',
  'other',
]
