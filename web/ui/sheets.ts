/** What the sheet at the side may hold. Both load when somebody asks for them. */
import type { Citation } from '../../kb/types.ts'
import type { Client } from '../core/client.ts'
import type { Words } from '../core/words.ts'
import { h } from './dom.ts'
import type { HandOffForm } from './handoff.ts'

/** The passage that a mark of the answer points to. */
export async function passage(
  citation: Citation,
  client: Client,
  words: Words,
  base: string,
): Promise<readonly Node[]> {
  const part = await import('./article.ts').catch(() => undefined)
  return part ? part.renderPassage(citation, client, words, { base, words }) : broken(words)
}

/** The form with which a case goes to a person. */
export async function handOff(options: HandOffForm): Promise<readonly Node[]> {
  const part = await import('./handoff.ts').catch(() => undefined)
  return part ? [await part.renderHandOff(options)] : broken(options.words)
}

const broken = (words: Words): readonly Node[] => [h('p', {}, words.broken)]
