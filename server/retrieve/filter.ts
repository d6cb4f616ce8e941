import PRODUCTS from '../../kb/data/products.json' with { type: 'json' }
import type { Article, Query } from '../../kb/types.ts'
import type { Allows } from '../store/index.ts'
import type { FindDeps } from './search.ts'

/** Which chunks a query may find; undefined where it may find all. */
export function allowedBy(
  only: Query['only'],
  { reader, articles }: Pick<FindDeps, 'reader' | 'articles'>,
): Allows | undefined {
  if (only === undefined) return undefined
  const ids = new Set(
    [...articles.values()].filter((one) => permits(only, one)).map(({ id }) => id),
  )
  const places = reader.places()
  return (chunkId) => ids.has(places.get(chunkId)?.articleId ?? '')
}

/** An article that names no product is about all of them, and so is one for every audience. */
export function permits(
  { audience, products = [] }: NonNullable<Query['only']>,
  article: Pick<Article, 'audience' | 'products'>,
): boolean {
  return (
    (audience === undefined ||
      article.audience.length === 0 ||
      article.audience.includes(audience)) &&
    (products.length === 0 ||
      article.products.length === 0 ||
      article.products.some((own) => products.some((asked) => isSame(own, asked))))
  )
}

/** An Exchange server of which nobody told the version: it may be any of them. */
const UNVERSIONED = 'exchange-server'
const EXCHANGE_SERVERS: ReadonlySet<string> = new Set(
  PRODUCTS.filter(({ family }) => family === 'exchange').map(({ id }) => id),
)

const isSame = (own: string, asked: string): boolean =>
  own === asked ||
  ([own, asked].includes(UNVERSIONED) && EXCHANGE_SERVERS.has(own) && EXCHANGE_SERVERS.has(asked))
