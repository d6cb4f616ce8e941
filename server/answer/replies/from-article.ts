import type { Draft } from '../draft.ts'
import { answerFrom } from '../open.ts'
import type { Turn } from '../turn.ts'

/** Answers from one article of a known id; false where the index does not hold it. */
export function fromArticle(turn: Turn, draft: Draft, id: string): boolean {
  const article = turn.articles.get(id)
  if (!article) return false
  answerFrom(turn, draft, article)
  return true
}
