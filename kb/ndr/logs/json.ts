/** JSON out of a paste: with words around it, wrapped by mail, one value or one a line. */

export type Json = { readonly [key: string]: unknown }

export const object = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}
export const list = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value]
export const string = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== ''
    ? value
    : typeof value === 'number'
      ? String(value)
      : undefined

/** A line that begins with a bracket, behind a few words or a fence of Markdown. */
const START = /^[ \t]{0,40}(?:`{3}\w{0,8}\s)?[ \t]{0,40}(?=[[{]\s*["{[])/m
/** More values than these are a day's log, not a question. */
const MOST = 1000

/** The values of a text, in their order; empty where it holds none. */
export function valuesIn(text: string): readonly unknown[] {
  const start = START.exec(text)
  if (!start) return []
  // "!" and a blank at the beginning of the next line: how a mail server wraps what is too long
  const rest = text.slice(start.index + start[0].length).replaceAll('!\n ', '')
  const whole = parsed(rest)
  if (whole !== undefined) return [whole]
  const values: unknown[] = []
  // what came by mail: lines wrapped inside strings, a signature below; or one value a line
  for (let at = 0; at >= 0 && at < rest.length && values.length < MOST; ) {
    const { text: one, end } = firstValue(rest, at)
    const value = parsed(one)
    // a cut-off or commented paste is no JSON for us; other readers may still find codes in it
    if (value === undefined) break
    values.push(value)
    const next = /\S/.exec(rest.slice(end, end + 80))
    at = next && '[{'.includes(next[0]) ? end + next.index : -1
  }
  return values
}

export function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A string, a bracket, or a run of anything else. */
const TOKEN = /"(?:[^"\\]|\\[\s\S])*"|[[\]{}]|[^"[\]{}]+/y

/** The first value from a place on, to its closing bracket; line ends inside its strings are blanks. */
function firstValue(text: string, from: number): { readonly text: string; readonly end: number } {
  let depth = 0
  let mended = ''
  let end = from
  while (end < text.length) {
    TOKEN.lastIndex = end
    const token = TOKEN.exec(text)?.[0]
    if (token === undefined) break
    end += token.length
    mended += token.startsWith('"') ? token.replace(/[ \t]*\\?\n[ \t]*/g, ' ') : token
    if (token === '{' || token === '[') depth++
    else if (token === '}' || token === ']') depth--
    if (depth === 0) break
  }
  return { text: mended, end }
}
