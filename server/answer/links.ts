/** Links in an answer's Markdown: whoever reads it outside the page needs a path, not an article's id. */

const CODE = /```[\s\S]*?```|`[^`\n]+`/g
const BARE = /\]\(([a-z0-9][a-z0-9-]*(?:#[\w-]*)?)\)/g

/** Articles link to each other by id alone, `(queue-expired)`; an answer by path, `(/articles/queue-expired)`. */
export function withPaths(markdown: string): string {
  let from = 0
  let result = ''
  for (const code of markdown.matchAll(CODE)) {
    result += linked(markdown.slice(from, code.index)) + code[0]
    from = code.index + code[0].length
  }
  return result + linked(markdown.slice(from))
}

const linked = (text: string): string => text.replace(BARE, '](/articles/$1)')
