/** The condition language of `kb/data/causes` and `kb/data/facts`: see "A cause" in kb/README.md. */
import type { Fact } from '../types.ts'
import { plain } from './text.ts'

/** What is known about a case, ready to be asked many times. */
export type Known = {
  readonly values: ReadonlyMap<string, readonly Fact[]>
  /** the whole wording of the report, lower case, blanks collapsed */
  readonly text: string
}

export type Condition = {
  readonly name: string
  readonly operator: '=' | '!=' | '>=' | '<=' | '~'
  readonly wanted: readonly string[]
}

const CONDITION = /^([a-zA-Z][a-zA-Z0-9.-]*)(!=|>=|<=|=|~)(.+)$/
const parsed = new Map<string, Condition>()

/** Reads one condition. Throws a TypeError on what is none: data files are checked, so that is a slip. */
export function parseCondition(source: string): Condition {
  const before = parsed.get(source)
  if (before) return before
  const match = CONDITION.exec(source)
  if (!match)
    throw new TypeError(`not a condition: "${source}" (name=value, name>=n, text~phrase …)`)
  const condition = {
    name: match[1] ?? '',
    operator: match[2] as Condition['operator'],
    wanted: (match[3] ?? '').split('|').map((value) => value.trim()),
  }
  parsed.set(source, condition)
  return condition
}

export function known(facts: readonly Fact[], text = ''): Known {
  const values = new Map<string, Fact[]>()
  for (const fact of facts) {
    const list = values.get(fact.name)
    if (list) list.push(fact)
    else values.set(fact.name, [fact])
  }
  return { values, text: plain(text) }
}

/** Whether all conditions of a list hold. */
export const holds = (conditions: readonly string[], about: Known): boolean =>
  conditions.every((source) => test(parseCondition(source), about))

/** Whether any of several lists holds. */
export const anyHolds = (lists: readonly (readonly string[])[], about: Known): boolean =>
  lists.some((conditions) => holds(conditions, about))

/**
 * One condition. "name!=value" also holds where nothing is known of the name: it asks for the absence
 * of that value. Numbers compare only where there is a number.
 */
function test({ name, operator, wanted }: Condition, about: Known): boolean {
  if (operator === '~') return wanted.some((phrase) => about.text.includes(phrase))
  const facts = about.values.get(name) ?? []
  switch (operator) {
    case '=':
      return facts.some(({ value }) => wanted.includes(value))
    case '!=':
      return !facts.some(({ value }) => wanted.includes(value))
    case '>=':
      return facts.some(({ value }) => Number(value) >= Number(wanted[0]))
    case '<=':
      return facts.some(({ value }) => Number(value) <= Number(wanted[0]))
  }
}
