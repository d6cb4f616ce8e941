/** What is asked inside a case, by the article of its leading cause: data of `kb/data/faq`. */
import causes from './data/faq/causes.json' with { type: 'json' }
import common from './data/faq/common.json' with { type: 'json' }
import microsoft from './data/faq/microsoft.json' with { type: 'json' }
import providers from './data/faq/providers.json' with { type: 'json' }

export type FaqEntry = {
  /** ways of asking; the case is known, so "it" and "they" need no noun */
  readonly q: readonly string[]
  /** the answer in a sentence or two, resting on `at`; empty where the KB has none */
  readonly say: string
  /** the section that it rests on: a heading of the case's article, or `other-id#Heading`; `none`: not known */
  readonly at: string
}
export type FaqOfArticle = { readonly article: string; readonly asks: readonly FaqEntry[] }

export const FAQ: readonly FaqOfArticle[] = [...common, ...causes, ...microsoft, ...providers]

/** Instead of an article's id: asked in every case. */
export const ANY_CASE = '*'
/** Instead of a place: no text of the KB answers it. */
const NOWHERE = 'none'

const BY_ARTICLE = new Map(FAQ.map(({ article, asks }) => [article, asks]))

/** What is asked where this article is the case's; of `ANY_CASE`, what is asked everywhere. */
export const faqOf = (articleId: string): readonly FaqEntry[] => BY_ARTICLE.get(articleId) ?? []

/** Where an entry's answer stands: article and heading; undefined where it is not known. */
export function placeOf(
  { at }: FaqEntry,
  articleId: string,
): { readonly articleId: string; readonly heading: string } | undefined {
  if (at === NOWHERE) return undefined
  const hash = at.indexOf('#')
  return hash < 0
    ? { articleId, heading: at }
    : { articleId: at.slice(0, hash), heading: at.slice(hash + 1) }
}
