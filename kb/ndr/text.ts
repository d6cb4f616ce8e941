/** Cleans what was pasted, so that everything after it reads one kind of text. */
import { htmlToText } from './html.ts'
import { looksLikeHtml } from './looks-like-html.ts'

/** Most of a paste is plain: one look tells whether any of the replacements below can find anything. */
const UNUSUAL =
  /[\r\f\v\0\u00a0\u00ad\u2000-\u200f\u2010\u2011\u2018-\u201f\u2028-\u202f\u205f-\u2064\u3000\ufeff\uff03]/
const BLANKS = /[\f\v\u00a0\u2000-\u200a\u202f\u205f\u3000]/g
const INVISIBLE = /[\0\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g
const MAILTO = /[<[]mailto:([^<>[\]\s?]{1,320})(?:\?[^<>[\]\s]{0,320})?[>\]]/gi
/** HTML that lost its tags; Markdown's links; line ends that were written out; codes as scanned. */
const ENTITY = /&(?:lt|gt|nbsp|#39);/g
const ENTITIES = { '&lt;': '<', '&gt;': '>', '&#39;': "'" }
const MARKDOWN_LINK = /\[([^[\]\n]{1,320})\]\(mailto:[^()\s]{1,320}\)/gi
const WRITTEN_ENDS = /\\r\\n|\\n\\n/
const SCANNED = /\b([45][\dO]{2})([ -])([245])\. ?(\d{1,3})\. ?(\d{1,3})\b/g
/** "bob @ example.org": how people and scans write an address. */
const SPACED_ADDRESS = /([\w.+-]{1,64}) @ ((?:[\w-]{1,63}\.){1,6}[a-z]{2,12})\b/gi
/** qmail's log writes blanks as "_". */
const UNDERSCORED = '/Remote_host_said:_'
/** More levels than any mail client shows; what lies deeper stays as it is. */
const QUOTE_LEVELS = 8
/** Longer texts are read up to here: a report is a page, and what follows is what was sent. */
export const LONGEST_TEXT = 256 * 1024

/** The text that offsets point into: line ends, blanks, quotes, link doublings and `>` taken out. */
export function normalise(input: string): string {
  let text = input.length > LONGEST_TEXT ? input.slice(0, LONGEST_TEXT) : input
  if (UNUSUAL.test(text)) text = plainCharacters(text)
  if (looksLikeHtml(text)) text = htmlToText(text)
  else if (text.includes('&')) text = text.replace(ENTITY, entity)
  if (WRITTEN_ENDS.test(text) && !/^\s*[[{"]/.test(text)) text = text.replace(/(?:\\r)?\\n/g, '\n')
  text = text.replace(SCANNED, (_, code: string, gap, ...digits) =>
    [code.replaceAll('O', '0'), gap, digits.slice(0, 3).join('.')].join(''),
  )
  text = text.replace(MARKDOWN_LINK, '$1')
  if (text.includes(' @ ')) text = text.replace(SPACED_ADDRESS, '$1@$2')
  if (text.includes(UNDERSCORED)) text = withBlanks(text)
  if (text.includes('mailto:') || text.includes('MAILTO:')) text = withoutMailto(text)
  return withoutQuoting(text)
}

const withBlanks = (text: string): string =>
  text
    .split('\n')
    .map((line) => (line.includes(UNDERSCORED) ? line.replaceAll('_', ' ') : line))
    .join('\n')

const entity = (name: string): string => ENTITIES[name as keyof typeof ENTITIES] ?? ' '

function plainCharacters(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[\u2028\u2029]/g, '\n')
    .replace(BLANKS, ' ')
    .replace(INVISIBLE, '')
    .replace(/[\u2018\u2019\u201b]/g, "'")
    .replace(/[\u201c-\u201f]/g, '"')
    .replace(/[\u2010\u2011]/g, '-')
    .replaceAll('\uff03', '#')
}

/** Outlook copies "a@b.example<mailto:a@b.example>"; the second is the first's link. */
function withoutMailto(text: string): string {
  return text.replace(MAILTO, (_, address: string, at: number, whole: string) => {
    const before = whole.slice(Math.max(0, at - address.length - 3), at).toLowerCase()
    return before.includes(address.toLowerCase()) ? '' : ` <${address}>`
  })
}

/**
 * Takes one level of quoting after the other from runs of lines that all begin with ">". The ">>>" of
 * a transcript ("`>>> DATA`") is no quoting: a run needs a line that begins otherwise.
 */
export function withoutQuoting(text: string): string {
  let current = text
  for (let level = 0; level < QUOTE_LEVELS; level++) {
    if (!current.startsWith('>') && !current.includes('\n>')) return current
    const next = withoutOneLevel(current)
    if (next === current) return current
    current = next
  }
  return current
}

function withoutOneLevel(text: string): string {
  const lines = text.split('\n')
  let from = 0
  let changed = false
  while (from < lines.length) {
    if (!lines[from]?.startsWith('>')) {
      from++
      continue
    }
    let to = from
    let quoting = false
    for (; to < lines.length && lines[to]?.startsWith('>'); to++) {
      if (!lines[to]?.startsWith('>>>') || lines[to]?.startsWith('>>>>')) quoting = true
    }
    if (quoting) {
      changed = true
      for (let i = from; i < to; i++) lines[i] = unquoted(lines[i] ?? '')
    }
    from = to
  }
  return changed ? lines.join('\n') : text
}

const unquoted = (line: string): string => line.slice(line.startsWith('> ') ? 2 : 1)

/** Lower case of the same length, so that offsets hold in both ("İ" alone would grow). */
export function lowerCase(text: string): string {
  const lower = text.toLowerCase()
  if (lower.length === text.length) return lower
  return Array.from({ length: text.length }, (_, i) => {
    const unit = text.charAt(i).toLowerCase()
    return unit.length === 1 ? unit : text.charAt(i)
  }).join('')
}

/** Blanks collapsed, without those at the ends. */
export const collapse = (text: string): string => text.replace(/\s+/g, ' ').trim()
