/** An answer while it is written: Markdown piece by piece, and the citations that its claims rest on. */
import type { Article, Citation } from '../../kb/types.ts'

export type Draft = {
  /** adds a paragraph, list or block; empty text adds nothing */
  add(markdown: string): void
  /** the mark of a source, "[1]": the same article and heading get the same number */
  cite(article: Article | undefined, heading?: string): string
  readonly pieces: readonly string[]
  readonly citations: readonly Citation[]
}

export function createDraft(): Draft {
  const pieces: string[] = []
  const citations: Citation[] = []
  return {
    pieces,
    citations,
    add: (markdown) => {
      const piece = markdown.trim()
      // one thing is said once, whichever part of the answer comes to it first
      if (piece !== '' && !pieces.includes(piece)) pieces.push(piece)
    },
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

/** The fragment under which the article's page shows a heading. */
const toSlug = (words: string): string =>
  words
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 80) || 'section'

/** Puts a citation's mark behind a Markdown text: after its last line of prose, never into a code block. */
export function withMark(markdown: string, mark: string): string {
  if (mark === '') return markdown
  const trimmed = markdown.trimEnd()
  const last = trimmed.slice(trimmed.lastIndexOf('\n') + 1)
  return /^\s*(?:```|\|)/.test(last) ? `${trimmed}\n\nSource:${mark}` : `${trimmed}${mark}`
}

/** Text from a report as it may stand in a quotation: one line, no Markdown of its own. */
export const asCode = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').replaceAll('`', "'").trim()
  return `\`${line.length > 220 ? `${line.slice(0, 217)}…` : line}\``
}
