import type { Block, Inline } from '../../kb/types.ts'

/** Blocks as HTML for pages that the server writes. Every character of a text is escaped. */
export function toHtml(blocks: readonly Block[]): string {
  return blocks.map(blockHtml).join('\n')
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text for an element's content or a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ESCAPES[character] ?? '')
}

function blockHtml(block: Block): string {
  switch (block.t) {
    case 'p':
      return `<p>${inlineHtml(block.c)}</p>`
    case 'h':
      return `<h${block.level} id="${escapeHtml(block.id)}">${inlineHtml(block.c)}</h${block.level}>`
    case 'ul':
      return `<ul>${itemsHtml(block.items)}</ul>`
    case 'ol':
      return `<ol start="${block.start}">${itemsHtml(block.items)}</ol>`
    case 'code':
      return codeHtml(block)
    case 'table':
      return tableHtml(block)
    case 'quote':
      return `<blockquote>${toHtml(block.blocks)}</blockquote>`
    case 'hr':
      return '<hr>'
  }
}

const itemsHtml = (items: readonly (readonly Block[])[]): string =>
  items.map((blocks) => `<li>${itemHtml(blocks)}</li>`).join('')

/** A point of one paragraph needs no paragraph inside. */
function itemHtml(blocks: readonly Block[]): string {
  const [first, ...rest] = blocks
  if (first?.t !== 'p') return toHtml(blocks)
  return [inlineHtml(first.c), toHtml(rest)].filter(Boolean).join('\n')
}

function codeHtml({ v, title }: Extract<Block, { t: 'code' }>): string {
  const pre = `<pre tabindex="0"><code>${escapeHtml(v)}</code></pre>`
  if (title === '') return pre
  return `<figure><figcaption>${escapeHtml(title)}</figcaption>${pre}</figure>`
}

function tableHtml({ head, rows }: Extract<Block, { t: 'table' }>): string {
  const row = (tag: 'th' | 'td', cells: readonly (readonly Inline[])[]) =>
    `<tr>${cells.map((cell) => `<${tag}>${inlineHtml(cell)}</${tag}>`).join('')}</tr>`
  const body = rows.map((cells) => row('td', cells)).join('')
  return `<div class="table" tabindex="0"><table><thead>${row('th', head)}</thead><tbody>${body}</tbody></table></div>`
}

function inlineHtml(inlines: readonly Inline[]): string {
  return inlines.map(oneInline).join('')
}

function oneInline(inline: Inline): string {
  switch (inline.t) {
    case 'text':
      return escapeHtml(inline.v)
    case 'code':
      return `<code>${escapeHtml(inline.v)}</code>`
    case 'strong':
    case 'em':
      return `<${inline.t}>${inlineHtml(inline.c)}</${inline.t}>`
    case 'link':
      return `<a href="${escapeHtml(inline.href)}"${outward(inline.href)}>${inlineHtml(inline.c)}</a>`
    case 'cite':
      return `<a class="cite" href="#cite-${inline.n}">[${inline.n}]</a>`
    case 'br':
      return '<br>'
  }
}

const outward = (href: string): string =>
  href.startsWith('/') || href.startsWith('#') ? '' : ' rel="noopener noreferrer nofollow"'
