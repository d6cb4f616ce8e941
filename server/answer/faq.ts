/** Finds, among what is asked inside such a case, the question that a follow-up is. */
import { phraseWords } from '../../kb/diagnose/text.ts'
import { type FaqEntry, faqOf } from '../../kb/faq.ts'
import type { Near } from '../../kb/types.ts'

/** One cosine, −1 to 1, for each of the texts. */
export type Similar = (text: string, texts: readonly string[]) => Promise<readonly number[]>

export type FaqHit = {
  /** the article of the case that the question is kept under */
  readonly articleId: string
  readonly entry: FaqEntry
  readonly score: number
}

/** What a shared word is worth beside the meaning. */
export const FAQ_WEIGHTS = { words: 0.3, second: 0.9 }

/** The entries of these articles, the likeliest first; the first article is the case's own. */
export async function rankFaq(
  text: string,
  articleIds: readonly string[],
  near: Near,
  similar: Similar,
): Promise<readonly FaqHit[]> {
  const entries = articleIds.flatMap((articleId, at) =>
    faqOf(articleId).map((entry) => ({
      articleId,
      entry,
      factor: at === 0 ? 1 : FAQ_WEIGHTS.second,
    })),
  )
  if (entries.length === 0) return []
  const phrasings = entries.flatMap(({ entry }) => entry.q)
  const cosines = await similar(text, phrasings)
  let at = 0
  return entries
    .map(({ articleId, entry, factor }) => {
      const best = Math.max(
        ...entry.q.map((phrasing) => {
          const cosine = cosines[at] ?? 0
          at += 1
          return cosine + FAQ_WEIGHTS.words * sharedWords(near, phrasing)
        }),
      )
      return { articleId, entry, score: best * factor }
    })
    .sort((a, b) => b.score - a.score)
}

/** Which share of the question's telling words the phrasing holds, 0 to 1. */
function sharedWords({ words }: Near, phrasing: string): number {
  const held = new Set(phraseWords(phrasing))
  const total = words.reduce((sum, { rarity }) => sum + rarity, 0)
  const shared = words.reduce(
    (sum, { word, rarity }) => sum + (held.has(phraseWords(word)[0] ?? word) ? rarity : 0),
    0,
  )
  return total === 0 ? 0 : shared / total
}

/** Embeds what may be asked next, so that the person does not wait for it. A failure shows when it is asked. */
export function prepareFaq(articleIds: readonly string[], similar: Similar): void {
  const phrasings = articleIds.flatMap(faqOf).flatMap(({ q }) => q)
  if (phrasings.length > 0) similar('mail', phrasings).catch(() => {})
}
