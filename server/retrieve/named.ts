import products from '../../kb/data/products.json' with { type: 'json' }
import { REPLY_CODES, STATUS_CODES } from '../../kb/ndr/rules.ts'
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
 * How an article that is about one product or provider stands to a case: `named` when the case names it,
 * `aside` when it does not. What is true of Sendmail alone is no answer to "user unknown" of nobody
 * knows whose server. `general` for an article about all of them.
 */
export function standing(article: StoredArticle, named: Named): 'general' | 'named' | 'aside' {
  const own = new Set([...article.products.map((id) => FAMILY.get(id) ?? id), ...article.providers])
  if (own.size === 0 || own.size > 3) return 'general'
  const isNamed =
    [...own].some((family) => named.families.has(family)) ||
    proper(article).some((word) => named.text.includes(` ${word}`))
  return isNamed ? 'named' : 'aside'
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

/** The article that explains a code as the registry has it, whoever said it. */
export function registryArticles(codes: readonly string[]): ReadonlySet<string> {
  const found = codes.map((code) =>
    /^\d{3}$/.test(code) ? REPLIES.get(Number(code)) : STATUS.get(code.slice(2)),
  )
  return new Set(found.filter((id) => id !== undefined))
}

const STATUS = new Map(STATUS_CODES.map(({ code, article }) => [code.slice(2), article]))
const REPLIES = new Map(REPLY_CODES.map(({ code, article }) => [code, article]))
