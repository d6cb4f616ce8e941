/**
 * Fits the verdict of retrieval (answer, nearest, none) to labelled questions and writes
 * `server/retrieve/band.json`.
 *
 *   npx tsx scripts/retrieval/fit-bands.ts [--write] [--misses]
 *
 * It learns from the half of `test/eval/questions.jsonl` that may be looked at, from
 * `test/retrieve/questions.jsonl` and from the examples in `kb/data/field`. The classifier of fields has
 * learnt those examples by heart, so each is judged here by one that has not seen it. All figures printed
 * are of questions that the fit has not seen either (five-fold). Run `fit-field.ts` first.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sha256 } from '../../ingest/articles/shipped.ts'
import { loadConfig, root } from '../../server/config/index.ts'
import { leafOf, type Tree } from '../../server/retrieve/band.ts'
import { cacheEmbedder, createEmbedder, type Embedder } from '../../server/retrieve/embed/index.ts'
import type { Features } from '../../server/retrieve/features.ts'
import { queryOf } from '../../server/retrieve/index.ts'
import { embedQuery, find, inEnglish, type SearchDeps } from '../../server/retrieve/search.ts'
import { takeSnapshot } from '../../server/retrieve/snapshot.ts'
import { openEmbeddingCache, openIndex, openWritable } from '../../server/store/index.ts'
import type { EvalQuestion } from '../eval/questions.ts'
import { boost, type Example } from './boost.ts'
import { FIELD_QUESTIONS, trainHead, waysOfAsking } from './field.ts'
import { readQuestions } from './measure.ts'

type Kind = 'answerable' | 'near-miss' | 'off-topic'
type Asked = { readonly q: string; readonly kind: Kind; readonly learnt: boolean }
type Measured = Asked & { readonly features: Features }

/** A diagnosis is never part of a question set. */
const FEATURES = [
  ...['off', 'near', 'cosine', 'alias', 'coverage', 'topCoverage', 'bm25', 'field', 'fieldShare'],
  ...['trouble', 'chore', 'codesKnown', 'codesUnknown', 'bare', 'length', 'score', 'strange'],
] as readonly (keyof Features)[]

/** Of questions that have an answer, how many may be refused, and how many get no more than the nearest. */
const REFUSED = 0.015
const NEAREST = 0.045

const FOLDS = 5
const KIND = { ours: 'answerable', near: 'near-miss', off: 'off-topic' } as const

const write = process.argv.includes('--write')
const showMisses = process.argv.includes('--misses')

const measured = await measureAll(questions())
const { trees, unseen } = fitted(measured)
const nearest = threshold(REFUSED)
const answer = threshold(NEAREST)
report()
if (write) save()

function questions(): Asked[] {
  const set = (readQuestions(join(root, 'test/eval/questions.jsonl')) as EvalQuestion[]).filter(
    ({ split }) => split === 'fit',
  )
  const others = readQuestions(join(root, 'test/retrieve/questions.jsonl'))
  return [
    ...[...set, ...others].map(({ q, kind }) => ({ q, kind, learnt: false })),
    ...FIELD_QUESTIONS.map(({ field, text }) => ({ q: text, kind: KIND[field], learnt: true })),
  ]
}

async function measureAll(asked: readonly Asked[]): Promise<Measured[]> {
  const config = loadConfig()
  const model = await createEmbedder(config)
  const embedder = cacheEmbedder({ ...model, embed: known(config.DATA_DIR, model) }, 10_000)
  const reader = openIndex(config.DATA_DIR)
  const snapshot = takeSnapshot(reader)
  if (snapshot === undefined) throw new Error('There is no index: run `npm run ingest`.')
  const deps: SearchDeps = { ...snapshot, reader, embedder }
  const vectors = await Promise.all(asked.map(({ q }) => embedQuery(inEnglish(queryOf(q)), deps)))
  const own = waysOfAsking()
  const heads = Array.from({ length: FOLDS }, (_, fold) =>
    trainHead([...own, ...FIELD_QUESTIONS.filter((_, at) => at % FOLDS !== fold)]),
  )
  const first = asked.length - FIELD_QUESTIONS.length
  const done = asked.map((question, at): Measured => {
    const head = question.learnt ? heads[(at - first) % FOLDS] : undefined
    const query = inEnglish(queryOf(question.q))
    const { features } = find(query, vectors[at], { ...deps, ...(head && { head }) })
    return { ...question, features }
  })
  await embedder.close()
  reader.close()
  return done
}

