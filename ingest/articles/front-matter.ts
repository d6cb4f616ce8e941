import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import { parse as parseYaml } from 'yaml'
import { FrontMatter } from '../../kb/schema.ts'

/** What an operator may say about an article of theirs; nothing of it is needed. */
export const OwnFrontMatter = Type.Object({
  ...Type.Partial(FrontMatter).properties,
  askedAs: Type.Optional(
    Type.Array(Type.String({ minLength: 3, maxLength: 300 }), { maxItems: 50 }),
  ),
  sources: Type.Optional(Type.Array(Type.Object({ url: Type.String(), supports: Type.String() }))),
  weight: Type.Optional(Type.Number({ minimum: 0.1, maximum: 10 })),
  hidden: Type.Optional(Type.Boolean()),
  url: Type.Optional(Type.String({ pattern: '^https?://' })),
})

export type OwnFrontMatter = Static<typeof OwnFrontMatter>

const FENCE = /^---[ \t]*\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/

/** Parts a Markdown file into its YAML front matter (undefined where there is none) and its text. */
export function splitFrontMatter(text: string): { data: unknown; body: string } {
  const source = text.replace(/^\uFEFF/, '')
  const match = FENCE.exec(source)
  if (match === null) return { data: undefined, body: source }
  // without aliases a few lines could not grow to gigabytes ("billion laughs")
  const data: unknown = parseYaml(match[1] ?? '', { maxAliasCount: 0 })
  return { data, body: source.slice(match[0].length) }
}

/** Checks front matter of a shipped article; the error names the first field that is wrong. */
export function checkFrontMatter(data: unknown): ArticleFront {
  return check(FrontMatter, data) as ArticleFront
}

/** Checks the front matter of an operator's own article. */
export function checkOwnFrontMatter(data: unknown): OwnFrontMatter {
  return check(OwnFrontMatter, data ?? {}) as OwnFrontMatter
}

type ArticleFront = Static<typeof FrontMatter>

function check(schema: typeof FrontMatter | typeof OwnFrontMatter, data: unknown): unknown {
  if (Value.Check(schema, data)) return data
  const [fault] = Value.Errors(schema, data)
  const where = fault?.instancePath.replace(/^\//, '').replaceAll('/', '.') || 'front matter'
  throw new Error(`${where} ${fault?.message ?? 'is wrong'}`)
}
