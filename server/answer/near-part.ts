/** The section of an article that a remark touches. */
import type { Article } from '../../kb/types.ts'
import { contentWords, overlap, type Part, partsWith, suits } from './sections.ts'
import type { Turn } from './turn.ts'

/** What the article says nearest to the remark; undefined where nothing is near. */
export function nearestPart(turn: Turn, article: Article): Part | undefined {
  const words = contentWords(turn.own)
  const parts = partsWith(article, 'meaning', 'why', 'recognise', 'lookalike')
    .filter(({ heading }) => suits(heading, turn.products))
    .map((part) => ({ part, score: overlap(words, part.markdown) }))
    .sort((a, b) => b.score - a.score)
  const [best] = parts
  return best && best.score >= NEAR ? best.part : undefined
}
const NEAR = 0.3
