/** Loads parts of the parser, each once, and hands them to whoever reads them. */
import { LOADERS } from 'parser:load'
import { learnHtml } from './html.ts'
import { arrived } from './known.ts'
import { learnLayouts } from './layouts.ts'
import { learnLogs } from './logs.ts'
import { learnRules } from './rules.ts'

/** Loads what is wanted, all at once. */
export const loadParts = async (parts: readonly string[]): Promise<void> => {
  await Promise.all(parts.map(loadPart))
}

async function loadPart(part: string): Promise<void> {
  if (part === 'logs' || part === 'html') arrived(part)
  if (part === 'logs') return learnLogs(await import('./log-readers.ts'))
  if (part === 'html') return learnHtml(await import('./html-reader.ts'))
  const learn = part[0] === 'l' ? learnLayouts : learnRules
  learn(part, (await LOADERS[part]?.())?.default ?? '')
}
