/** How much a question is like ways of asking that are not in the index: compared when they are needed. */
import { phraseWords } from '../../kb/diagnose/text.ts'
import { dot, type Metric, toMetric } from '../store/index.ts'
import type { Embedder } from './embed/index.ts'
import type { FindDeps } from './search.ts'
import { toMatch, wordsOf } from './terms.ts'

/** Vectors that are kept; one takes 2 KB. */
const MOST = 8000
/** What shared words are worth beside the meaning. */
const WORDS = 0.3

export type Likeness = (
  text: string,
  phrasings: readonly string[],
  deps: FindDeps,
) => Promise<readonly number[]>

/**
 * Gives one number for each of the phrasings, in order: the cosine in the index's metric, −1 to 1, and up
 * to `WORDS` for the share of the text's telling words that it holds. Each phrasing is embedded once, all
 * that are new in one call; a failure of the model is the caller's.
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
  return async (text, phrasings, deps) => {
    const vectors = await vectorsOf([text, ...phrasings], deps.metric)
    const own = vectors.get(text)
    const words = tellingWords(text, deps)
    return phrasings.map((one) => {
      const other = vectors.get(one)
      return (own && other ? dot(own, other) : 0) + WORDS * shared(words, one)
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

/** Which share of the telling words a phrasing holds, 0 to 1. */
function shared(words: readonly Telling[], phrasing: string): number {
  const held = new Set(phraseWords(phrasing))
  const sum = (some: readonly Telling[]) => some.reduce((all, { rarity }) => all + rarity, 0)
  const total = sum(words)
  return total === 0 ? 0 : sum(words.filter(({ stem }) => held.has(stem))) / total
}
