/** Exports of help desks: Zendesk and Freshdesk as JSON, Confluence as XML. */
import { XMLParser } from 'fast-xml-parser'
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import type { Document } from '../articles/index.ts'
import { htmlToMarkdown } from './html.ts'
import { toId } from './id.ts'

const Id = Type.Union([Type.String(), Type.Number()])
const maybe = Type.Optional(Type.Unknown())

/** An article of Zendesk Guide (`/api/v2/help_center/articles`). */
const Zendesk = Type.Object({
  id: Id,
  title: Type.String(),
  body: Type.String(),
  html_url: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  draft: Type.Optional(Type.Boolean()),
})

/** An article of Freshdesk's solutions (`/api/v2/solutions/…/articles`); status 1 is a draft. */
const Freshdesk = Type.Object({
  id: Id,
  title: Type.String(),
  description: Type.String(),
  status: Type.Optional(Type.Number()),
  seo_data: maybe,
})

/** Articles of a JSON export: a list, an object with a list, or one object a line. */
export function readJsonExport(text: string): Document[] {
  const entries = entriesOf(text)
  const documents = entries.flatMap(toDocument)
  if (documents.length > 0) return documents
  throw new Error(
    'holds no articles of Zendesk (id, title, body) or Freshdesk (id, title, description)',
  )
}

function entriesOf(text: string): unknown[] {
  const value = parseJson(text)
  if (Array.isArray(value)) return value
  const lists = Object.values((value ?? {}) as object).filter(Array.isArray)
  return lists.length > 0 ? lists.flat() : [value]
}

/** Whole JSON, or JSON by lines as Zendesk's incremental export has it. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const lines = text.split('\n').filter((line) => line.trim() !== '')
    if (lines.length < 2) throw error
    return lines.map((line): unknown => JSON.parse(line))
  }
}

function toDocument(entry: unknown): Document[] {
  if (Value.Check(Zendesk, entry)) return entry.draft ? [] : [fromZendesk(entry)]
  if (Value.Check(Freshdesk, entry)) return entry.status === 1 ? [] : [fromFreshdesk(entry)]
  return []
}

function fromZendesk({ id, title, body, html_url: url }: Static<typeof Zendesk>): Document {
  return {
    id: `zendesk-${toId(String(id))}`,
    title: titled(title),
    markdown: htmlToMarkdown(body),
    ...(url && /^https?:/.test(url) && { url }),
  }
}

function fromFreshdesk({ id, title, description }: Static<typeof Freshdesk>): Document {
  return {
    id: `freshdesk-${toId(String(id))}`,
    title: titled(title),
    markdown: htmlToMarkdown(description),
  }
}

const titled = (title: string): string => title.trim().slice(0, 140) || 'Untitled'

type Node = { readonly [name: string]: unknown }

/** Pages of a Confluence space export (`entities.xml`): the current version of each, with its body. */
export function readConfluence(xml: string): Document[] {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    textNodeName: '#text',
    cdataPropName: '#cdata',
    parseTagValue: false,
    // an entity that expands to entities fills the memory; a page needs only the plain ones
    processEntities: { enabled: true, maxExpansionDepth: 1 } as unknown as boolean,
    isArray: (name) => ['object', 'property', 'element'].includes(name),
  })
  const objects = ((parser.parse(xml) as Node)['hibernate-generic'] as Node | undefined)?.object
  if (!Array.isArray(objects)) throw new Error('is no export of a Confluence space (entities.xml)')
  const all = objects as Node[]
  const bodies = new Map(
    all.filter((node) => node['@class'] === 'BodyContent').map((node) => [pageOf(node), node]),
  )
  return all.filter(isCurrentPage).flatMap((page) => {
    const body = bodies.get(idOf(page))
    const html = body && property(body, 'body')
    if (!html) return []
    return [
      {
        id: `confluence-${toId(idOf(page))}`,
        title: titled(property(page, 'title')),
        markdown: htmlToMarkdown(macrosToHtml(html)),
      },
    ]
  })
}

const isCurrentPage = (node: Node): boolean =>
  node['@class'] === 'Page' &&
  property(node, 'contentStatus') !== 'deleted' &&
  property(node, 'contentStatus') !== 'draft' &&
  property(node, 'originalVersion') === ''

const textOf = (value: unknown): string => {
  if (Array.isArray(value)) return value.map(textOf).join('')
  if (typeof value === 'object' && value !== null) {
    const { '#text': text, '#cdata': cdata, id } = value as Node
    return textOf(cdata ?? text ?? id ?? '')
  }
  return value === undefined ? '' : String(value)
}

const idOf = (node: Node): string => textOf(node.id)

const find = (node: Node, name: string): unknown =>
  (node.property as Node[] | undefined)?.find((one) => one['@name'] === name)

const property = (node: Node, name: string): string => textOf(find(node, name))
const pageOf = (node: Node): string => property(node, 'content')

/** Confluence's own elements for code hold their text as CDATA. */
function macrosToHtml(storage: string): string {
  return storage
    .replaceAll(
      /<ac:plain-text-body>\s*<!\[CDATA\[([\s\S]*?)\]\]>\s*<\/ac:plain-text-body>/g,
      (_all, code: string) => `<pre><code>${escapeText(code)}</code></pre>`,
    )
    .replaceAll(/<ac:parameter[^>]*>[^<]*<\/ac:parameter>/g, '')
}

const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
