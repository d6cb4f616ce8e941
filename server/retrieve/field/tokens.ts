import { enhancedCodesIn, replyCodesIn } from '../codes.ts'

/**
 * What a question is made of, each once: its words without their endings, pairs of neighbours, and that
 * there are codes. In English, as `toEnglish` gives it.
 */
export function tokensOf(text: string): string[] {
  const lower = text.toLowerCase()
  const words = (lower.match(/\p{L}[\p{L}']*/gu) ?? []).slice(0, MAX_WORDS).map(stem)
  const pairs = words.slice(1).map((word, at) => `${words[at]} ${word}`)
  const codes = [
    ...(enhancedCodesIn(lower).length > 0 ? ['#enhanced'] : []),
    ...(replyCodesIn(lower).length > 0 ? ['#reply'] : []),
  ]
  return [...new Set([...codes, ...words, ...pairs])]
}

/** A whole mail says no more of its field than its beginning. */
const MAX_WORDS = 80

const stem = (word: string): string =>
  word.length > 4 ? word.replace(/(?:ing|ed|es|s|d)$/, '') : word
