/**
 * Rule files as few bytes as a browser needs to judge with them: one line a rule, the id left out
 * where it says no more than the phrases do. `unpack(pack(file))` judges as `file` does.
 */
import type { RuleFile } from '../types.ts'

export type PackedRules = Omit<RuleFile, 'rules' | 'name'> & { readonly packed: string }

type Rule = RuleFile['rules'][number]

/** "user unknown" in general.json is "general.user-unknown": most ids can be told from the words. */
export const idOf = (file: string, phrases: readonly string[]): string =>
  `${file}.${phrases
    .join(' ')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-|-$/g, '')}`

export const pack = ({ id, hosts, marks, products, rules }: RuleFile): PackedRules => ({
  id,
  hosts,
  ...(marks && { marks }),
  ...(products && { products }),
  packed: rules.map((rule) => line(id, rule)).join('\n'),
})

const line = (file: string, rule: Rule): string =>
  [
    rule.phrases.join('|'),
    rule.reason,
    rule.id === idOf(file, rule.phrases) ? '' : rule.id.slice(file.length + 1),
    rule.enhancedStatusCode,
    rule.replyCode,
    rule.permanent === undefined ? '' : Number(rule.permanent),
  ]
    .join('\t')
    .trimEnd()

/** Files come packed in the browser's bundle and whole everywhere else. */
export const unpack = (file: RuleFile | PackedRules): RuleFile =>
  'packed' in file
    ? { ...file, name: file.id, rules: file.packed.split('\n').map((it) => ruleOf(file.id, it)) }
    : file

/** What only people and the server read is gone: sources, examples, meanings. */
const ruleOf = (file: string, packed: string): Rule => {
  const [phrases = '', reason = '', name, code, reply, permanent] = packed.split('\t')
  const words = phrases === '' ? [] : phrases.split('|')
  return {
    id: name ? `${file}.${name}` : idOf(file, words),
    phrases: words,
    reason: reason as Rule['reason'],
    ...(code && { enhancedStatusCode: code }),
    ...(reply && { replyCode: Number(reply) }),
    ...(permanent && { permanent: permanent === '1' }),
    examples: [],
    source: '',
    reviewed: '',
  }
}
