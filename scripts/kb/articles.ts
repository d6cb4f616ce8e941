import { toArticle } from '../../ingest/articles/index.ts'
import { readShipped } from '../../ingest/articles/shipped.ts'
import type { Article } from '../../kb/types.ts'
import type { KbData } from './data.ts'

export type ArticleFile = { readonly path: string; readonly article: Article }

/** Every article and note that can be read, and a line for each that cannot. */
export function readArticles(): { articles: ArticleFile[]; faults: string[] } {
  const articles: ArticleFile[] = []
  const faults: string[] = []
  for (const { path, bytes } of readShipped()) {
    try {
      articles.push({ path, article: toArticle(bytes.toString('utf8')) })
    } catch (error) {
      faults.push(`${path}: ${(error as Error).message}`)
    }
  }
  return { articles, faults }
}

/** Faults of articles: names, pointers, links, marks, and words that tell of this machine. */
export function checkArticles(files: readonly ArticleFile[], data: KbData): string[] {
  const ids = new Set(files.map(({ article }) => article.id))
  return files.flatMap(({ path, article }) =>
    [
      ...checkName(path, article, files),
      ...pointers(article, data),
      ...links(article, ids),
      ...unverified(article),
      ...hostile(article),
    ].map((fault) => `${path}: ${fault}`),
  )
}

function checkName(path: string, article: Article, files: readonly ArticleFile[]): string[] {
  const folder = article.kind === 'note' ? 'notes' : 'articles'
  const same = files.filter((other) => other.article.id === article.id).length
  return [
    ...(path === `kb/${folder}/${article.id}.md` ? [] : [`is ${article.kind} "${article.id}"`]),
    ...(same > 1 ? [`id "${article.id}" stands ${same} times`] : []),
    ...(article.sections[0]?.role === 'lead' ? [] : ['has no lead before its first heading']),
  ]
}

function pointers(article: Article, data: KbData): string[] {
  const missing = (name: string, values: readonly string[], known: ReadonlySet<string>) =>
    values.filter((value) => !known.has(value)).map((value) => `${name}: no such "${value}"`)
  return [
    ...missing('causes', article.causes, new Set(data.causes.map(({ id }) => id))),
    ...missing('products', article.products, new Set(data.products.map(({ id }) => id))),
    ...missing('providers', article.providers, data.providers),
  ]
}

const LINK = /\]\(([^)\s]+)\)/g

function links({ sections, related = [] }: Article, ids: ReadonlySet<string>): string[] {
  const inText = sections.flatMap(({ markdown }) =>
    [...markdown.matchAll(LINK)].map(([, href = '']) => href),
  )
  return [...inText, ...related]
    .filter((href) => !/^https?:\/\//.test(href) && !ids.has(href.split('#')[0] ?? ''))
    .map((href) => `link: no such article "${href}"`)
}

/** What no source confirmed is said to the reader where it stands, or nowhere. */
function unverified({ unverified: list, sections }: Article): string[] {
  const marked = sections.some(({ markdown }) => markdown.includes('(unverified'))
  if (list.length > 0 && !marked) return ['names unverified statements, but marks none in its text']
  if (list.length === 0 && marked) return ['marks a statement as unverified, but names none']
  return []
}

const IMAGE_OR_HTML = /!\[|<(?:script|img|iframe|style|a |div|span|br)\b/i

function hostile({ sections }: Article): string[] {
  return sections
    .filter(({ markdown }) => IMAGE_OR_HTML.test(withoutCode(markdown)))
    .map(({ heading }) => `holds an image or HTML under "${heading}"`)
}

const withoutCode = (markdown: string): string =>
  markdown.replaceAll(/```[\s\S]*?```|`[^`\n]*`/g, '')
