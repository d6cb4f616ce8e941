/**
 * The parser's knowledge as a browser gets it: a base that any report may need, and parts that come
 * where a text asks for them. `web/parser/README.md` tells how; a test proves that the card is the same.
 */
import { FIELDS } from '../kb/ndr/field-names.ts'
import { LAYOUTS } from '../kb/ndr/layouts.ts'
import { PROVIDERS, REPLY_CODES, RULE_FILES, RULES, STATUS_CODES } from '../kb/ndr/rules.ts'
import type { Reason, RuleFile } from '../kb/types.ts'
import { plain, type Sample } from './cover.ts'
import { layoutParts } from './reduce-layouts.ts'
import { ruleParts } from './reduce-rules.ts'

export type Knowledge = {
  /** source of `parser:base` */
  readonly base: string
  /** the parts by name */
  readonly parts: ReadonlyMap<string, string>
}

/** Sorts everything that the parser knows; `english` and `samples` tell what words are everyday ones. */
export function knowledge(english: string, samples: readonly Sample[]): Knowledge {
  const said = RULES.flatMap(({ rule }) => [...rule.phrases, ...rule.examples])
  const fields = FIELDS.map(([name]) => `${name}:`)
  const everyday = plain([...said, ...fields, english].join('\n').toLowerCase())
  const layouts = layoutParts(LAYOUTS, everyday, samples)
  const rules = ruleParts(RULE_FILES, plain(english.toLowerCase()), samples)
  const base = {
    layouts: layouts.base,
    files: RULE_FILES.map((file) =>
      [
        ...[file.id, hostsOf(file.hosts), (file.marks ?? []).join('|')],
        ...[productsOf(file), rules.partOf(file.id)],
      ]
        .join('\t')
        .trimEnd(),
    ).join('\n'),
    providers: PROVIDERS.length,
    rules: rules.base,
    statuses: byReason(STATUS_CODES.map(({ code, reason }) => [code.slice(2), reason])),
    replies: byReason(REPLY_CODES.map(({ code, reason }) => [`${code}`, reason])),
    layoutTriggers: layouts.triggers,
    ruleTriggers: rules.triggers,
  }
  return {
    base: Object.entries(base)
      .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)}`)
      .join('\n'),
    parts: new Map([...layouts.parts, ...rules.parts]),
  }
}

/** A host under another that is listed need not be. */
const hostsOf = (hosts: readonly string[]): string =>
  hosts.filter((host) => !hosts.some((other) => host.endsWith(`.${other}`))).join('|')

/** Most are of the file's own name. */
const productsOf = ({ id, products = [] }: RuleFile): string =>
  products.map((product) => (product === id ? '=' : product)).join('|')

function byReason(codes: readonly (readonly [code: string, reason: Reason])[]): string {
  const lines = new Map<Reason, string>()
  for (const [code, reason] of codes) lines.set(reason, `${lines.get(reason) ?? reason} ${code}`)
  return [...lines.values()].join('\n')
}

/** Of the reasons the browser needs what follows from them; people read the server's words. */
export const reduced = (text: string): string =>
  JSON.stringify(JSON.parse(text), (key, part: unknown) => (READ.has(key) ? undefined : part))

const READ = new Set(['name', 'summary', 'article'])
