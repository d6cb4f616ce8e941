import { readAsked } from '../../ingest/articles/shipped.ts'
import type { ArticleFile } from './articles.ts'

/** Ways of asking beside those of the front matter: each of an article that there is, none of two. */
export function checkAsked(articles: readonly ArticleFile[]): string[] {
  const ids = new Set(articles.map(({ article }) => article.id))
  const owners = new Map<string, string>()
  for (const { article } of articles)
    for (const text of article.askedAs) owners.set(plain(text), article.id)
  return Object.entries(readAsked()).flatMap(([id, texts]) => {
    const unknown = ids.has(id) ? [] : [`kb/data/asked.json: there is no article ${id}`]
    return [
      ...unknown,
      ...texts.flatMap((text) => {
        const owner = owners.get(plain(text))
        owners.set(plain(text), id)
        return owner === undefined
          ? []
          : [`kb/data/asked.json: "${text}" stands at ${owner} and ${id}`]
      }),
    ]
  })
}

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
