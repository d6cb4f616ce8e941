import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TSchema, Type } from 'typebox'
import { Value } from 'typebox/value'
import * as schema from '../../kb/schema.ts'
import type {
  CauseData,
  FactData,
  Product,
  ReasonData,
  ReplyCode,
  Rule,
  RuleFile,
  StatusCode,
} from '../../kb/types.ts'
import { root } from '../../server/config/index.ts'
import type { ArticleFile } from './articles.ts'

export type KbData = {
  readonly causes: readonly CauseData[]
  readonly facts: readonly FactData[]
  readonly products: readonly Product[]
  readonly reasons: readonly ReasonData[]
  readonly statusCodes: readonly StatusCode[]
  readonly replyCodes: readonly ReplyCode[]
  readonly ruleFiles: readonly RuleFile[]
  /** ids of refusing providers: what an article's `providers` may name */
  readonly providers: ReadonlySet<string>
}

const DATA = join(root, 'kb/data')

/** Every data file, checked against its schema; a malformed one is named and left out. */
export function readData(): { data: KbData; faults: string[] } {
  const faults: string[] = []
  const read = <T>(path: string, shape: TSchema): T[] => {
    const value: unknown = JSON.parse(readFileSync(join(DATA, path), 'utf8'))
    if (Value.Check(shape, value)) return (Array.isArray(value) ? value : [value]) as T[]
    for (const { instancePath, message } of Value.Errors(shape, value).slice(0, 3)) {
      faults.push(`kb/data/${path}: ${instancePath} ${message}`)
    }
    return []
  }
  const list = (shape: TSchema) => Type.Array(shape)
  const folder = <T>(name: string, shape: TSchema): T[] =>
    jsonIn(name).flatMap((file) => read<T>(file, shape))
  const ruleFiles = [
    ...folder<RuleFile>('mta', schema.RuleFile),
    ...folder<RuleFile>('providers', schema.RuleFile),
    ...read<RuleFile>('general.json', schema.RuleFile),
    ...read<RuleFile>('hints.json', schema.RuleFile),
  ]
  const data: KbData = {
    causes: folder('causes', list(schema.CauseData)),
    facts: folder('facts', list(schema.FactData)),
    products: read('products.json', list(schema.Product)),
    reasons: read('reasons.json', list(schema.ReasonData)),
    statusCodes: read('status-codes.json', list(schema.StatusCode)),
    replyCodes: read('reply-codes.json', list(schema.ReplyCode)),
    ruleFiles,
    providers: new Set(ruleFiles.map(({ id }) => id)),
  }
  return { data, faults }
}

const jsonIn = (folder: string): string[] =>
  readdirSync(join(DATA, folder))
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => `${folder}/${file}`)

export const rulesOf = ({ ruleFiles }: KbData): Rule[] => ruleFiles.flatMap(({ rules }) => rules)

/** Faults of the data: ids that stand twice, and pointers to causes and articles that do not exist. */
export function checkData(files: readonly ArticleFile[], data: KbData): string[] {
  const articles = new Set(files.map(({ article }) => article.id))
  const causes = new Set(data.causes.map(({ id }) => id))
  const lost = (what: string, id: string, value: string | undefined, known: ReadonlySet<string>) =>
    value === undefined || known.has(value) ? [] : [`${what} ${id}: no such "${value}"`]
  return [
    ...twice('cause', data.causes),
    ...twice('fact', data.facts),
    ...twice('product', data.products),
    ...twice('rule', rulesOf(data)),
    ...data.causes.flatMap(({ id, article }) => lost('cause', id, article, articles)),
    ...data.reasons.flatMap(({ id, article }) => lost('reason', id, article, articles)),
    ...data.statusCodes.flatMap(({ code, article }) => lost('status', code, article, articles)),
    ...data.replyCodes.flatMap(({ code, article }) =>
      lost('reply code', String(code), article, articles),
    ),
    ...rulesOf(data).flatMap(({ id, article, cause }) => [
      ...lost('rule', id, article, articles),
      ...lost('rule', id, cause, causes),
    ]),
    ...dangling(files, data),
  ]
}

function twice(what: string, entries: readonly { readonly id: string }[]): string[] {
  const seen = new Set<string>()
  return entries
    .filter(({ id }) => seen.size === seen.add(id).size)
    .map(({ id }) => `${what} ${id} stands twice`)
}

/** Every code, reason, cause and rule must lead a reader to an article, by itself or by its reason. */
function dangling(files: readonly ArticleFile[], data: KbData): string[] {
  const reached = reach(files, data)
  return [
    ...data.statusCodes
      .filter((one) => !reached.statusCode(one))
      .map(({ code }) => `status ${code}`),
    ...data.replyCodes
      .filter((one) => !reached.replyCode(one))
      .map(({ code }) => `reply code ${code}`),
    ...data.reasons.filter(({ id }) => !reached.reason(id)).map(({ id }) => `reason ${id}`),
    ...rulesOf(data)
      .filter((one) => !reached.rule(one))
      .map(({ id }) => `rule ${id}`),
  ].map((what) => `${what}: leads to no article`)
}

/** How a reader gets from a code, a rule or a reason to an article. */
export function reach(files: readonly ArticleFile[], data: KbData) {
  const codes = new Set(files.flatMap(({ article }) => article.codes.map(detail)))
  const replies = new Set(files.flatMap(({ article }) => article.replyCodes))
  const reasons = new Set([
    ...files.flatMap(({ article }) => article.reasons),
    ...data.reasons.filter(({ article }) => article !== undefined).map(({ id }) => id),
  ])
  const reason = (id: string) => SAYS_NOTHING.has(id) || reasons.has(id as ReasonData['id'])
  return {
    reason,
    statusCode: (one: StatusCode) =>
      one.article !== undefined || codes.has(detail(one.code)) || reason(one.reason),
    replyCode: (one: ReplyCode) =>
      one.article !== undefined || replies.has(one.code) || reason(one.reason),
    rule: (one: Rule) => one.article !== undefined || one.cause !== undefined || reason(one.reason),
  }
}

/** Reasons of mail that did arrive, or of which nothing is known. */
const SAYS_NOTHING: ReadonlySet<string> = new Set(['delivered', 'undefined'])

/** The class digit says only whether to try again: 4.4.7 and 5.4.7 are one subject. */
const detail = (code: string): string => code.slice(2)
