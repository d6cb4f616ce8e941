import products from '../../kb/data/products.json' with { type: 'json' }
import { REPLY_CODES, STATUS_CODES } from '../../kb/ndr/rules.ts'
import type { Query } from '../../kb/types.ts'
import type { StoredArticle } from '../store/index.ts'
import { FAMILY, factsOf } from './facts.ts'

/** Which product families and providers a case names. */
export type Named = { readonly families: ReadonlySet<string>; readonly text: string }

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
  const { families, proper } = factsOf(article)
  if (families.length === 0 || families.length > 3) return 'general'
  const isNamed =
    families.some((family) => named.families.has(family)) ||
    proper.some((word) => named.text.includes(` ${word}`))
  return isNamed ? 'named' : 'aside'
}

/** The article that explains a code as the registry has it, whoever said it. */
export function registryArticles(codes: readonly string[]): ReadonlySet<string> {
  const found = codes.map((code) =>
    /^\d{3}$/.test(code) ? REPLIES.get(Number(code)) : STATUS.get(code.slice(2)),
  )
  return new Set(found.filter((id) => id !== undefined))
}

const STATUS = new Map(STATUS_CODES.map(({ code, article }) => [code.slice(2), article]))
const REPLIES = new Map(REPLY_CODES.map(({ code, article }) => [code, article]))
