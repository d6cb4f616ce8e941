/** The face of the articles: Markdown with front matter in, `Article` out. Pure. */
import type { Article } from '../../kb/types.ts'
import type { StoredArticle } from '../../server/store/index.ts'
import { checkFrontMatter, checkOwnFrontMatter, splitFrontMatter } from './front-matter.ts'
import { toSections } from './sections.ts'

export { roleOf, toSections } from './sections.ts'

/** An article or note of the shipped KB. Throws, naming the field, where the front matter is wrong. */
export function toArticle(markdown: string): Article {
  const { data, body } = splitFrontMatter(markdown)
  const front = checkFrontMatter(data)
  const sections = toSections(body)
  if (sections.length === 0) throw new Error('has no text')
  return { ...front, sections }
}

/** What is known of a document that is not one of ours: its text and where it came from. */
export type Document = {
  /** id where the front matter names none */
  readonly id: string
  readonly title: string
  readonly markdown: string
  readonly url?: string
}

/** An operator's own article: front matter is optional, and whatever it leaves out has a default. */
export function toOwnArticle(document: Document, reviewed: string): StoredArticle {
  const { data, body } = splitFrontMatter(document.markdown)
  const { weight = 1, hidden, url = document.url, ...front } = checkOwnFrontMatter(data)
  const sections = toSections(body)
  if (sections.length === 0 && !hidden) throw new Error('has no text')
  return {
    ...EMPTY,
    id: document.id,
    title: firstHeading(body) ?? document.title,
    reviewed,
    ...front,
    sections,
    weight,
    ...(url !== undefined && { url }),
    ...(hidden && { hidden }),
  } as StoredArticle
}

const EMPTY = {
  kind: 'article',
  codes: [],
  replyCodes: [],
  reasons: [],
  causes: [],
  products: [],
  providers: [],
  audience: ['sender', 'admin'],
  askedAs: [],
  sources: [],
  unverified: [],
} as const

function firstHeading(body: string): string | undefined {
  return /^#[ \t]+(.+?)[ \t]*#*$/m.exec(body)?.[1]?.slice(0, 140)
}
