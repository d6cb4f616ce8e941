/** Where an answer is from: one line an article, with a mark for each passage that is quoted from it. */
import type { Citation } from '../../kb/types.ts'
import type { Words } from '../core/words.ts'
import { button, h, type Props } from './dom.ts'

export function renderSources(
  citations: readonly Citation[],
  words: Words,
  cite: (n: number, from: HTMLElement) => void,
): HTMLElement {
  const opener = ({ n }: Citation, label: string, props: Props): HTMLButtonElement => {
    const made: HTMLButtonElement = button(label, () => cite(n, made), props)
    return made
  }
  const mark = (one: Citation) =>
    opener(one, `${one.n}`, { class: 'cite', 'aria-label': `[${one.n}] ${nameOf(one)}` })
  const articles = [...new Set(citations.map(({ articleId }) => articleId))]
  const items = articles.map((id) => {
    const quoted = citations.filter(({ articleId }) => articleId === id)
    const [first] = quoted
    const props = { class: 'source', dir: 'auto', lang: 'en' }
    return h('li', {}, ...quoted.map(mark), first && opener(first, first.title, props))
  })
  if (items.length === 0) return h('div')
  return h(
    'section',
    { class: 'sources', 'aria-label': words.sources },
    h('h3', {}, words.sources),
    h('ol', {}, ...items),
  )
}

/** What a citation quotes, by the names of its article and section. */
const nameOf = ({ title, heading }: Citation): string =>
  heading && heading !== title ? `${title} · ${heading}` : title
