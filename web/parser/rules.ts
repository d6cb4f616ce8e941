/** The rules as a browser has them, in place of `kb/ndr/rules.ts`. */
import { files, providers, replies, rules, ruleTriggers, statuses } from 'parser:base'
import type { Placed } from '../../kb/ndr/rules.ts'
import type { Reason, Rule, RuleFile } from '../../kb/types.ts'
import { arrived, need, needFor } from './known.ts'
import { type PlacedRule, unpackRules } from './packed.ts'

export type { Placed } from '../../kb/ndr/rules.ts'

type File = RuleFile & { rules: Rule[]; readonly part: string; readonly learned: PlacedRule[] }

const list = (text = ''): string[] => (text === '' ? [] : text.split('|'))

const FILES: readonly File[] = files.split('\n').map((line) => {
  const [id = '', hosts, marks, products, part = ''] = line.split('\t')
  return {
    ...{ id, name: id, part, rules: [], learned: [] },
    ...{ hosts: list(hosts), marks: list(marks), products: list(products?.replace('=', id)) },
  }
})
const HINTS = FILES.at(-1)
export const GENERAL = FILES.at(-2) as RuleFile

export const PROVIDERS: readonly RuleFile[] = FILES.slice(0, providers)
export const PRODUCTS: readonly RuleFile[] = FILES.slice(providers, -2)

export const isHint = (file: RuleFile): boolean => file === HINTS

let placed: readonly Placed[] = []

/** Adds a part. */
export function learnRules(part: string, packed: string): void {
  if (!arrived(part)) return
  const learned = unpackRules(packed)
  for (const file of FILES) {
    file.learned.push(...(learned.get(file.id) ?? []))
    file.rules = file.learned.sort((a, b) => a.place - b.place).map(({ rule }) => rule)
  }
  placed = FILES.flatMap((file) => file.rules.map((rule) => ({ rule, file })))
}

learnRules('', rules)

/** The rules at hand; those of the speakers, and those that the words ask for, are wanted. */
export function rulesFor(speakers: readonly RuleFile[], text: string): readonly Placed[] {
  for (const { part } of speakers as readonly File[]) need(part)
  needFor(text, ruleTriggers)
  return placed
}

const byCode = (packed: string): Map<string, Reason> =>
  new Map(
    packed.split('\n').flatMap((line) => {
      const [reason, ...codes] = line.split(' ')
      return codes.map((code): [string, Reason] => [code, reason as Reason])
    }),
  )
const ofStatus = byCode(statuses)
const ofReply = byCode(replies)

export const anyClass = (enhancedStatusCode: string): string => `X${enhancedStatusCode.slice(1)}`

export const reasonOfStatus = (enhancedStatusCode: string): Reason | undefined =>
  ofStatus.get(enhancedStatusCode.slice(2))

export const reasonOfReply = (replyCode: number): Reason | undefined => ofReply.get(`${replyCode}`)
