/** How much a question is like ways of asking that are not in the index: compared when they are needed. */
import { phraseWords } from '../../kb/diagnose/text.ts'
import { dot, type Metric, toMetric } from '../store/index.ts'
import type { Embedder } from './embed/index.ts'
import type { FindDeps } from './search.ts'
import { toMatch, wordsOf } from './terms.ts'

/** Vectors that are kept; one takes 2 KB. */
const MOST = 8000
/**
 * What the nearest way of asking counts, all of them together, the answer's own meaning, and the words that
 * are shared: weighed on ways of asking left out one at a time (`scripts/retrieval/left-out.ts`).
 */
const WEIGHTS = { nearest: 0.5, all: 0.4, say: 0.3, words: 0.4 }

/** A question as it is asked, and its answer; empty where there is none. */
export type Asked = { readonly q: readonly string[]; readonly say: string }

export type Likeness = (
  text: string,
  entries: readonly Asked[],
  deps: FindDeps,
) => Promise<readonly number[]>

/**
 * Gives one number for each entry, in order: about 1 where the text asks the same in like words, 0 where it
 * has nothing in common. Cosines are the index's metric's. Each text is embedded once, all that are new in
 * one call; a failure of the model is the caller's.
 */
export function createLikeness(embedder: Embedder): Likeness {
  const kept = new Map<string, Float32Array>()
  let keptIn: Metric | undefined
  const vectorsOf = async (texts: readonly string[], metric: Metric | undefined) => {
    if (metric !== keptIn) kept.clear()
    keptIn = metric
    const found = new Map(texts.map((one) => [one, kept.get(one)]))
    const missing = [...found.keys()].filter(
      (one) => !found.get(one) && embedder.prepare(one) !== '',
    )
    const made = missing.length > 0 ? await embedder.embed(missing.map(embedder.prepare)) : []
    for (const [at, one] of missing.entries())
      if (made[at]) found.set(one, toMetric(metric, made[at]))
    remember(kept, found)
    return found
  }
  return async (text, entries, deps) => {
    const texts = entries.flatMap(({ q, say }) => [...q, say])
    const vectors = await vectorsOf([text, ...texts], deps.metric)
    const own = vectors.get(text)
    const cosine = (one: string): number => {
      const other = vectors.get(one)
      return own && other ? dot(own, other) : 0
    }
    const words = tellingWords(text, deps)
    return entries.map(({ q, say }) => {
      const ways = q.map(cosine)
      return (
        WEIGHTS.nearest * Math.max(...ways) +
        (WEIGHTS.all * ways.reduce((sum, way) => sum + way, 0)) / ways.length +
        WEIGHTS.say * cosine(say) +
        WEIGHTS.words * shared(words, [...q, say].join(' '))
      )
    })
  }
}

/** What was used last is forgotten last. */
function remember(
  kept: Map<string, Float32Array>,
  used: ReadonlyMap<string, Float32Array | undefined>,
): void {
  for (const [one, vector] of used) {
    if (!vector) continue
    kept.delete(one)
    kept.set(one, vector)
  }
  for (const oldest of kept.keys()) {
    if (kept.size <= MOST) break
    kept.delete(oldest)
  }
}

type Telling = { readonly stem: string; readonly rarity: number }

/** The words that carry a subject, and how rare they are in this KB: 0 for one that stands everywhere, 1 for nowhere. */
const tellingWords = (text: string, { reader, speller, info }: FindDeps): readonly Telling[] =>
  wordsOf(text)
    .map(speller.correct)
    .map((word) => ({
      stem: phraseWords(word)[0] ?? word,
      rarity:
        1 -
        Math.log(1 + reader.matching(toMatch([word], []))) / Math.log(1 + Math.max(1, info.chunks)),
    }))

/** Which share of the telling words a text holds, 0 to 1. */
function shared(words: readonly Telling[], text: string): number {
  const held = new Set(phraseWords(text))
  const sum = (some: readonly Telling[]) => some.reduce((all, { rarity }) => all + rarity, 0)
  const total = sum(words)
  return total === 0 ? 0 : sum(words.filter(({ stem }) => held.has(stem))) / total
}
