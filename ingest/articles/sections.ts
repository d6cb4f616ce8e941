import { marked, type Token, type Tokens } from 'marked'
import type { Section, SectionRole } from '../../kb/types.ts'

/** What a section is for, by its heading (`kb/README.md`). */
const ROLES: Readonly<Record<string, SectionRole>> = {
  'what it means': 'meaning',
  'how to recognise it': 'recognise',
  'how to recognize it': 'recognise',
  'why it happens': 'why',
  'what you can do': 'sender',
  'what your mail admin can do': 'sender-admin',
  'what the other side can do': 'recipient-side',
  'how to check that it worked': 'check',
  'when it is something else': 'lookalike',
}

/** Role of a second-level heading; `other` for one that only its article has. */
export function roleOf(heading: string): SectionRole {
  return ROLES[heading.trim().toLowerCase()] ?? 'other'
}

type Draft = { readonly path: readonly string[]; markdown: string }

/**
 * Cuts Markdown at its headings of the second and third level. What stands before the first is the
 * lead. A heading inside a code block is code: marked's lexer decides, not a pattern.
 */
export function toSections(markdown: string): Section[] {
  const drafts: Draft[] = [{ path: [], markdown: '' }]
  for (const token of marked.lexer(markdown)) {
    const path = isCut(token) ? pathBelow(drafts, token) : undefined
    if (path) drafts.push({ path, markdown: '' })
    else append(drafts, token)
  }
  return drafts
    .filter(({ path, markdown }) => path.length > 0 || markdown.trim() !== '')
    .map(toSection)
}

/** A level-one heading repeats the title: it cuts nothing and is left out by `append`. */
function isCut(token: Token): token is Tokens.Heading {
  return token.type === 'heading' && (token.depth === 2 || token.depth === 3)
}

function pathBelow(drafts: readonly Draft[], { depth, text }: Tokens.Heading): string[] {
  const parent = drafts.at(-1)?.path[0]
  return depth === 3 && parent !== undefined ? [parent, text] : [text]
}

function append(drafts: Draft[], token: Token): void {
  const last = drafts.at(-1)
  if (last && !(token.type === 'heading' && token.depth === 1)) last.markdown += token.raw
}

function toSection({ path, markdown }: Draft): Section {
  return {
    heading: path.at(-1) ?? '',
    path,
    role: path[0] === undefined ? 'lead' : roleOf(path[0]),
    markdown: markdown.trim(),
  }
}
