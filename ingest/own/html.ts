import { tables } from '@joplin/turndown-plugin-gfm'
import Turndown from 'turndown'

/** What a page holds besides its text. */
const DROPPED = [
  'script',
  'style',
  'nav',
  'header',
  'footer',
  'aside',
  'form',
  'noscript',
  'template',
  'iframe',
] as const

const turndown = new Turndown({
  headingStyle: 'atx',
  codeBlockStyle: 'fenced',
  bulletListMarker: '-',
})
turndown.use(tables)
turndown.remove([...DROPPED])
turndown.remove(['svg' as 'canvas', 'img', 'video', 'audio', 'object', 'embed'])

/** HTML of a page or of a field as Markdown; images, scripts and what frames the text are left out. */
export function htmlToMarkdown(html: string): string {
  return turndown.turndown(mainOf(html)).trim()
}

const TITLE = /<title[^>]*>([^<]{1,300})<\/title>/i
const FIRST_HEADING = /<h1[^>]*>([\s\S]{1,300}?)<\/h1>/i

/** A page's title; undefined where it has none. */
export function titleOf(html: string): string | undefined {
  const found = TITLE.exec(html)?.[1] ?? FIRST_HEADING.exec(html)?.[1]
  const title = found && htmlToMarkdown(found).replaceAll(/\s+/g, ' ').trim()
  return title ? title.slice(0, 140) : undefined
}

/** Where a page says which part is its text: Confluence's export, and HTML5's `main`. */
const MAIN = [
  /<div[^>]+id="main-content"[^>]*>([\s\S]*?)<div[^>]+(?:id="footer"|class="[^"]*pageSection)/i,
  /<main\b[^>]*>([\s\S]*)<\/main>/i,
  /<article\b[^>]*>([\s\S]*)<\/article>/i,
  /<body\b[^>]*>([\s\S]*)<\/body>/i,
]

function mainOf(html: string): string {
  for (const pattern of MAIN) {
    const found = pattern.exec(html)?.[1]
    if (found !== undefined) return found
  }
  return html
}
