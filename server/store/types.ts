import type { Article, SectionRole } from '../../kb/types.ts'

/** One file that was read: its content's hash says whether it must be read again. */
export type StoredSource = {
  readonly path: string
  /** `shipped` for our own KB, else the path that the operator named */
  readonly origin: string
  readonly sha256: string
  readonly articles: readonly StoredArticle[]
}

/** An article with what the operator says about it. */
export type StoredArticle = Article & {
  /** multiplies its scores; 1 unless the operator says otherwise */
  readonly weight: number
  /** the address that the reader may open: the KB's own page unless the operator names one */
  readonly url?: string
  /** ways of asking beside those of the front matter; found by, never shown */
  readonly alsoAsked?: readonly string[]
  /** takes the article of the same id out of the index */
  readonly hidden?: boolean
}

/** A piece of an article that can be found. */
export type Chunk = {
  readonly articleId: string
  readonly ord: number
  readonly role: SectionRole
  readonly title: string
  readonly heading: string
  /** all headings down to this one, for the full-text index */
  readonly path: string
  readonly markdown: string
  /** plain text, for the full-text index */
  readonly body: string
  /** code tokens such as `esc5x7x1`, for the exact column */
  readonly codes: string
  readonly aliases: string
  /** what is embedded for this chunk, each text a vector of its own */
  readonly embed: readonly EmbedText[]
}

export type VectorKind = 'chunk' | 'title' | 'alias'
export type EmbedText = { readonly kind: VectorKind; readonly text: string }

/** Which model made the vectors. Another fingerprint means another space, never a mixed one. */
export type Space = { readonly fingerprint: string; readonly dims: number }

export type IndexInfo = {
  readonly kb: string
  readonly space: Space
  readonly articles: number
  readonly chunks: number
  readonly vectors: number
}
