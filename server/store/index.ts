/** The face of the store. */
export { type EmbeddingCache, openEmbeddingCache } from './embeddings.ts'
export { type Db, indexPath, openReadable, openWritable } from './open.ts'
export {
  type ChunkRow,
  createReader,
  type IndexReader,
  type LexicalHit,
  openIndex,
  type VectorHit,
} from './read.ts'
export type * from './types.ts'
export { ensureSpace, type IndexContent, writeIndex } from './write.ts'
