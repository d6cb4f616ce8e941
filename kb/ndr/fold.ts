/** How phrases and texts are compared. */

/** Lower case, blanks collapsed, typographic quotes straightened: how phrases and texts are compared. */
export const fold = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[\u2018\u2019\u02bc\u00b4`]/g, "'")
    .replace(/[\s\u00a0]+/g, ' ')
    .trim()

/** Are these phrases in the (folded) text, in this order, with anything in between? */
export const inOrder = (text: string, phrases: readonly string[]): boolean => {
  let from = 0
  for (const phrase of phrases) {
    const at = text.indexOf(phrase, from)
    if (at < 0) return false
    from = at + phrase.length
  }
  return true
}
