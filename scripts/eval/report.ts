/** What was measured, as tables and against the bars. */
import type { Band } from '../../kb/types.ts'
import {
  bootstrap,
  type Interval,
  mean,
  ndcg,
  ndcgOfAll,
  recallAt,
  reciprocalRank,
} from './metrics.ts'
import { type EvalQuestion, KINDS, SPLITS, type Split } from './questions.ts'
import { type Ranking, WAYS, type Way } from './ways.ts'

export type Result = {
  readonly question: EvalQuestion
  readonly ranked: Readonly<Record<Way, Ranking>>
  readonly band: Band
}

export type Quality = Readonly<
  Record<'r@1' | 'r@3' | 'r@5' | 'mrr' | 'ndcg@10' | 'ndcg@10 all', Interval>
> & {
  readonly n: number
}
export type Bar = { readonly what: string; readonly value: number; readonly bar: string } & {
  readonly ok: boolean
}

/** What all questions go through: what the server does with a question. */
const WHOLE: Way = 'with diagnosis'

/** Recall, MRR and nDCG of one way over the answerable questions; what is missing counts as zero. */
export function quality(results: readonly Result[], way: Way = WHOLE): Quality {
  const over = (measure: (ranking: Ranking, expect: readonly string[]) => number) =>
    bootstrap(results.map(({ ranked, question }) => measure(ranked[way], question.expect)))
  return {
    n: results.length,
    'r@1': over((ranking, expect) => recallAt(1, ranking, expect)),
    'r@3': over((ranking, expect) => recallAt(3, ranking, expect)),
    'r@5': over((ranking, expect) => recallAt(5, ranking, expect)),
    mrr: over(reciprocalRank),
    'ndcg@10': over(ndcg),
    'ndcg@10 all': over(ndcgOfAll),
  }
}

export function summarize(results: readonly Result[]) {
  const asked = answerable(results)
  return {
    quality: Object.fromEntries(
      SPLITS.map((split) => [split, quality(asked.filter(({ question: q }) => q.split === split))]),
    ),
    ablation: Object.fromEntries(WAYS.map((way) => [way, quality(asked, way)])),
    languages: Object.fromEntries(
      [...new Set(asked.map(({ question }) => question.lang))].map((lang) => [
        lang,
        { ...quality(asked.filter(({ question }) => question.lang === lang)) },
      ]),
    ),
    bands: SPLITS.flatMap((split) => KINDS.map((kind) => bandsOf(results, kind, split))),
    refusal: Object.fromEntries(
      SPLITS.map((split) => [split, refusal(results.filter((r) => r.question.split === split))]),
    ),
    bars: SPLITS.flatMap((split) => barsOf(results, split)),
  }
}

export type Summary = ReturnType<typeof summarize>

const answerable = (results: readonly Result[]) =>
  results.filter(({ question }) => question.kind === 'answerable')

const share = (results: readonly Result[], ...bands: readonly Band[]): number =>
  mean(results.map(({ band }) => (bands.includes(band) ? 1 : 0)))

function bandsOf(results: readonly Result[], kind: string, split: string) {
  const some = results.filter(({ question: q }) => q.kind === kind && q.split === split)
  return {
    split,
    kind,
    n: some.length,
    answer: share(some, 'answer'),
    nearest: share(some, 'nearest'),
    none: share(some, 'none'),
  }
}

/** Of what was refused, how much had no answer; of what has none, how much was refused. */
function refusal(results: readonly Result[]) {
  const refused = results.filter(({ band }) => band === 'none')
  const without = results.filter(({ question }) => question.kind !== 'answerable')
  return {
    precision: mean(refused.map(({ question }) => (question.kind === 'answerable' ? 0 : 1))),
    recall: share(without, 'none'),
  }
}

function barsOf(results: readonly Result[], split: Split): Bar[] {
  const of = (kind: string) =>
    results.filter(({ question: q }) => q.kind === kind && q.split === split)
  const found = quality(of('answerable'))
  const least = (what: string, value: number, bar: number): Bar => ({
    what: `${split}: ${what}`,
    value,
    bar: `≥ ${bar}`,
    ok: value >= bar,
  })
  const refused = share(of('answerable'), 'none')
  return [
    least('recall@5', found['r@5'].mean, 0.95),
    least('nDCG@10', found['ndcg@10'].mean, 0.85),
    least('off-topic refused', share(of('off-topic'), 'none'), 0.98),
    least('near misses not answered', share(of('near-miss'), 'none', 'nearest'), 0.75),
    {
      what: `${split}: answerable refused`,
      value: refused,
      bar: '≤ 0.03',
      ok: refused <= 0.03,
    },
  ]
}

const three = (value: number) => value.toFixed(3)
const shown = ({ mean: middle, low, high }: Interval) =>
  `${three(middle)} [${three(low)}, ${three(high)}]`

const rows = (table: Readonly<Record<string, Quality>>) =>
  Object.fromEntries(
    Object.entries(table).map(([name, { n, ...measures }]) => [
      name,
      {
        n,
        ...Object.fromEntries(Object.entries(measures).map(([key, value]) => [key, shown(value)])),
      },
    ]),
  )

const rounded = <T extends Readonly<Record<string, unknown>>>(row: T) =>
  Object.fromEntries(
    Object.entries(row).map(([key, value]) => [
      key,
      typeof value === 'number' && !Number.isInteger(value) ? three(value) : value,
    ]),
  )

export function print({
  quality: found,
  ablation,
  languages,
  bands,
  refusal: refused,
  bars,
}: Summary) {
  for (const [title, table] of Object.entries({
    'answerable questions, by half': rows(found),
    'by way of retrieval (all answerable)': rows(ablation),
    'by language': rows(languages),
    'bands, by kind and half': bands.map(rounded),
    'refusal (band none)': Object.fromEntries(
      Object.entries(refused).map(([name, row]) => [name, rounded(row)]),
    ),
    bars: bars.map(rounded),
  })) {
    console.log(`\n${title}`)
    console.table(table)
  }
}

/** What was not among the first five, and what was put into the wrong band. Of the fit half alone: the other stays unseen. */
export function misses(results: readonly Result[]): string[] {
  return results
    .filter(({ question }) => question.split === 'fit')
    .flatMap(({ question: { id, kind, q, expect }, ranked, band }) => {
      const five = ranked[WHOLE].slice(0, 5)
      const lines = []
      if (kind === 'answerable' && recallAt(5, five, expect) === 0)
        lines.push(`${id} wants ${expect[0]}, has ${five.slice(0, 3).join(', ')}: ${q}`)
      if (kind === 'answerable' ? band === 'none' : band === 'answer')
        lines.push(`${id} ${kind}, band ${band}: ${q}`)
      if (kind === 'off-topic' && band === 'nearest')
        lines.push(`${id} ${kind}, band ${band}: ${q}`)
      return lines
    })
}
