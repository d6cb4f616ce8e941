/**
 * Fits the verdict of retrieval (answer, nearest, none) to labelled questions and writes
 * `server/retrieve/band.json`.
 *
 *   npx tsx scripts/retrieval/fit-bands.ts [--write] [QUESTIONS.jsonl …]
 *
 * Without `--write` it only prints how well it separates, with five-fold cross-validation, so that
 * the figures are of questions that the fit has not seen.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../server/config/index.ts'
import { type Example, fit, type Model, predict } from './logistic.ts'
import { type Measured, measure, placeOf, readQuestions } from './measure.ts'

const FEATURES = [
  'cosine',
  'alias',
  'coverage',
  'topCoverage',
  'bm25',
  'field',
  'fieldShare',
  'trouble',
  'chore',
  'codesKnown',
  'diagnosis',
  'score',
] as const

/** A diagnosis is never part of a question set; what it is worth is set by hand: a read report is on topic. */
const BY_HAND = { diagnosis: 3 }

const write = process.argv.includes('--write')
const named = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const files = named.length > 0 ? named : [join(root, 'test/retrieve/questions.jsonl')]
const measured = await measure(files.flatMap(readQuestions))
const examples = measured.map(toExample)

const folds = 5
const models: Model[] = []
const unseen = examples.map((_, index) => {
  const model = modelWithout(index % folds)
  return predict(model, (examples[index] as Example).x)
})
const model = fit(examples)
const { answer, nearest } = thresholds()
report()
if (write) save()

function toExample({ question, features }: Measured): Example {
  return {
    x: FEATURES.map((name) => (name === 'diagnosis' ? 0 : features[name])),
    y: question.kind === 'answerable' ? 1 : 0,
    // near misses are fewer and nearer: they must not drown among the plainly off-topic
    weight: question.kind === 'near-miss' ? 1.5 : 1,
  }
}

function modelWithout(fold: number): Model {
  models[fold] ??= fit(examples.filter((_, index) => index % folds !== fold))
  return models[fold]
}

/**
 * Lower edge: one in fifty off-topic questions may be above it (of few questions: one). Upper: three in
 * four near misses are below.
 */
function thresholds() {
  const of = (kind: string) =>
    measured
      .map(({ question }, index) => ({ kind: question.kind, p: unseen[index] as number }))
      .filter((one) => one.kind === kind)
      .map(({ p }) => p)
      .toSorted((a, b) => a - b)
  const quantile = (values: readonly number[], q: number) =>
    values[Math.min(values.length - 1, Math.floor(q * values.length))] ?? 0
  const off = of('off-topic')
  const allowed = Math.max(1, Math.round(off.length / 50))
  const lower = (off.at(-1 - allowed) ?? 0) + 0.001
  // an even chance is the least that an answer needs
  return { nearest: lower, answer: Math.max(0.5, lower, quantile(of('near-miss'), 0.75) + 0.001) }
}

function report(): void {
  const rows: Record<string, object> = {}
  for (const kind of ['answerable', 'off-topic', 'near-miss'] as const) {
    const ps = measured.flatMap(({ question }, at) =>
      question.kind === kind ? [unseen[at] as number] : [],
    )
    const share = (test: (p: number) => boolean) => (ps.filter(test).length / ps.length).toFixed(3)
    rows[kind] = {
      n: ps.length,
      answer: share((p) => p >= answer),
      nearest: share((p) => p >= nearest && p < answer),
      none: share((p) => p < nearest),
    }
  }
  console.table(rows)
  console.log({ answer, nearest, model })
  const asked = measured.filter(({ question }) => question.kind === 'answerable')
  const within = (k: number) =>
    (asked.filter((one) => placeOf(one) <= k).length / asked.length).toFixed(3)
  console.log(`recall@1 ${within(1)}, @3 ${within(3)}, @5 ${within(5)} of ${asked.length}`)
  for (const one of asked.filter((each) => placeOf(each) > 3)) {
    console.log(`  ${placeOf(one)}  ${one.question.q}  →  ${one.ranking.slice(0, 3).join(', ')}`)
  }
  for (const [at, { question }] of measured.entries()) {
    const p = unseen[at] as number
    if (question.kind === 'answerable' ? p < nearest : p >= answer)
      console.log(`  ${question.kind} ${p.toFixed(2)}  ${question.q}`)
  }
}

function save(): void {
  const round = (value: number) => Math.round(value * 1000) / 1000
  const weights = Object.fromEntries(
    FEATURES.map((name, at) => [name, round(model.weights[at] as number)]),
  )
  const content = {
    intercept: round(model.intercept),
    weights: { ...weights, ...BY_HAND },
    answer: round(answer),
    nearest: round(nearest),
  }
  writeFileSync(join(root, 'server/retrieve/band.json'), `${JSON.stringify(content, null, 2)}\n`)
}
