/** What talk inside a case is held against: the questions that are asked there, and the sections around it. */
import { faqOf, placeOf } from '../../kb/faq.ts'
import type { Article, Diagnosis, Near } from '../../kb/types.ts'
import type { Conversation } from './conversation.ts'
import { type FaqHit, prepareFaq, rankFaq, type Similar } from './faq.ts'

type Input = {
  readonly conversation: Conversation
  readonly diagnosis: Diagnosis | null
  readonly own: string
}
type Deps = {
  readonly near?: ((text: string, articleIds: readonly string[]) => Promise<Near>) | undefined
  readonly similar?: Similar | undefined
}
type Found = { readonly faq: readonly FaqHit[]; readonly near: Near | null }

/** A new report only prepares for what may be asked next. */
export async function lookInside(
  { conversation, diagnosis, own }: Input,
  articles: ReadonlyMap<string, Article>,
  { near, similar }: Deps,
): Promise<Found> {
  const { current, last } = conversation
  const ofCase = caseArticles(diagnosis)
  if (last.report && similar) prepareFaq(ofCase, similar)
  if (!current.report || last.report || last.line || !near || own.trim() === '')
    return { faq: [], near: null }
  const found = await near(own, [...articles.keys()])
  return { near: found, faq: similar ? await rankFaq(own, ofCase, found, similar) : [] }
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

/** Articles that answer what is asked in this case. */
export const aroundCase = (diagnosis: Diagnosis | null): readonly string[] =>
  caseArticles(diagnosis).flatMap((id) =>
    faqOf(id).flatMap((entry) => placeOf(entry, id)?.articleId ?? []),
  )
