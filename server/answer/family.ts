/** "And in Postfix?" after an answer about another product: the article of the same matter for that one. */
import families from '../../kb/data/intents/families.json' with { type: 'json' }
import type { Article } from '../../kb/types.ts'
import type { Draft } from './draft.ts'
import { sayLead, sayPart } from './open.ts'
import { contentWords, fits, leadOf, overlap, type Part, partsOf, productsIn } from './sections.ts'
import type { Turn } from './turn.ts'

/** Articles that may be asked for by naming a product; none where no product is named. */
export const familyIds = (own: string): readonly string[] =>
  isSwitch(own) ? families.flatMap(({ articles }) => articles) : []

/** More words than these beside the product ask about something of their own. */
const MOST_WORDS = 4

/** A product is named, and hardly more. */
function isSwitch(own: string): boolean {
  return productsIn(own).size > 0 && contentWords(own).length <= MOST_WORDS
}

/** Answers for the product that was named; false where the answer before was about no such matter. */
export function switchProduct(turn: Turn, draft: Draft): boolean {
  if (turn.report || !isSwitch(turn.own)) return false
  const named = productsIn(turn.own)
  const members = familyBefore(turn)
  const article = members.find(({ products }) => products.some((id) => named.has(id)))
  if (!article) return false
  sayLead(turn, draft, article)
  for (const part of partsOn(turn, article, named)) sayPart(turn, draft, article, part, 1100)
  return true
}

/** The family that the answer before showed; else the one that it pointed to. */
function familyBefore({ conversation, articles }: Turn): readonly Article[] {
  const { previously } = conversation
  const loaded = families.map((family) => family.articles.flatMap((id) => articles.get(id) ?? []))
  return (
    loaded.find((family) => family.some((one) => previously.includes(leadOf(one)))) ??
    loaded.find((family) => family.some(({ id }) => previously.includes(`/articles/${id}`))) ??
    []
  )
}

/** The parts on that product; in an article on it alone, those that the last full question touches. */
function partsOn(
  { conversation }: Turn,
  article: Article,
  named: ReadonlySet<string>,
): readonly Part[] {
  const parts = partsOf(article).filter(({ role }) => role !== 'lead')
  const own = parts.filter(({ heading }) => productsIn(heading).size > 0 && fits(heading, named))
  if (own.length > 0) return own.slice(0, 2)
  const question = contentWords(conversation.earlier.join(' '))
  const [first, ...rest] = parts
  const [second] = rest
    .map((part) => ({ part, score: overlap(question, part.markdown) }))
    .sort((a, b) => b.score - a.score)
  return [first, second?.part].flatMap((part) => part ?? [])
}
