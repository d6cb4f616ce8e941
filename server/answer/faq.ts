/** Finds, among what is asked inside such a case, the question that a follow-up is. */
import { ANY_CASE, type FaqEntry, faqOf } from '../../kb/faq.ts'
import type { Diagnosis } from '../../kb/types.ts'

/** One number for each of the phrasings: −1 for the contrary, about 1 for the same in other words. */
export type Likeness = (text: string, phrasings: readonly string[]) => Promise<readonly number[]>

export type FaqHit = {
  /** the article that the question is kept under, or `ANY_CASE` */
  readonly articleId: string
  readonly entry: FaqEntry
  readonly score: number
}

/** What is asked of the leading cause is likelier meant than what is asked of the next, or everywhere. */
const SECOND = 0.92

/** The entries of these articles, and those of every case, the likeliest first. */
export async function rankFaq(
  text: string,
  articleIds: readonly string[],
  likeness: Likeness,
): Promise<readonly FaqHit[]> {
  const [main] = articleIds
  const entries = [...articleIds, ANY_CASE].flatMap((articleId) =>
    faqOf(articleId).map((entry) => ({ articleId, entry })),
  )
  if (entries.length === 0) return []
  const like = await likeness(
    text,
    entries.flatMap(({ entry }) => entry.q),
  )
  let at = 0
  return entries
    .map(({ articleId, entry }) => {
      const best = Math.max(...like.slice(at, at + entry.q.length))
      at += entry.q.length
      return { articleId, entry, score: articleId === main ? best : best * SECOND }
    })
    .sort((a, b) => b.score - a.score)
}

/** Articles of the causes that are worth talking about, the leading one first. */
export const caseArticles = (diagnosis: Diagnosis | null): readonly string[] =>
  [
    ...new Set(
      diagnosis?.causes
        .filter(({ likelihood }, at) => at === 0 || likelihood >= WORTH_ASKING)
        .map(({ articleId }) => articleId),
    ),
  ].slice(0, 2)
const WORTH_ASKING = 0.15

/** So many texts are embedded at once beside the questions that come in. */
const BATCH = 8

/**
 * Reads what may be asked next of these articles, so that the person does not wait for it. Rejects with
 * the model's failure; the question that needs it asks the model again.
 */
export async function prepareFaq(articleIds: readonly string[], likeness: Likeness): Promise<void> {
  const phrasings = articleIds.flatMap(faqOf).flatMap(({ q }) => q)
  for (let at = 0; at < phrasings.length; at += BATCH)
    await likeness('mail', phrasings.slice(at, at + BATCH))
}
