/**
 * Codes as words of their own. A tokenizer takes "5.7.1" apart, and an embedding cannot tell 5.1.1 from
 * 5.7.1, so each code becomes one token ("esc5x7x1", "rc550") in the index and in the query.
 */

/** An enhanced status code that is not part of an IP address, a version or a longer number. */
const ENHANCED = /(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d]|\.\d)/g

/** SMTP reply codes that are worth a token; "500" alone is too often a size or a count. */
const REPLY =
  /(?<![\d.,])(421|432|45[0-589]|471|50[1-4]|521|523|53[0458]|541|55[0-79]|571|572)(?![\d]|[.,]\d)/g

/** Enhanced status codes in a text, each once, in order. */
export function enhancedCodesIn(text: string): string[] {
  return unique([...text.matchAll(ENHANCED)].map(([code]) => code))
}

/** SMTP reply codes in a text, each once, in order. */
export function replyCodesIn(text: string): string[] {
  return unique([...text.matchAll(REPLY)].map(([code]) => code))
}

/** Token of a code. "X" as the class stands for both failure classes. */
export function codeTokens(code: string): string[] {
  if (/^\d{3}$/.test(code)) return [`rc${code}`]
  const [first = '', subject = '', detail = ''] = code.split('.')
  const classes = first.toUpperCase() === 'X' ? ['4', '5'] : [first]
  return classes.map((digit) => `esc${digit}x${subject}x${detail}`)
}

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)]
