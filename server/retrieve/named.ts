import products from '../../kb/data/products.json' with { type: 'json' }
import type { Query } from '../../kb/types.ts'
import type { StoredArticle } from '../store/index.ts'

/** Which product families and providers a case names. */
export type Named = { readonly families: ReadonlySet<string>; readonly text: string }

const FAMILY = new Map(products.map(({ id, family }) => [id, family]))
const ALIASES = products.flatMap(({ family, aliases, name }) =>
  [...aliases, name.toLowerCase()].map((alias) => [alias, family] as const),
)

/** What the person and the report name. */
export function namedIn({ text, products: known, providers }: Query): Named {
  const words = ` ${text.toLowerCase().replaceAll(/[^\p{L}\p{N}.-]+/gu, ' ')} `
  const families = ALIASES.filter(([alias]) => words.includes(` ${alias} `)).map(
    ([, family]) => family,
  )
  return {
    families: new Set([...families, ...known.map((id) => FAMILY.get(id) ?? id), ...providers]),
    text: words,
  }
}

/**
 * Whether an article is about one product or provider that nobody named. What is true of Sendmail alone
 * is no answer to "user unknown" of nobody knows whose server.
 */
export function isAside(article: StoredArticle, named: Named): boolean {
  const own = new Set([...article.products.map((id) => FAMILY.get(id) ?? id), ...article.providers])
  if (own.size === 0 || own.size > 4) return false
  if ([...own].some((family) => named.families.has(family))) return false
  return !proper(article).some((word) => named.text.includes(` ${word}`))
}

/** The words by which such an article is called: of its id, without what is common to many. */
function proper({ id, providers }: StoredArticle): string[] {
  return [...id.split('-'), ...providers.flatMap((name) => name.split('-'))].filter(
    (word) => word.length > 2 && !COMMON.has(word) && !/^\d/.test(word),
  )
}

const COMMON: ReadonlySet<string> = new Set(
  `the not and com refused refusals report rejected blocked listed mailbox policy unknown full limit
  sender user message address too large size for found failed failures connection codes server other
  online mail checks local unavailable older technical reputation denied relay spam loop loops rate
  many much daily missing storage signed sign with from`.split(/\s+/),
)
