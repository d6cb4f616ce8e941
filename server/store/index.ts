/** The face of the store. */

export { type EmbeddingCache, openEmbeddingCache } from './embeddings.ts'
export { fitMetric, type Metric, toMetric } from './metric.ts'
export type { Allows, VectorHit } from './nearest.ts'
export { type Db, IndexUnreadable, indexPath, openReadable, openWritable } from './open.ts'
export {
  type ChunkRow,
  createReader,
  type IndexReader,
  type LexicalHit,
  openIndex,
} from './read.ts'
export type * from './types.ts'
export { dot } from './vectors.ts'
export { type IndexContent, writeIndex } from './write.ts'
