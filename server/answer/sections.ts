/** Picks from an article what fits: the role, the products, the words of the question. */
import { PRODUCTS } from '../../kb/diagnose/data.ts'
import { phraseWords } from '../../kb/diagnose/text.ts'
import type { Article, Section, SectionRole } from '../../kb/types.ts'

/** One piece of a section: what stands under one heading. */
export type Part = {
  readonly heading: string
  readonly role: SectionRole
  readonly markdown: string
}

const parted = new WeakMap<Article, readonly Part[]>()

/** An article cut at every heading, so that a product's part can be used without the others. */
export function partsOf(article: Article): readonly Part[] {
  const before = parted.get(article)
  if (before) return before
  const parts = article.sections.flatMap(cut)
  parted.set(article, parts)
  return parts
}

function cut({ heading, role, markdown }: Section): readonly Part[] {
  const pieces = markdown.split(/^(?=#{2,4} )/m)
  return pieces
    .map((piece) => {
      const title = /^#{2,4} +(.+)\n?/.exec(piece)
      return {
        heading: title?.[1]?.trim() ?? heading,
        role,
        markdown: piece.slice(title?.[0].length ?? 0).trim(),
      }
    })
    .filter((part) => part.markdown !== '')
}

export const partsWith = (article: Article, ...roles: readonly SectionRole[]): readonly Part[] =>
  partsOf(article).filter(({ role }) => roles.includes(role))

export const leadOf = (article: Article): string =>
  partsWith(article, 'lead')[0]
    ?.markdown.split(/\n{2,}/)[0]
    ?.trim() ?? ''

/** Products that a heading names ("Exchange 2007–2019", "Postfix, Exim"); empty for a general one. */
export function productsIn(text: string): ReadonlySet<string> {
  const lower = text.toLowerCase()
  const found = new Set<string>()
  if (/exchange/.test(lower)) for (const year of yearsIn(lower)) found.add(`exchange-${year}`)
  if (/exchange (?:server|on.?prem)/.test(lower) && found.size === 0) found.add('exchange-server')
  if (/sbs 2003/.test(lower)) found.add('exchange-2003')
  for (const { id, aliases } of PRODUCTS)
    if (aliases.some((alias) => mentions(lower, alias))) found.add(id)
  return found
}

const mentions = (text: string, alias: string): boolean => {
  const at = text.indexOf(alias)
  if (at < 0) return false
  const isWord = (char: string | undefined) => char !== undefined && /[\p{L}\p{N}]/u.test(char)
  return !isWord(text[at - 1]) && !isWord(text[at + alias.length])
}

const YEARS = ['5.5', '2000', '2003', '2007', '2010', '2013', '2016', '2019']

function yearsIn(text: string): readonly string[] {
  const range =
    /(2000|2003|2007|2010|2013|2016)\s*(?:–|-|to|through)\s*(2003|2007|2010|2013|2016|2019)/.exec(
      text,
    )
  if (range) return YEARS.slice(YEARS.indexOf(range[1] ?? ''), YEARS.indexOf(range[2] ?? '') + 1)
  const later = /(2000|2003|2007|2010|2013|2016|2019) (?:and|or) (?:later|newer)/.exec(text)
  if (later) return YEARS.slice(YEARS.indexOf(later[1] ?? ''))
  return YEARS.filter((year) => text.includes(year))
}

const ON_PREMISES = /^exchange-(?:2\d{3}|server)$/

/** Whether a part can be used: it speaks of these products, or of none, or no product is known yet. */
export const suits = (heading: string, products: ReadonlySet<string>): boolean =>
  products.size === 0 || fits(heading, products)

/** Whether a part speaks of these products. General parts always do; without a product, only they. */
export function fits(heading: string, products: ReadonlySet<string>): boolean {
  const named = productsIn(heading)
  if (named.size === 0) return true
  for (const product of products) {
    if (named.has(product)) return true
    if (product === 'exchange-server' && [...named].some((one) => ON_PREMISES.test(one)))
      return true
    if (product === 'google-workspace' && named.has('gmail')) return true
  }
  return false
}

const EMPTY = new Set(
  'a an the of or and to it is in on at by from with this that these those you your i my me we our they their them be are was were do does did have has had how what why when where who which can could should would will if not no yes as for so but about there here get got just any some into than then also one mail email message'
    .split(' ')
    .flatMap(phraseWords),
)

export const contentWords = (text: string): readonly string[] =>
  [...new Set(phraseWords(text))].filter((word) => word.length > 1 && !EMPTY.has(word))

/** Words that name the case as a whole: a question made of them asks about the report, not about a topic. */
const CASE_WORDS = new Set(
  'work working works worked fixed solved help mail email e-mail message report bounce error problem issue failure notice recipient person again now still exactly actually really please thanks ok okay well thing time way lot very much too just already'
    .split(' ')
    .flatMap(phraseWords),
)

/** What a question speaks of beyond these words and the case itself. */
export const residue = (text: string, words: readonly string[]): readonly string[] =>
  contentWords(text).filter((word) => !words.includes(word) && !CASE_WORDS.has(word))

/** How much of a question's content a text speaks about; rarer words cannot be told here, longer ones count more. */
export function overlap(question: readonly string[], text: string): number {
  if (question.length === 0) return 0
  const words = new Set(phraseWords(text))
  return (
    question.reduce((sum, word) => sum + (words.has(word) ? Math.min(word.length, 8) : 0), 0) /
    question.reduce((sum, word) => sum + Math.min(word.length, 8), 0)
  )
}

/** Cuts a long text at a paragraph or a list item; a code block or a table is never cut. */
export function shorten(markdown: string, limit: number): string {
  if (markdown.length <= limit) return markdown
  const kept: string[] = []
  let length = 0
  for (const block of blocksOf(markdown)) {
    const room = limit - length
    // what a line with a colon announces comes along with it
    const announced = /:\s*$/.test(kept.at(-1) ?? '')
    const fits = block.length <= room || announced || /^\*\*Careful/.test(block)
    if (kept.length > 0 && !fits) break
    kept.push(isList(block) ? itemsWithin(block, room) : block)
    length += block.length + 2
  }
  return kept.join('\n\n')
}

/** Paragraphs, lists, tables and code blocks: what must stay whole. */
export function blocksOf(markdown: string): readonly string[] {
  const result: string[] = []
  let code: string[] | undefined
  for (const part of markdown.split(/\n{2,}/)) {
    const fences = part.match(/^\s*```/gm)?.length ?? 0
    if (code) code.push(part)
    else if (fences % 2 === 1) code = [part]
    else result.push(part)
    if (code && code.length > 1 && fences % 2 === 1) {
      result.push(code.join('\n\n'))
      code = undefined
    }
  }
  return code ? [...result, code.join('\n\n')] : result
}

/** The items of a list, each with its mark; another block is one item. */
export const itemsOf = (block: string): readonly string[] => block.split(/\n(?=(?:[-*]|\d+\.) )/)
export const isList = (block: string): boolean => /^(?:[-*]|\d+\.) /.test(block)
/** An item without its mark. */
export const unlisted = (item: string): string => item.replace(/^(?:[-*]|\d+\.) /, '')

function itemsWithin(list: string, room: number): string {
  const items = itemsOf(list)
  const kept = items.filter((_, at) => {
    const length = items.slice(0, at + 1).reduce((sum, item) => sum + item.length, 0)
    return at < 2 || length <= room
  })
  return kept.join('\n')
}
