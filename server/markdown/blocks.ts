import { marked, type Token, type Tokens } from 'marked'
import type { Block, Inline } from '../../kb/types.ts'
import { unescapeEntities } from './plain.ts'

/** Nesting that nobody writes by hand; below it, text stays text. Bounds the work for hostile input. */
const MAX_DEPTH = 12

/** What is known while a text is turned into blocks. */
type Context = {
  readonly citations: ReadonlySet<number>
  readonly ids: Map<string, number>
  readonly depth: number
}

/**
 * Turns Markdown into typed blocks. HTML stays visible text, images become their description, and a
 * link survives only to a page of the KB (its id alone), to `/articles/…` or to http(s). `[n]` becomes
 * a citation where `n` is one of `citations`. Never throws.
 */
export function toBlocks(
  markdown: string,
  citations: ReadonlySet<number> = new Set<number>(),
): Block[] {
  const tokens = lex(markdown)
  if (tokens === undefined) return [{ t: 'p', c: [{ t: 'text', v: markdown }] }]
  return blocksOf(tokens, { citations, ids: new Map(), depth: 0 })
}

/** Thousands of nested quotes overflow the lexer's stack: such a text is shown as it is. */
function lex(markdown: string): Token[] | undefined {
  try {
    return marked.lexer(markdown)
  } catch {
    return undefined
  }
}

function blocksOf(tokens: readonly Token[], context: Context): Block[] {
  if (context.depth > MAX_DEPTH) return paragraph([text(tokens.map(({ raw }) => raw).join(''))])
  return tokens.flatMap((token) => blockOf(token as Tokens.Generic, context))
}

type Reader = (token: Tokens.Generic, context: Context) => Block[]

function blockOf(token: Tokens.Generic, context: Context): Block[] {
  return (READERS[token.type] ?? READERS.paragraph)(token, context)
}

const READERS: Readonly<Record<string, Reader>> & { readonly paragraph: Reader } = {
  space: () => [],
  def: () => [],
  hr: () => [{ t: 'hr' }],
  html: ({ raw }) => paragraph([text(raw.trim())]),
  code: ({ text: v, lang }) => [{ t: 'code', v, ...codeInfo(lang ?? '') }],
  heading: headingOf,
  table: (token, context) => [tableOf(token as Tokens.Table, context)],
  list: (token, context) => [listOf(token as Tokens.List, context)],
  blockquote: ({ tokens = [] }, context) => [
    { t: 'quote', blocks: blocksOf(tokens, deeper(context)) },
  ],
  paragraph: (token, context) => paragraph(inlinesOf(token.tokens ?? [token], context)),
}

const deeper = (context: Context): Context => ({ ...context, depth: context.depth + 1 })
const text = (v: string): Inline => ({ t: 'text', v })
const paragraph = (c: readonly Inline[]): Block[] => (c.length === 0 ? [] : [{ t: 'p', c }])

/** ```powershell Title of the box: the first word is the language, the rest names what to copy. */
function codeInfo(info: string): { lang: string; title: string } {
  const [, lang = '', title = ''] = /^(\S*)\s*(.*)$/s.exec(info) ?? []
  return { lang, title }
}

function headingOf({ depth, tokens = [], text: words }: Tokens.Generic, context: Context): Block[] {
  const level = Math.min(Math.max(depth, 2), 4) as 2 | 3 | 4
  return [{ t: 'h', level, id: uniqueId(words, context.ids), c: inlinesOf(tokens, context) }]
}

/** Fragment of a heading: `what-it-means`, the second of a name `what-it-means-2`. */
function uniqueId(words: string, ids: Map<string, number>): string {
  const slug = toSlug(words)
  const nth = (ids.get(slug) ?? 0) + 1
  ids.set(slug, nth)
  return nth === 1 ? slug : `${slug}-${nth}`
}

/** The fragment under which a heading can be linked to. */
export function toSlug(words: string): string {
  const slug = words
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '')
  return slug.slice(0, 80) || 'section'
}

function tableOf({ header, rows }: Tokens.Table, context: Context): Block {
  const cells = (row: Tokens.TableCell[]) => row.map(({ tokens }) => inlinesOf(tokens, context))
  return { t: 'table', head: cells(header), rows: rows.map(cells) }
}

function listOf({ ordered, start, items }: Tokens.List, context: Context): Block {
  const blocks = items.map(({ tokens }) => blocksOf(tokens, deeper(context)))
  if (!ordered) return { t: 'ul', items: blocks }
  return { t: 'ol', start: Number(start) || 1, items: blocks }
}

function inlinesOf(tokens: readonly Token[], context: Context): Inline[] {
  if (context.depth > MAX_DEPTH) return [text(tokens.map(({ raw }) => raw).join(''))]
  return tokens.flatMap((token) => inlineOf(token as Tokens.Generic, deeper(context)))
}

function inlineOf(token: Tokens.Generic, context: Context): Inline[] {
  const children = () => inlinesOf(token.tokens ?? [], context)
  switch (token.type) {
    case 'br':
      return [{ t: 'br' }]
    case 'codespan':
      return [{ t: 'code', v: token.text }]
    case 'strong':
    case 'em':
      return [{ t: token.type, c: children() }]
    case 'del':
      return children()
    case 'image':
      return token.text ? [text(token.text)] : []
    case 'link':
      return linkOf(token.href, children())
    case 'checkbox':
    case 'html':
      return [text(token.raw)]
    default:
      return token.tokens ? children() : withCitations(unescapeEntities(token.text ?? ''), context)
  }
}

const ARTICLE = /^(?:\/articles\/)?([a-z0-9][a-z0-9.-]*)(#[\w-]*)?$/

function linkOf(href: string, c: Inline[]): Inline[] {
  const article = ARTICLE.exec(href)
  if (article) return [{ t: 'link', href: `/articles/${article[1]}${article[2] ?? ''}`, c }]
  return /^https?:\/\//i.test(href) && URL.canParse(href) ? [{ t: 'link', href, c }] : c
}

function withCitations(words: string, { citations }: Context): Inline[] {
  return words
    .split(/(\[\d{1,3}\])/)
    .filter((part) => part !== '')
    .map((part) => {
      const n = Number(/^\[(\d+)\]$/.exec(part)?.[1] ?? Number.NaN)
      return citations.has(n) ? { t: 'cite', n } : text(part)
    })
}
