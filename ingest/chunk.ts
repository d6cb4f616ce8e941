import { marked } from 'marked'
import type { Section } from '../kb/types.ts'
import { toPlainText } from '../server/markdown/index.ts'
import { codeTokens, enhancedCodesIn, replyCodesIn } from '../server/retrieve/codes.ts'
import { toEnglish } from '../server/retrieve/translate.ts'
import type { Chunk, EmbedText, StoredArticle } from '../server/store/index.ts'

/** About 250 word pieces: what the local model still reads well, and one screen for a reader. */
const TARGET_CHARS = 1000

/** Cuts an article at its headings, and a long section at its blocks. Title and path go with each piece. */
export function toChunks(article: StoredArticle): Chunk[] {
  const codes = codeWords(article)
  return article.sections
    .flatMap((section) => pieces(section.markdown).map((markdown) => ({ section, markdown })))
    .map(({ section, markdown }, ord) => toChunk(article, section, markdown, ord, codes))
}

/** All that a person may read of a chunk, for the vocabulary. */
export const textOf = ({ title, path, body, aliases }: Chunk): string =>
  `${title} ${path} ${body} ${aliases}`

function toChunk(
  article: StoredArticle,
  section: Section,
  markdown: string,
  ord: number,
  codes: string,
): Chunk {
  const path = section.path.join(': ')
  const plain = toPlainText(markdown)
  const first = ord === 0
  return {
    articleId: article.id,
    ord,
    role: section.role,
    title: article.title,
    heading: section.heading,
    path,
    markdown,
    body: withCodeWords(plain),
    codes: first ? codes : '',
    aliases: first ? waysOfAsking(article).join('\n') : '',
    embed: [
      { kind: 'chunk', text: [article.title, path, plain].filter(Boolean).join('. ') },
      ...(first ? ownVectors(article) : []),
    ],
  }
}

/**
 * The title and each way of asking get a vector of their own: the strongest lever there is. In English, as
 * questions are searched.
 */
const waysOfAsking = ({ askedAs, alsoAsked = [] }: StoredArticle) =>
  [...askedAs, ...alsoAsked].map(toEnglish).filter((text) => text !== '')

function ownVectors(article: StoredArticle): EmbedText[] {
  return [
    { kind: 'title', text: article.title },
    ...waysOfAsking(article).map((text) => ({ kind: 'alias' as const, text })),
  ]
}

function codeWords({ codes, replyCodes }: StoredArticle): string {
  return [...codes, ...replyCodes.map(String)].flatMap(codeTokens).join(' ')
}

function withCodeWords(plain: string): string {
  const words = [...enhancedCodesIn(plain), ...replyCodesIn(plain)].flatMap(codeTokens)
  return words.length === 0 ? plain : `${plain}\n${words.join(' ')}`
}

/** Blocks are never cut, so a table or a command stays whole even where it is longer than a chunk. */
function pieces(markdown: string): string[] {
  const done: string[] = []
  let open = ''
  for (const { raw } of marked.lexer(markdown)) {
    if (open !== '' && open.length + raw.length > TARGET_CHARS) {
      done.push(open)
      open = ''
    }
    open += raw
  }
  return [...done, open].map((piece) => piece.trim()).filter((piece) => piece !== '')
}
