import type { Turn } from './turn.ts'

/** So much better than theirs must what was found be. */
const CLEARLY = 1.2

/**
 * A first question without a report, whose words sound like a matter that has an answer of its own, but
 * for which another article was surely found: "is the mailer daemon a virus?" is not "is my mail real?".
 */
export function isSurelyElsewhere(
  { report, conversation, retrieval }: Turn,
  ids: readonly string[],
): boolean {
  const [top] = retrieval.passages
  if (report || conversation.earlier.length > 0 || retrieval.band !== 'answer' || !top) return false
  const theirs = retrieval.passages.filter(({ articleId }) => ids.includes(articleId))
  return top.score >= CLEARLY * Math.max(0, ...theirs.map(({ score }) => score))
}
