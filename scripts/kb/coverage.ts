import type { ArticleFile } from './articles.ts'
import { type KbData, reach, rulesOf } from './data.ts'

export type Coverage = Record<
  string,
  { total: number; 'own article': number; 'by reason': number; none: number }
>

/** How much of what exists leads to an article of its own, and how much only to that of its reason. */
export function coverage(files: readonly ArticleFile[], data: KbData): Coverage {
  const reached = reach(files, data)
  const codes = new Set(files.flatMap(({ article }) => article.codes.map((code) => code.slice(2))))
  const replies = new Set(files.flatMap(({ article }) => article.replyCodes))
  const row = <T>(all: readonly T[], own: (one: T) => boolean, any: (one: T) => boolean) => {
    const direct = all.filter(own).length
    const found = all.filter((one) => own(one) || any(one)).length
    return {
      total: all.length,
      'own article': direct,
      'by reason': found - direct,
      none: all.length - found,
    }
  }
  return {
    'enhanced status codes': row(
      data.statusCodes,
      ({ code, article }) => article !== undefined || codes.has(code.slice(2)),
      reached.statusCode,
    ),
    'reply codes': row(
      data.replyCodes,
      ({ code, article }) => article !== undefined || replies.has(code),
      reached.replyCode,
    ),
    rules: row(
      rulesOf(data),
      ({ article, cause }) => article !== undefined || cause !== undefined,
      reached.rule,
    ),
    reasons: row(
      data.reasons,
      ({ article }) => article !== undefined,
      ({ id }) => reached.reason(id),
    ),
    causes: row(
      data.causes,
      ({ article }) => files.some((file) => file.article.id === article),
      () => false,
    ),
  }
}