/** Embedded once: the next fit finds them beside the index. */
function known(dataDir: string, model: Embedder): Embedder['embed'] {
  const cache = openEmbeddingCache(openWritable(join(dataDir, 'fit')), model.space)
  const one = async (text: string) => {
    const hash = sha256(text)
    const found = cache.find(hash)
    if (found) return found
    const [vector] = await model.embed([text])
    if (vector === undefined) throw new Error('the model returned no vector')
    cache.save([[hash, vector]])
    return vector
  }
  return (texts) => Promise.all(texts.map(one))
}

/** The trees, and what trees that had not seen a question say of it. */
function fitted(all: readonly Measured[]) {
  const weights = weightsOf(all)
  const examples = all.map((one): Example => {
    const x = FEATURES.map((feature) => one.features[feature])
    return { x, y: one.kind === 'answerable' ? 1 : 0, weight: weights(one) }
  })
  const folds = Array.from({ length: FOLDS }, (_, fold) =>
    boost(examples.filter((_, at) => at % FOLDS !== fold)),
  )
  const chance = (trees: readonly Tree[], { x }: Example) =>
    1 / (1 + Math.exp(-trees.reduce<number>((sum, tree) => sum + leafOf(tree, x), 0)))
  return {
    trees: boost(examples),
    unseen: examples.map((example, at) => chance(folds[at % FOLDS] as Tree[], example)),
  }
}

/** What has an answer counts as much as all that has none; and of a kind the questions of people twice as much as the examples. */
function weightsOf(all: readonly Measured[]) {
  const key = ({ kind, learnt }: Measured) => `${kind} ${learnt}`
  const counts = new Map<string, number>()
  for (const one of all) counts.set(key(one), (counts.get(key(one)) ?? 0) + 1)
  return (one: Measured) =>
    ((one.kind === 'answerable' ? 2000 : 1000) * (one.learnt ? 1 : 2)) /
    (counts.get(key(one)) as number)
}

/** Below it lies the share of the answerable questions of people. */
function threshold(share: number): number {
  const of = measured
    .flatMap(({ kind, learnt }, at) =>
      kind === 'answerable' && !learnt ? [unseen[at] as number] : [],
    )
    .toSorted((a, b) => a - b)
  return of[Math.floor(of.length * share)] ?? 0
}

function bandAt(at: number) {
  const chance = unseen[at] as number
  if (chance < nearest) return 'none'
  return chance < answer ? 'nearest' : 'answer'
}

function report(): void {
  const rows: Record<string, object> = {}
  for (const learnt of [false, true]) {
    for (const kind of ['answerable', 'near-miss', 'off-topic'] as const) {
      const places = measured.flatMap((one, at) =>
        one.kind === kind && one.learnt === learnt ? [at] : [],
      )
      const share = (band: string) =>
        (places.filter((at) => bandAt(at) === band).length / places.length).toFixed(3)
      rows[`${kind}${learnt ? ', example' : ''}`] = {
        ...{ n: places.length, answer: share('answer') },
        ...{ nearest: share('nearest'), none: share('none') },
      }
    }
  }
  console.table(rows)
  console.log({ nearest, answer })
  for (const [at, { q, kind, learnt }] of measured.entries()) {
    const band = bandAt(at)
    const wrong = kind === 'answerable' ? band === 'none' : kind === 'off-topic' && band !== 'none'
    if (showMisses && wrong && (!learnt || at % 4 === 0))
      console.log(kind, unseen[at]?.toFixed(2), q)
  }
}

function save(): void {
  const round = (value: number) => Math.round(value * 1000) / 1000
  const bands = { features: FEATURES, nearest: round(nearest), answer: round(answer) }
  const lines = trees.map((tree) => `    ${JSON.stringify(tree)}`).join(',\n')
  const head = JSON.stringify(bands).slice(0, -1)
  writeFileSync(join(root, 'server/retrieve/band.json'), `${head},"trees":[\n${lines}\n]}\n`)
}
