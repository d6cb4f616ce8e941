/** Tells HTML source from text that holds angle brackets. */

const TAG =
  /<(?:!doctype|html|head|body|div|table|td|p|br|span|font|pre|ul|li|b|a)\b[^<>]{0,2000}>/i

/** Whether this is HTML source, not text that happens to hold "<" (addresses do). */
export function looksLikeHtml(text: string): boolean {
  const first = text.indexOf('<')
  return first >= 0 && (text.includes('</') || text.includes('<br')) && TAG.test(text)
}
