/**
 * `npx tsx scripts/retrieval/left-out.ts`: how well a question inside a case is known in other words. Each way
 * of asking of `kb/data/faq` is taken out once and put as the question, to what is left of its article's
 * entries and of what is asked in every case.
 */
import { ANY_CASE, FAQ, type FaqEntry, faqOf, placeOf } from '../../kb/faq.ts'
import type { Retriever } from '../../server/retrieve/index.ts'
import { openDeps } from '../converse.ts'

type Outcome = { readonly first: boolean; readonly section: boolean; readonly score: number }

async function leaveOut(
  article: string,
  entry: FaqEntry,
  way: string,
  { likeness }: Pick<Retriever, 'likeness'>,
): Promise<Outcome> {
  const entries = [...faqOf(article), ...faqOf(ANY_CASE)]
  const left = entries.map((one) =>
    one === entry ? { ...one, q: one.q.filter((other) => other !== way) } : one,
  )
  const scores = await likeness(way, left)
  const score = Math.max(...scores)
  const best = entries[scores.indexOf(score)]
  return {
    first: best === entry,
    section: best !== undefined && placeAt(best, article) === placeAt(entry, article),
    score,
  }
}

const placeAt = (entry: FaqEntry, article: string): string => {
  const place = placeOf(entry, article)
  return place ? `${place.articleId}#${place.heading}` : 'none'
}

const share = (list: readonly Outcome[], is: (one: Outcome) => boolean): string =>
  `${((100 * list.filter(is).length) / (list.length || 1)).toFixed(1)} %`

const deps = await openDeps()
const outcomes: Outcome[] = []
for (const { article, asks } of FAQ)
  if (article !== ANY_CASE)
    for (const entry of asks)
      if (entry.q.length > 1)
        for (const way of entry.q) outcomes.push(await leaveOut(article, entry, way, deps))
await deps.close()

console.table(
  [0, 0.55, 0.62, 0.75].map((least) => {
    const list = outcomes.filter(({ score }) => score >= least)
    return {
      'score from': least,
      asked: list.length,
      'right answer first': share(list, ({ first }) => first),
      'right section first': share(list, ({ section }) => section),
    }
  }),
)
