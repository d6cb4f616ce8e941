/** The question set, read and checked. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Question } from '../retrieval/measure.ts'

export type EvalQuestion = Question & { readonly split: Split }

/** `fresh` and `fresh2` were each written by somebody who had seen neither articles nor questions; nothing is fitted to them by a script. */
export type Split = 'fit' | 'test' | 'fresh' | 'fresh2'

export const KINDS = ['answerable', 'near-miss', 'off-topic'] as const
export const SPLITS = ['fit', 'test', 'fresh', 'fresh2'] as const satisfies readonly Split[]

/** Reads the set; throws where a line names an article that is not there or an id twice. */
export function readSet(folder: string, known: ReadonlySet<string>): EvalQuestion[] {
  const questions = [
    ...readLines(join(folder, 'questions.jsonl')),
    ...readLines(join(folder, 'questions-fresh.jsonl')).map((one) => ({
      ...one,
      split: 'fresh' as const,
    })),
    ...readLines(join(folder, 'questions-fresh-2.jsonl')),
  ]
  const wrong = questions.flatMap((one, at) => complaints(one, questions.slice(0, at), known))
  if (wrong.length > 0) throw new Error(`${folder}:\n${wrong.join('\n')}`)
  return questions
}

const readLines = (file: string): EvalQuestion[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as EvalQuestion)

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
