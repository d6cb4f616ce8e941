/** Which parts are here, and which of the others a text asks for. */
import { want } from '../../kb/ndr/parts.ts'

const here = new Set<string>()

/** Remembers that a part is here; false where it was already. */
export function arrived(part: string): boolean {
  const isNew = !here.has(part)
  here.add(part)
  return isNew
}

/** The parts that are here: what reading has cost so far. */
export const partsHere = (): readonly string[] => [...here]

/** Wants a part unless it is here. */
export function need(part: string): void {
  if (!here.has(part)) want(part)
}

/** Wants the parts of which a trigger stands in the text. */
export function needFor(
  text: string,
  parts: readonly (readonly [part: string, triggers: string])[],
): void {
  const missing = parts.filter(([part]) => !here.has(part))
  if (missing.length === 0) return
  const plain = text.replace(/\s+/g, ' ').replace(/ :/g, ':')
  for (const [part, triggers] of missing) {
    if (triggers.split('|').some((trigger) => plain.includes(trigger))) want(part)
  }
}
