/** "How long until he can send again?": what the KB says of times in this case. */
import type { Article } from '../../../kb/types.ts'
import { type Draft, withMark } from '../draft.ts'
import { fill, valuesOf } from '../fill.ts'
import { sayPart } from '../open.ts'
import {
  blocksOf,
  contentWords,
  itemsOf,
  overlap,
  partsWith,
  suits,
  unlisted,
} from '../sections.ts'
import { caseArticles, mainArticle, type Turn } from '../turn.ts'
import { profileOf } from './profile.ts'

const TIME =
  /\b(?:\d[\d.,]*|an?|one|two|few|some|several|within|up to)\b[^.|]{0,24}\b(?:seconds?|minutes?|hours?|days?|weeks?|months?)\b/i

type Statement = {
  readonly article: Article
  readonly heading: string
  readonly text: string
  /** how to see that it works tells how long that takes */
  readonly isCheck: boolean
}

/** Adds the statement of the case's article that tells a time and is nearest to the question; false for none. */
export function sayTimes(turn: Turn, draft: Draft): boolean {
  const words = contentWords(turn.own)
  const main = mainArticle(turn)
  const found = [...new Set([...(main ? [main] : []), ...caseArticles(turn)])].flatMap((article) =>
    statements(article, turn).map((one) => ({
      ...one,
      score: overlap(words, one.text) + (one.isCheck ? CHECK : 0),
    })),
  )
  const [best] = found.sort((a, b) => b.score - a.score)
  if (!best || best.score === 0 || draft.pieces.some((piece) => piece.includes(best.text)))
    return false
  const text = fill(best.text, valuesOf(turn.report))
  draft.add(
    `**What my sources say of times:**\n\n> ${withMark(text, draft.cite(best.article, best.heading))}`,
  )
  return true
}
const CHECK = 0.1

/** Sentences and items that tell a time. */
const statements = (article: Article, { products }: Turn): readonly Statement[] =>
  partsWith(article, 'check', 'sender-admin', 'sender', 'recipient-side', 'meaning', 'why')
    .filter(({ heading }) => suits(heading, products))
    .flatMap(({ heading, markdown, role }) =>
      blocksOf(markdown)
        .filter((block) => !/^\s*(?:```|\|)/.test(block))
        .flatMap(itemsOf)
        .map((item) => unlisted(item).replace(/\s+/g, ' '))
        .filter((text) => TIME.test(text))
        .map((text) => ({ article, heading, text, isCheck: role === 'check' })),
    )

/** How soon a change counts, and how to see that it does. */
export function sayWhenItCounts(turn: Turn, draft: Draft): boolean {
  const times = turn.articles.get('how-long-will-it-take')
  const article = mainArticle(turn)
  const dns = DNS.has(profileOf(turn)) || /\b(?:dns|record|txt|mx|ttl)\b/i.test(turn.own)
  if (!dns && sayTimes(turn, draft)) return true
  draft.add(
    dns
      ? `A changed DNS record is known everywhere within minutes to hours, up to 72 hours.${draft.cite(times ?? article, '')}`
      : `My sources name no waiting time for this change; a short test mail shows whether it counts already.${draft.cite(article, '')}`,
  )
  const [check] = article ? partsWith(article, 'check') : []
  if (article && check) sayPart(turn, draft, article, check, 500)
  return true
}
const DNS = new Set(['auth', 'domain'])
