/**
 * What of the parser's data a browser carries: everything that is judged by, nothing that only people
 * and the server read. A browser's reading is the server's, word for word; a test proves it.
 */
import { pack } from '../kb/ndr/pack.ts'
import type { RuleFile } from '../kb/types.ts'

/** Fields that only people and the server read. */
const DROPPED = new Set([
  ...['examples', 'source', 'reviewed', 'meaning', 'article', 'unverified', 'verified'],
  ...['reference', 'summary', 'aliases', 'family'],
])

/** Files whose entries' names nobody shows in a browser. */
const NAMELESS = /(reasons|status-codes|reply-codes)\.json$/

/** A data file as the browser gets it. */
export function reduced(path: string, text: string): string {
  const value: unknown = JSON.parse(text)
  if (isRuleFile(value)) return JSON.stringify(pack(value))
  return JSON.stringify(value, (key, part: unknown) =>
    DROPPED.has(key) || (key === 'name' && NAMELESS.test(path)) ? undefined : part,
  )
}

const isRuleFile = (value: unknown): value is RuleFile =>
  typeof value === 'object' && value !== null && 'rules' in value && 'hosts' in value
