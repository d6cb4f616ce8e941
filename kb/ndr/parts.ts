/**
 * What a browser loads only where a text asks for it. Elsewhere everything is at hand, and nothing is
 * ever wanted.
 */
const wanted = new Set<string>()

/** Tells that a part is missing: what is being read has to be read again once it is there. */
export const want = (part: string): void => void wanted.add(part)

/** Is anything missing? Then what is read now will be read again. */
export const isWanting = (): boolean => wanted.size > 0

/** What was missing since the last call. */
export function takeWanted(): string[] {
  const parts = [...wanted]
  wanted.clear()
  return parts
}
