import type { Article, Retrieval } from '../../kb/types.ts'
import { escapeHtml, toPlainText } from '../markdown/index.ts'
import { articleLink, toPage } from './layout.ts'

/** Every article and note by title. */
export function listPage(articles: readonly Article[]): string {
  const of = (kind: Article['kind']) =>
    articles
      .filter((article) => article.kind === kind)
      .toSorted((a, b) => a.title.localeCompare(b.title, 'en'))
  const group = (title: string, some: readonly Article[]) =>
    some.length === 0 ? '' : `<h2>${title}</h2>\n<ul>${some.map(item).join('\n')}</ul>`
  const main = [
    '<h1>Articles</h1>',
    articles.length === 0
      ? '<p>There is no index yet. Whoever runs this server reads /readyz.</p>'
      : '',
    group('What failed', of('article')),
    group('How to find out', of('note')),
  ]
  return toPage({ title: 'Articles', main: main.filter(Boolean).join('\n') })
}

const item = ({ id, title, codes }: Article): string =>
  `<li>${articleLink(id, title)}${codes.map((code) => ` <code>${escapeHtml(code)}</code>`).join('')}</li>`

const INTRO = {
  answer: '',
  nearest: '<p>Nothing fits exactly. The nearest that there is:</p>',
  none: '<p>No article here answers this. The nearest, which may be about something else:</p>',
} as const

/** What a search found, an article once, with the piece that fits best. */
export function resultsPage(query: string, { band, passages }: Retrieval): string {
  const best = passages.filter(
    ({ articleId }, at) => passages.findIndex((other) => other.articleId === articleId) === at,
  )
  const results = best.map(
    ({ articleId, title, heading, markdown }) =>
      `<li><h2>${articleLink(articleId, title)}</h2>${heading ? `<p class="where">${escapeHtml(heading)}</p>` : ''}<p>${escapeHtml(excerpt(markdown))}</p></li>`,
  )
  const found =
    results.length === 0
      ? '<p>Nothing was found.</p>'
      : `<ol class="results">${results.join('\n')}</ol>`
  return toPage({
    title: `Search: ${query.slice(0, 80)}`,
    query,
    main: `<h1>What was found</h1>\n${results.length === 0 ? '' : INTRO[band]}\n${found}`,
  })
}

function excerpt(markdown: string): string {
  const text = toPlainText(markdown).replaceAll(/\s+/g, ' ')
  return text.length <= 240 ? text : `${text.slice(0, text.lastIndexOf(' ', 240))} …`
}
