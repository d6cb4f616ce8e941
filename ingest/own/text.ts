/** Text as Markdown that shows it: every mark escaped; blank lines part paragraphs, as in the text. */
export function textToMarkdown(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n').replaceAll(/[\\`*_{}[\]<>#+|~-]/g, '\\$&')
}
