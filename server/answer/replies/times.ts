/** "How long until he can send again?": what the KB says of times in this case. */
import type { Article } from '../../../kb/types.ts'
import { type Draft, withMark } from '../draft.ts'
import { fill, valuesOf } from '../fill.ts'
import { blocksOf, contentWords, overlap, partsWith, suits } from '../sections.ts'
import { mainArticle, type Turn } from '../turn.ts'

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
export function sayTimesOf(turn: Turn, draft: Draft): boolean {
  const words = contentWords(turn.own)
  const articles = (turn.diagnosis?.causes ?? [])
    .filter(({ likelihood }, at) => at === 0 || likelihood >= WORTH)
    .flatMap(({ articleId }) => turn.articles.get(articleId) ?? [])
  const main = mainArticle(turn)
  const found = [...new Set([...(main ? [main] : []), ...articles])].flatMap((article) =>
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
const WORTH = 0.15
const CHECK = 0.1

/** Sentences and items that tell a time. */
const statements = (article: Article, { products }: Turn): readonly Statement[] =>
  partsWith(article, 'check', 'sender-admin', 'sender', 'recipient-side', 'meaning', 'why')
    .filter(({ heading }) => suits(heading, products))
    .flatMap(({ heading, markdown, role }) =>
      blocksOf(markdown)
        .filter((block) => !/^\s*(?:```|\|)/.test(block))
        .flatMap((block) => block.split(/\n(?=(?:[-*]|\d+\.) )/))
        .map((text) => text.replace(/^(?:[-*]|\d+\.) /, '').replace(/\s+/g, ' '))
        .filter((text) => TIME.test(text))
        .map((text) => ({ article, heading, text, isCheck: role === 'check' })),
    )
