/** Typed blocks of an answer or an article → nodes. Whatever a block holds, it can only become text. */
import type { Block, Inline } from '../../kb/types.ts'
import { button, h, toUrl } from './dom.ts'

export type BlockContext = {
  /** the server's address: links to articles lead there */
  readonly base: string
  readonly words: { readonly copy: string; readonly copied: string }
  /** opens what a citation points to; returns its accessible name */
  readonly cite?: { open(n: number, from: HTMLElement): void; title(n: number): string | undefined }
}

export const renderBlocks = (blocks: readonly Block[], context: BlockContext): Node[] =>
  blocks.map((block) => renderBlock(block, context))

function renderBlock(block: Block, context: BlockContext): Node {
  const inner = (c: readonly Inline[]) => renderInlines(c, context)
  const items = (list: readonly (readonly Block[])[]) =>
    list.map((item) => h('li', {}, ...renderItem(item, context)))
  switch (block.t) {
    case 'p':
      return h('p', {}, ...inner(block.c))
    case 'h':
      return h(`h${Math.min(6, block.level + 1)}` as 'h3', {}, ...inner(block.c))
    case 'ul':
      return h('ul', {}, ...items(block.items))
    case 'ol':
      return h('ol', { start: block.start === 1 ? null : block.start }, ...items(block.items))
    case 'code':
      return renderCode(block.v, block.title, context)
    case 'table':
      return scroller(
        h(
          'table',
          {},
          h(
            'thead',
            {},
            h('tr', {}, ...block.head.map((cell) => h('th', { scope: 'col' }, ...inner(cell)))),
          ),
          h(
            'tbody',
            {},
            ...block.rows.map((row) =>
              h('tr', {}, ...row.map((cell) => h('td', {}, ...inner(cell)))),
            ),
          ),
        ),
      )
    case 'quote':
      return h('blockquote', {}, ...renderBlocks(block.blocks, context))
    case 'hr':
      return h('hr')
    default:
      return h('p') // a kind of block that a newer server may send
  }
}

/** A list item of one paragraph needs no paragraph. */
function renderItem(item: readonly Block[], context: BlockContext): Node[] {
  const [first, ...rest] = item
  if (first?.t !== 'p') return renderBlocks(item, context)
  return [...renderInlines(first.c, context), ...renderBlocks(rest, context)]
}

/** What scrolls sideways must be reachable by keyboard. */
const scroller = (child: Node) => h('div', { class: 'scroll', tabindex: 0, role: 'group' }, child)

/** Something to copy: a command or a text to send. */
export function renderCode(
  text: string,
  title: string,
  { words }: Pick<BlockContext, 'words'>,
): Node {
  const copy = button(words.copy, () => {
    void copyText(text).then((done) => {
      if (done) copy.textContent = words.copied
    })
  })
  const code = h('pre', { tabindex: 0, dir: 'auto' }, h('code', {}, text))
  return h('figure', { class: 'code' }, h('figcaption', {}, h('span', {}, title), copy), code)
}

/** Copies by the clipboard's API; false where the browser or the frame's policy refuses. */
export const copyText = (text: string): Promise<boolean> =>
  (navigator.clipboard?.writeText(text) ?? Promise.reject()).then(
    () => true,
    () => false,
  )

export const renderInlines = (list: readonly Inline[], context: BlockContext): Node[] =>
  list.map((inline) => renderInline(inline, context))

function renderInline(inline: Inline, context: BlockContext): Node {
  switch (inline.t) {
    case 'text':
      return document.createTextNode(inline.v)
    case 'code':
      return h('code', {}, inline.v)
    case 'strong':
    case 'em':
      return h(inline.t, {}, ...renderInlines(inline.c, context))
    case 'link':
      return renderLink(inline.href, renderInlines(inline.c, context), context.base)
    case 'cite':
      return renderCite(inline.n, context)
    case 'br':
      return h('br')
    default:
      return document.createTextNode('')
  }
}

/** Links lead to the web and nowhere else, tell nobody where they were clicked, and load nothing. */
function renderLink(href: string, children: Node[], base: string): Node {
  const url = toUrl(href, base)
  if (!url || !/^https?:$/.test(url.protocol)) return h('span', {}, ...children)
  return h('a', { href: url.href, target: '_blank', rel: 'noopener noreferrer' }, ...children)
}

/** A mark without a source behind it is dropped. */
function renderCite(n: number, { cite }: BlockContext): Node {
  const title = cite?.title(n)
  if (cite && title === undefined) return document.createTextNode('')
  const mark: HTMLButtonElement = button(`${n}`, () => cite?.open(n, mark), {
    class: 'cite',
    'aria-label': `[${n}] ${title ?? ''}`,
    'data-cite': n,
  })
  return mark
}
