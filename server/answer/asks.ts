/** Whether a message asks, or tells. */

const ASKS =
  /\?|^\W*(?:(?:and|but|so|ok|okay|well|then|please|now|oh|hm+)\W+)*(?:what|why|how|who|whom|whose|which|where|when|is|are|am|was|were|do|does|did|can|could|should|shall|may|must|will|would|has|have|show|give|tell|explain|write|help|send|make|let|check|find|say|translate|summari[sz]e|need|want|any|text|draft|template)\b|\bplease\W*$|\b(?:no (?:idea|clue)|don'?t know|do not know|never heard) (?:what|of|how|why|who)\b|\b(?:do|does|did|can|could|should|must|will|would) (?:i|we|you|he|she|they)\b/i
const TELLS =
  /\b(?:i|i'm|i've|we|we're|we've|he|she|they|it|it's|my|our|his|her|their|the|this|that|there|everybody|everyone|nobody|someone|somebody|all|yes|no)\b/i

/** "It is our own mailbox, who can make it bigger": what is told leads up to what is asked. */
const ASKS_TOO =
  /[,;:.–-]\s+(?:(?:and|so|but|then|now|ok)\s+)*(?:what|who|whom|which|where|how(?! come)|when|can (?:i|we|you|they)|could (?:i|we|you|they)|should (?:i|we))\b(?!\s+(?:is|was|are) why)/i
export const asksToo = (own: string): boolean => ASKS_TOO.test(own)

/** Whether a message states something rather than asks or demands it, in any of its sentences. */
export function isStatement(own: string): boolean {
  const parts = own
    .split(/(?<=[.!?;])\s+|\n/)
    .map((part) => part.trim())
    .filter((part) => /\p{L}/u.test(part))
  const long = own.trim().split(/\s+/).length >= LEAST_WORDS
  return long && TELLS.test(own) && !asksToo(own) && !parts.some((part) => ASKS.test(part))
}

/** Whether a message has the form of a question or a demand. */
export const asksAnything = (own: string): boolean => ASKS.test(own.trim())

/** The last sentence of a text that asks something; empty where none does. */
export const questionBeside = (own: string): string =>
  own
    .split(/(?<=[.!?;])\s+|\n+/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => asksAnything(sentence) && sentence.split(/\s+/).length >= LEAST_WORDS)
    .at(-1) ?? ''

/** Fewer words are an answer, a pick or an exclamation. */
const LEAST_WORDS = 4
