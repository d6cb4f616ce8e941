/** The question set, read and checked. */
import { readFileSync } from 'node:fs'
import type { Question } from '../retrieval/measure.ts'

export type EvalQuestion = Question & { readonly split: 'fit' | 'test' }

export const KINDS = ['answerable', 'near-miss', 'off-topic'] as const
export const SPLITS = ['fit', 'test'] as const

/** Reads the set; throws where a line names an article that is not there or an id twice. */
export function readSet(file: string, known: ReadonlySet<string>): EvalQuestion[] {
  const questions = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as EvalQuestion)
  const wrong = questions.flatMap((one, at) => complaints(one, questions.slice(0, at), known))
  if (wrong.length > 0) throw new Error(`${file}:\n${wrong.join('\n')}`)
  return questions
}

function complaints(
  { id, expect, kind }: EvalQuestion,
  before: readonly EvalQuestion[],
  known: ReadonlySet<string>,
): string[] {
  return [
    ...(before.some((other) => other.id === id) ? [`${id} is there twice`] : []),
    ...expect.filter((name) => !known.has(name)).map((name) => `${id}: no article "${name}"`),
    ...((kind === 'answerable') === expect.length > 0 ? [] : [`${id}: ${kind}, yet expect`]),
  ]
}
