/** A follow-up that is known in other words: its answer, and the section that it rests on. */
import { type FaqEntry, placeOf } from '../../kb/faq.ts'
import type { Article } from '../../kb/types.ts'
import { type Draft, withMark } from './draft.ts'
import type { FaqHit } from './faq.ts'
import { fill, valuesOf } from './fill.ts'
import { sayPart } from './open.ts'
import { actors } from './say/verdict.ts'
import { leadOf, type Part, partsOf } from './sections.ts'
import { mainArticle, type Turn } from './turn.ts'

/** Says the answer and shows its section. False where the entry points nowhere. */
export function sayFaq(turn: Turn, draft: Draft, { articleId, entry }: FaqHit): boolean {
  const place = placeOf(entry, articleId)
  if (!place) return sayUnknown(turn, draft)
  const article = turn.articles.get(place.articleId)
  if (!article) return false
  const part = partAt(article, place.heading)
  const mark = draft.cite(article, place.heading)
  draft.add(withMark(fill(entry.say, valuesOf(turn.report)), mark))
  if (
    part &&
    showsMore(part, entry) &&
    !turn.conversation.previously.includes(part.markdown.slice(0, 120))
  )
    sayPart(turn, draft, article, part, LENGTH)
  return true
}
const LENGTH = 700

/** What the section has beyond the sentence: a command, a path, a list of steps. */
const showsMore = ({ markdown, role }: Part, { say }: FaqEntry): boolean =>
  role !== 'lead' && markdown.length > say.length * 1.2

const partAt = (article: Article, heading: string): Part | undefined =>
  heading === ''
    ? { heading: '', role: 'lead', markdown: leadOf(article) }
    : partsOf(article).find((part) => part.heading === heading)

/** A question that is often asked here and that no source answers: better said than covered up. */
function sayUnknown(turn: Turn, draft: Draft): boolean {
  const { diagnosis } = turn
  if (!diagnosis) return false
  draft.add(
    `**That my sources do not say**, and the report does not either.${draft.cite(mainArticle(turn), '')}`,
  )
  draft.add(`**Who can tell:** ${actors(diagnosis)}.`)
  return true
}
