/** What an answer inside a case needs: which sections of known articles a question is near to. */
import type { Near } from '../../kb/types.ts'
import { toMetric } from '../store/index.ts'
import type { FindDeps } from './search.ts'
import { toMatch, wordsOf } from './terms.ts'

/**
 * How near a text is to each section of these articles, and how rare each of its words is in this KB.
 * `vector` is the text's, as the model gives it; without one, no section is near.
 */
export function nearTo(
  text: string,
  articleIds: readonly string[],
  vector: Float32Array | undefined,
  { reader, speller, info, metric }: FindDeps,
): Near {
  const wanted = new Set(articleIds)
  const ids = [...reader.places()].flatMap(([id, { articleId }]) =>
    wanted.has(articleId) ? [id] : [],
  )
  const hits = vector ? reader.cosines(toMetric(metric, vector), ids) : []
  const best = new Map<number, number>()
  // a way of asking belongs to the article, not to one of its sections
  for (const { chunkId, kind, cosine } of hits)
    if (kind === 'chunk') best.set(chunkId, Math.max(cosine, best.get(chunkId) ?? -1))
  return {
    sections: reader.chunks([...best.keys()]).map(({ id, articleId, heading }) => ({
      articleId,
      heading,
      cosine: best.get(id) ?? 0,
    })),
    words: wordsOf(text)
      .map(speller.correct)
      .map((word) => ({ word, rarity: rarity(reader.matching(toMatch([word], [])), info.chunks) })),
  }
}

/** 1 for a word that stands nowhere, 0 for one that stands everywhere. */
const rarity = (matching: number, chunks: number): number =>
  1 - Math.log(1 + matching) / Math.log(1 + Math.max(1, chunks))
