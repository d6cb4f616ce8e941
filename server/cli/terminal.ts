import type { Block, ChatAnswer, Inline } from '../../kb/types.ts'

export type TerminalOptions = { readonly color: boolean }

type Style = {
  strong(text: string): string
  code(text: string): string
  soft(text: string): string
}

const PLAIN: Style = { strong: (text) => text, code: (text) => `\`${text}\``, soft: (text) => text }
const ANSI: Style = {
  strong: (text) => `\u001b[1m${text}\u001b[22m`,
  code: (text) => `\u001b[36m${text}\u001b[39m`,
  soft: (text) => `\u001b[2m${text}\u001b[22m`,
}

/** An answer as lines for a terminal. Control characters of the input never reach it. */
export function toTerminal(answer: ChatAnswer, { color }: TerminalOptions): string {
  const style = color ? ANSI : PLAIN
  const parts = [
    ...answer.blocks.map((block) => blockText(block, style)),
    ...answer.notices.map((notice) => style.soft(safe(notice))),
    sources(answer, style),
    asks(answer, style),
  ]
  return `${parts.filter(Boolean).join('\n\n')}\n`
}

function sources({ citations }: ChatAnswer, style: Style): string {
  return citations
    .map(({ n, title, heading, url }) =>
      style.soft(safe(`[${n}] ${[title, heading].filter(Boolean).join(': ')} (${url})`)),
    )
    .join('\n')
}

function asks({ suggestions }: ChatAnswer, style: Style): string {
  if (suggestions.length === 0) return ''
  return style.soft(
    ['You may want to say:', ...suggestions.map((text) => `- ${safe(text)}`)].join('\n'),
  )
}

/** A report can hold escape sequences that would move the cursor or colour the screen. */
const safe = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  text.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '')

function blockText(block: Block, style: Style): string {
  switch (block.t) {
    case 'p':
      return inlineText(block.c, style)
    case 'h':
      return style.strong(inlineText(block.c, PLAIN))
    case 'ul':
      return block.items.map((item) => listItem('-', item, style)).join('\n')
    case 'ol':
      return block.items
        .map((item, index) => listItem(`${block.start + index}.`, item, style))
        .join('\n')
    case 'code':
      return [block.title, indent(safe(block.v), '    ')].filter(Boolean).join('\n')
    case 'table':
      return [block.head, ...block.rows]
        .map((row) => row.map((cell) => inlineText(cell, style)).join(' | '))
        .join('\n')
    case 'quote':
      return indent(block.blocks.map((inner) => blockText(inner, style)).join('\n'), '> ')
    case 'hr':
      return '---'
  }
}

function listItem(mark: string, blocks: readonly Block[], style: Style): string {
  const text = blocks.map((block) => blockText(block, style)).join('\n')
  return `${mark} ${indent(text, ' '.repeat(mark.length + 1)).trimStart()}`
}

const indent = (text: string, by: string): string =>
  text
    .split('\n')
    .map((line) => by + line)
    .join('\n')

function inlineText(inlines: readonly Inline[], style: Style): string {
  return inlines.map((inline) => oneInline(inline, style)).join('')
}

function oneInline(inline: Inline, style: Style): string {
  switch (inline.t) {
    case 'text':
      return safe(inline.v)
    case 'code':
      return style.code(safe(inline.v))
    case 'strong':
      return style.strong(inlineText(inline.c, style))
    case 'em':
    case 'link':
      return inlineText(inline.c, style)
    case 'cite':
      return `[${inline.n}]`
    case 'br':
      return '\n'
  }
}
