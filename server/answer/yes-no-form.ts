/** The form of a question that is answered with yes or no. */

export const OPENER = String.raw`^\W*(?:(?:and|but|so|ok|okay|well|then|oh|hm+|wait)\b\W*)*`
const INVERTED = new RegExp(
  `${OPENER}(?:is|are|was|were|has|have|had|does|do|did|will|would|isn't|aren't|wasn't|doesn't|didn't|hasn't|haven't|won't)\\b`,
  'i',
)
const WH = /\b(?:what|why|how|who|whom|whose|which|where|when)\b/i
/** What somebody could or should do is no matter of fact; "is there a way" asks for one. */
const OTHER_KIND =
  /\b(?:can|could|should|shall|may|must|would) (?:i|we|you|he|she|they)\b|\b(?:do|does|did|will) (?:i|we|you) (?:have|need|know|think)\b|\b(?:is|are) there\b|\bpossible\b|\bif\b|\bor\b/i

/** Whether a message can be answered with yes or no: a question with its verb first, or a guess with "?". */
export function isYesNo(own: string): boolean {
  const text = own.trim()
  if (OTHER_KIND.test(text)) return false
  return INVERTED.test(text) || (text.endsWith('?') && !WH.test(text))
}
