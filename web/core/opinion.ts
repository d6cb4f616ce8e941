/** What goes out when somebody says whether an answer helped: nothing of what was asked or pasted. */
import type { ChatAnswer } from '../../kb/types.ts'

export type Rating = 'up' | 'down'

export const opinionOf = (
  result: ChatAnswer | null,
  locale: string,
  rating: Rating,
  why?: string,
): Readonly<Record<string, unknown>> => ({
  rating,
  ...(why && { why }),
  ...(result?.diagnosis && { reason: result.diagnosis.reason }),
  articleIds: [...new Set(result?.citations.map(({ articleId }) => articleId) ?? [])],
  answered: result?.answered ?? false,
  locale,
})
