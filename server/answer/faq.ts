/** Finds, among what is asked inside such a case, the question that a follow-up is. */
import { ANY_CASE, type FaqEntry, faqOf } from '../../kb/faq.ts'

/** One number for each entry: 0 where the text has nothing in common with it, about 1 where it asks the same. */
export type Likeness = (text: string, entries: readonly FaqEntry[]) => Promise<readonly number[]>

export type FaqHit = {
  /** the article that the question is kept under, or `ANY_CASE` */
  readonly articleId: string
  readonly entry: FaqEntry
  readonly score: number
}

/** What is asked of the leading cause is likelier meant than what is asked of the next, or everywhere. */
const SECOND = 0.92

/** The entries of these articles, the likeliest first; `ANY_CASE` is one of them where it is asked for. */
export async function rankFaq(
  text: string,
  articleIds: readonly string[],
  likeness: Likeness,
): Promise<readonly FaqHit[]> {
  const [main] = articleIds
  const entries = articleIds.flatMap((articleId) =>
    faqOf(articleId).map((entry) => ({ articleId, entry })),
  )
  if (entries.length === 0) return []
  const like = await likeness(
    text,
    entries.map(({ entry }) => entry),
  )
  return entries
    .map(({ articleId, entry }, at) => {
      const score = (like[at] ?? 0) * (articleId === main ? 1 : SECOND)
      return { articleId, entry, score }
    })
    .sort((a, b) => b.score - a.score)
}

/** So many are embedded at once beside the questions that come in. */
const BATCH = 3

/**
 * Reads what may be asked next of these articles, so that the person does not wait for it. Rejects with
 * the model's failure; the question that needs it asks the model again.
 */
export async function prepareFaq(articleIds: readonly string[], likeness: Likeness): Promise<void> {
  const entries = articleIds.flatMap(faqOf)
  for (let at = 0; at < entries.length; at += BATCH)
    await likeness('mail', entries.slice(at, at + BATCH))
}
