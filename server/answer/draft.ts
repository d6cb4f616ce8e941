/** An answer while it is written: Markdown piece by piece, and the citations that its claims rest on. */
import type { Article, Citation } from '../../kb/types.ts'
import { toSlug } from '../markdown/index.ts'
import { withPaths } from './links.ts'

export type Draft = {
  /** adds a paragraph, list or block; empty text adds nothing */
  add(markdown: string): void
  /** the same for what a page shows in a way of its own: it stands in the text, not in the blocks */
  addToText(markdown: string): void
  /** the mark of a source, "[1]": the same article and heading get the same number */
  cite(article: Article | undefined, heading?: string): string
  readonly pieces: readonly string[]
  readonly textOnly: ReadonlySet<string>
  readonly citations: readonly Citation[]
}

export function createDraft(): Draft {
  const pieces: string[] = []
  const textOnly = new Set<string>()
  const citations: Citation[] = []
  const add = (markdown: string): string => {
    const piece = withPaths(markdown.trim())
    // one thing is said once, whichever part of the answer comes to it first
    if (piece !== '' && !pieces.includes(piece)) pieces.push(piece)
    return piece
  }
  return {
    pieces,
    textOnly,
    citations,
    add: (markdown) => void add(markdown),
    addToText: (markdown) => void textOnly.add(add(markdown)),
    cite: (article, heading = '') => {
      if (!article) return ''
      const known = citations.find((one) => one.articleId === article.id && one.heading === heading)
      if (known) return ` [${known.n}]`
      const n = citations.length + 1
      const url = `/articles/${article.id}${heading ? `#${toSlug(heading)}` : ''}`
      citations.push({ n, articleId: article.id, title: article.title, heading, url })
      return ` [${n}]`
    },
  }
}

/** Puts a citation's mark behind a Markdown text: after its last line of prose, never into a code block. */
export function withMark(markdown: string, mark: string): string {
  if (mark === '') return markdown
  const trimmed = markdown.trimEnd()
  const last = trimmed.slice(trimmed.lastIndexOf('\n') + 1)
  return /^\s*(?:```|\|)/.test(last) ? `${trimmed}\n\nSource:${mark}` : `${trimmed}${mark}`
}

/** Text from a report as it may stand in a quotation: one line, no Markdown of its own, cut in the middle. */
export const asCode = (text: string, most = 220): string => {
  const line = text.replace(/\s+/g, ' ').replaceAll('`', "'").trim()
  // codes stand at the beginning or at the end
  const head = Math.ceil(most * 0.7)
  const cut = `${line.slice(0, head)} … ${line.slice(head - most)}`
  return `\`${line.length > most + 3 ? cut : line}\``
}
