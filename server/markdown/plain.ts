import { marked, type Token } from 'marked'

/** The words of a piece of Markdown without its marks, for indexing and for one-line excerpts. */
export function toPlainText(markdown: string): string {
  return marked
    .lexer(markdown)
    .map(blockText)
    .filter((text) => text !== '')
    .join('\n')
}

function blockText(token: Token): string {
  switch (token.type) {
    case 'space':
    case 'hr':
    case 'html':
    case 'def':
      return ''
    case 'code':
      return token.text as string
    case 'table':
      return [token.header, ...token.rows]
        .map((row: { tokens: Token[] }[]) =>
          row.map(({ tokens }) => inlineText(tokens)).join(' | '),
        )
        .join('\n')
    case 'list':
      return (token.items as { tokens: Token[] }[])
        .map(({ tokens }) => tokens.map(blockText).join(' '))
        .join('\n')
    case 'blockquote':
      return (token.tokens ?? []).map(blockText).join('\n')
    default:
      return inlineText('tokens' in token && token.tokens ? token.tokens : [token])
  }
}

function inlineText(tokens: readonly Token[]): string {
  return tokens.map(inlineWord).join('').replaceAll(/\s+/g, ' ').trim()
}

function inlineWord(token: Token): string {
  if (token.type === 'br') return ' '
  if (token.type === 'image' || token.type === 'html') return ''
  if ('tokens' in token && token.tokens) return token.tokens.map(inlineWord).join('')
  return 'text' in token ? unescapeEntities(String(token.text)) : ''
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&nbsp;': ' ',
}

/** marked hands some entities through as they were written; a reader wants the character. */
export function unescapeEntities(text: string): string {
  return text.replaceAll(/&(?:amp|lt|gt|quot|#39|nbsp);/g, (entity) => ENTITIES[entity] ?? entity)
}
