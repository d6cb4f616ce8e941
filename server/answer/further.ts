/** What was found beside a reply about the case: the section of the KB that the question's own words are about. */
import type { Article, Passage } from '../../kb/types.ts'
import type { Draft } from './draft.ts'
import { isAnother, sayPart } from './open.ts'
import { contentWords, overlap, type Part, partsOf, suits } from './sections.ts'
import type { Turn } from './turn.ts'

const LENGTH = 600
/** A question of fewer content words hangs on the case, which has just answered. */
const LEAST_WORDS = 2
/** So much of the question the section speaks of. */
const SPEAKS = 0.5
/** Passages that are looked at. */
const MOST = 4

/** Adds that section; nothing where none is plainly about the question, or where it was said already. */
export function sayFurther(turn: Turn, draft: Draft): void {
  const words = contentWords(turn.own)
  if (!turn.report || turn.retrieval.band !== 'answer' || words.length < LEAST_WORDS) return
  const said = `${turn.conversation.previously}\n${draft.pieces.join('\n')}`
  for (const passage of turn.retrieval.passages.slice(0, MOST)) {
    const article = turn.articles.get(passage.articleId)
    const part = article && partOf(article, passage)
    if (!article || !part || !isUseful(turn, article, part)) continue
    if (overlap(words, `${part.heading} ${part.markdown}`) < SPEAKS) continue
    if (said.includes(part.markdown.slice(0, SAME))) return
    draft.add(`From **${article.title}**:`)
    sayPart(turn, draft, article, part, LENGTH)
    return
  }
}
/** So many first letters tell that a section was said. */
const SAME = 80

const partOf = (article: Article, { heading }: Passage): Part | undefined =>
  partsOf(article).find((part) => part.heading === heading)

const isUseful = (turn: Turn, article: Article, { heading, role }: Part): boolean =>
  role !== 'lead' &&
  role !== 'lookalike' &&
  role !== 'recognise' &&
  role !== 'check' &&
  suits(heading, turn.products) &&
  !isOfOthers(turn, article) &&
  !isAnother(turn, article)

/** Advice about a few products, of which none is in this case. */
function isOfOthers({ products, report }: Turn, { kind, products: own }: Article): boolean {
  if (kind !== 'article' || own.length === 0 || own.length > FEW) return false
  const ours = new Set([...products, ...(report?.recipients.map(({ provider }) => provider) ?? [])])
  return !own.some((product) => ours.has(product))
}
const FEW = 4
