import products from '../../kb/data/products.json' with { type: 'json' }
import type { StoredArticle } from '../store/index.ts'
import { codeTokens } from './codes.ts'

/** What a search asks of an article again and again. */
export type ArticleFacts = {
  /** tokens of the codes that it is about */
  readonly codes: ReadonlySet<string>
  /** families of its products, and its providers */
  readonly families: readonly string[]
  /** words by which it is called: of its id, without what is common to many */
  readonly proper: readonly string[]
  /** all its words, in lower case, a space before each */
  text(): string
}

const known = new WeakMap<StoredArticle, ArticleFacts>()

/** Worked out once for each article of a state of the index. */
export function factsOf(article: StoredArticle): ArticleFacts {
  const facts = known.get(article) ?? workOut(article)
  known.set(article, facts)
  return facts
}

export const FAMILY: ReadonlyMap<string, string> = new Map(
  products.map(({ id, family }) => [id, family]),
)

function workOut(article: StoredArticle): ArticleFacts {
  const { id, codes, replyCodes, providers } = article
  let text: string | undefined
  return {
    codes: new Set([...codes, ...replyCodes.map(String)].flatMap(codeTokens)),
    families: [
      ...new Set([...article.products, ...providers].map((one) => FAMILY.get(one) ?? one)),
    ],
    proper: [...id.split('-'), ...providers.flatMap((name) => name.split('-'))].filter(
      (word) => word.length > 2 && !COMMON.has(word) && !/^\d/.test(word),
    ),
    text() {
      text ??= textOf(article)
      return text
    },
  }
}

const COMMON: ReadonlySet<string> = new Set(
  `the not and com refused refusals report rejected blocked listed mailbox policy unknown full limit
  sender user message address too large size for found failed failures connection codes server other
  online mail checks local unavailable older technical reputation denied relay spam loop loops rate
  many much daily block list group missing storage signed sign with from`.split(/\s+/),
)

const textOf = ({ title, askedAs, sections }: StoredArticle): string =>
  ` ${[title, ...askedAs, ...sections.map(({ heading, markdown }) => `${heading} ${markdown}`)].join(' ')}`
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
