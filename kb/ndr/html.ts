/** HTML to the text that a reader sees. No parser: reports are simple, and hostile ones must be cheap. */

const BLOCK = /^\/?(?:p|div|br|tr|table|h[1-6]|li|ul|ol|pre|hr|blockquote|section|center)$/
const ENTITIES: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  copy: '©',
  rsquo: "'",
  lsquo: "'",
  ldquo: '"',
  rdquo: '"',
  auml: 'ä',
  ouml: 'ö',
  uuml: 'ü',
  Auml: 'Ä',
  Ouml: 'Ö',
  Uuml: 'Ü',
  szlig: 'ß',
  eacute: 'é',
  egrave: 'è',
  agrave: 'à',
  ccedil: 'ç',
}
const CLOSING_RAW = /<\/(?:script|style|title)/gi
const ENTITY = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z]{2,8}));/g

/** The readable text; scripts, styles and comments are left out. */
export function htmlToText(html: string): string {
  const pieces: string[] = []
  let at = 0
  while (at < html.length) {
    const open = html.indexOf('<', at)
    if (open < 0) break
    pieces.push(text(html.slice(at, open)))
    at = afterTag(html, open, pieces)
  }
  pieces.push(text(html.slice(at)))
  return pieces
    .join('')
    .replace(/[ \t]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** Adds what the tag at `open` means to `pieces` and tells where reading goes on. */
function afterTag(html: string, open: number, pieces: string[]): number {
  if (html.startsWith('<!--', open)) return after(html, '-->', open)
  const name = /^\/?[a-z0-9]+/i.exec(html.slice(open + 1, open + 14))?.[0].toLowerCase()
  const close = name === undefined ? -1 : closing(html, open)
  // "<user@example.com>" in careless HTML is an address, and "<" at the end is a "<"
  if (name === undefined || close < 0 || html.slice(open, close).includes('@')) {
    if (name !== 'a' && name !== 'img' && name !== 'font' && name !== 'span') {
      pieces.push('<')
      return open + 1
    }
  }
  if (close < 0) {
    pieces.push('<')
    return open + 1
  }
  if (name === 'script' || name === 'style' || name === 'title') {
    CLOSING_RAW.lastIndex = close
    return CLOSING_RAW.exec(html)?.index ?? html.length
  }
  if (name !== undefined && BLOCK.test(name)) pieces.push('\n')
  else if (name === 'td' || name === 'th') pieces.push(' ')
  return close + 1
}

/** Where the tag ends; no tag of a report is longer, and a wall of "<" must not be searched to its end. */
const LONGEST_TAG = 1000
function closing(html: string, open: number): number {
  const at = html.slice(open, open + LONGEST_TAG).indexOf('>')
  return at < 0 ? -1 : open + at
}

const after = (html: string, mark: string, from: number): number => {
  const at = html.indexOf(mark, from)
  return at < 0 ? html.length : at + mark.length
}

const text = (source: string): string =>
  source.replace(/[\n\t]+/g, ' ').replace(ENTITY, (whole, decimal, hex, name) => {
    if (name) return ENTITIES[name] ?? whole
    const code = Number.parseInt(decimal ?? hex, decimal ? 10 : 16)
    return code > 0 && code < 0x110000 ? String.fromCodePoint(code) : ' '
  })
