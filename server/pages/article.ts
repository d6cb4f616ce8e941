import type { Article } from '../../kb/types.ts'
import { escapeHtml, toBlocks, toHtml, toSlug } from '../markdown/index.ts'
import { articleLink, toPage } from './layout.ts'

export type Linked = { readonly id: string; readonly title: string }

/** One article to read and to print, with the ways on from it. */
export function articlePage(article: Article, related: readonly Linked[]): string {
  const main = [
    '<article>',
    `<h1>${escapeHtml(article.title)}</h1>`,
    ...sectionsHtml(article.sections),
    '</article>',
    '<footer>',
    codesHtml(article),
    relatedHtml(related),
    unverifiedHtml(article.unverified),
    sourcesHtml(article),
    '</footer>',
  ]
  return toPage({ title: article.title, main: main.filter(Boolean).join('\n') })
}

/** Headings that stand twice (an `###` for one product under two headings) get ids of their own. */
function sectionsHtml(sections: Article['sections']): string[] {
  const seen = new Map<string, number>()
  return sections.map(({ path, markdown }) => {
    const body = toHtml(toBlocks(markdown))
    const heading = path.at(-1)
    if (heading === undefined) return body
    const slug = toSlug(heading)
    const nth = (seen.get(slug) ?? 0) + 1
    seen.set(slug, nth)
    const id = nth === 1 ? slug : `${slug}-${nth}`
    const tag = `h${Math.min(path.length + 1, 4)}`
    return `<${tag} id="${escapeHtml(id)}">${escapeHtml(heading)}</${tag}>\n${body}`
  })
}

const section = (title: string, body: string): string => `<h2>${title}</h2>\n${body}`
const list = (items: readonly string[]): string =>
  `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`

function codesHtml({ codes, replyCodes }: Article): string {
  const all = [...codes, ...replyCodes.map(String)]
  if (all.length === 0) return ''
  const link = (code: string) =>
    `<a href="/articles?q=${encodeURIComponent(code)}"><code>${escapeHtml(code)}</code></a>`
  return section('Codes', `<p>${all.map(link).join(' ')}</p>`)
}

const relatedHtml = (related: readonly Linked[]): string =>
  related.length === 0
    ? ''
    : section('Read on', list(related.map(({ id, title }) => articleLink(id, title))))

const unverifiedHtml = (unverified: readonly string[]): string =>
  unverified.length === 0
    ? ''
    : section('Not confirmed by any source', list(unverified.map(escapeHtml)))

function sourcesHtml({ sources, reviewed }: Article): string {
  const items = sources.map(({ url, supports }) => `${sourceLink(url)}: ${escapeHtml(supports)}`)
  return section('Sources', `${list(items)}\n<p>Reviewed ${escapeHtml(reviewed)}.</p>`)
}

/** An operator's own article may name anything as its source; only a web address becomes a link. */
function sourceLink(url: string): string {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return escapeHtml(url)
  return `<a href="${escapeHtml(url)}" rel="noopener noreferrer nofollow">${escapeHtml(new URL(url).host)}</a>`
}
