/**
 * `npx tsx scripts/eval-conversations.ts [--json FILE] [--show ID] [NAME…]`: runs the scripted
 * conversations of `test/eval/conversations` over the shipped index and prints a table and what failed.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { ChatAnswer } from '../kb/types.ts'
import type { AnswerDeps } from '../server/answer/index.ts'
import { converse, openDeps, print } from './converse.ts'

export type ScriptedTurn = {
  readonly say: string
  /** each list: at least one of these must be in the answer */
  readonly must?: readonly (readonly string[])[]
  readonly mustNot?: readonly string[]
  /** each list: at least one of these articles must be cited */
  readonly cites?: readonly (readonly string[])[]
  /** ids of causes, one of which must lead the diagnosis */
  readonly top?: string
  readonly answered?: boolean
}
export type Scripted = {
  readonly id: string
  readonly audience?: 'sender' | 'admin'
  readonly turns: readonly ScriptedTurn[]
}

export type Outcome = {
  readonly id: string
  readonly file: string
  readonly turns: number
  /** what was wrong, one line each; empty: right */
  readonly wrong: readonly string[]
}

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/\*\*/g, '')
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/\s+/g, ' ')

/** What a turn's answer lacks or says wrongly. */
export function check(
  turn: ScriptedTurn,
  { answer, citations, diagnosis, answered }: ChatAnswer,
): readonly string[] {
  const text = plain(answer)
  const cited = new Set(citations.map(({ articleId }) => articleId))
  const has = (phrase: string) => text.includes(plain(phrase))
  const lead = diagnosis?.causes[0]?.id ?? 'none'
  return [
    ...(turn.must ?? []).filter((any) => !any.some(has)).map((any) => `lacks: ${any.join(' | ')}`),
    ...(turn.mustNot ?? []).filter(has).map((phrase) => `says: ${phrase}`),
    ...(turn.cites ?? [])
      .filter((any) => !any.some((id) => cited.has(id)))
      .map((any) => `does not cite: ${any.join(' | ')}`),
    ...(turn.top && !turn.top.split('|').includes(lead)
      ? [`leads with ${lead}, not ${turn.top}`]
      : []),
    ...((turn.answered ?? true) === answered ? [] : [`answered: ${answered}`]),
  ]
}

export function readScripts(folder: string): readonly (Scripted & { readonly file: string })[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .flatMap((name) =>
      (JSON.parse(readFileSync(join(folder, name), 'utf8')) as Scripted[]).map((one) => ({
        ...one,
        file: name.replace('.json', ''),
      })),
    )
}

/** Runs one conversation and says what was wrong, turn by turn. */
export async function evaluate(
  script: Scripted & { readonly file: string },
  deps: AnswerDeps,
): Promise<Outcome & { readonly answers: readonly ChatAnswer[] }> {
  const answers = await converse(
    script.turns.map(({ say }) => say),
    deps,
    script.audience,
  )
  const wrong = script.turns.flatMap((turn, at) => {
    const answer = answers[at]
    return answer ? check(turn, answer).map((line) => `turn ${at + 1}: ${line}`) : []
  })
  return { id: script.id, file: script.file, turns: script.turns.length, wrong, answers }
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'string' }, show: { type: 'string', multiple: true } },
  })
  const scripts = readScripts(join(import.meta.dirname, '../test/eval/conversations')).filter(
    ({ file, id }) =>
      positionals.length === 0 || positionals.includes(file) || positionals.includes(id),
  )
  const deps = await openDeps()
  const started = performance.now()
  const outcomes: Outcome[] = []
  for (const script of scripts) {
    const { answers, ...outcome } = await evaluate(script, deps)
    outcomes.push(outcome)
    if (values.show?.includes(script.id))
      console.log(
        print(
          script.turns.map(({ say }) => say),
          answers,
        ),
      )
  }
  await deps.close()
  report(outcomes, performance.now() - started)
  if (values.json) writeFileSync(values.json, JSON.stringify(outcomes, null, 1))
}

function report(outcomes: readonly Outcome[], milliseconds: number): void {
  for (const { id, file, wrong } of outcomes)
    if (wrong.length > 0)
      console.log(`${file}/${id}\n${wrong.map((line) => `   ${line}`).join('\n')}`)
  const files = [...new Set(outcomes.map(({ file }) => file))]
  const table = files.map((file) => {
    const list = outcomes.filter((one) => one.file === file)
    return { file, right: list.filter(({ wrong }) => wrong.length === 0).length, of: list.length }
  })
  console.table(table)
  const right = outcomes.filter(({ wrong }) => wrong.length === 0).length
  const turns = outcomes.reduce((sum, one) => sum + one.turns, 0)
  console.log(
    `conversations right: ${right}/${outcomes.length} (${((100 * right) / outcomes.length).toFixed(1)} %), ${turns} turns, ${(milliseconds / turns).toFixed(0)} ms a turn`,
  )
}

if (process.argv[1]?.includes('eval-conversations')) await main()
