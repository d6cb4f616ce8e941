/**
 * Nothing that reaches a browser may turn a string into HTML, script or inline style, or name a foreign
 * host. A search for the words is enough, because there is no good reason to write any of them here.
 *
 *   npx tsx scripts/check-web.ts
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const FORBIDDEN: readonly (readonly [RegExp, string])[] = [
  [/\b(inner|outer)HTML\b/, 'HTML from a string'],
  [/insertAdjacentHTML|createContextualFragment|setHTML|DOMParser|srcdoc/, 'HTML from a string'],
  [/document\.write/, 'HTML from a string'],
  [/\beval\s*\(|new Function\b|setTimeout\(\s*['"`]/, 'code from a string'],
  [/cssText|\.style\b|['"\s]style=|['"]style['"]/, 'an inline style'],
  [/<script(?![^>]*\bsrc=)[^>]*>|\son\w+=["']/, 'an inline script'],
  [/postMessage\([^)]*['"]\*['"]/, 'a message to any origin'],
  [/https?:\/\/(?!www\.w3\.org\/|mail-help\.example\.com)[\w.-]+/, 'a foreign host'],
]

const SOURCES = /\.(ts|css|html|svg)$/

/** What is wrong in one file's text, as "line: what". */
export function faultsOf(text: string): string[] {
  return text
    .split('\n')
    .flatMap((line, index) =>
      FORBIDDEN.filter(([pattern]) => pattern.test(line)).map(
        ([, what]) => `${index + 1}: ${what}`,
      ),
    )
}

/** All faults of the browser's sources. */
export function checkWeb(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => SOURCES.test(file) && file !== 'build.ts')
    .flatMap((file) =>
      faultsOf(readFileSync(join(folder, file), 'utf8')).map((fault) => `web/${file}:${fault}`),
    )
}

if (process.argv[1]?.includes('check-web')) {
  const faults = checkWeb(fileURLToPath(new URL('../web', import.meta.url)))
  for (const fault of faults) console.error(fault)
  if (faults.length > 0) process.exitCode = 1
  else console.log('web: no HTML strings, no inline style or script, no foreign host')
}
