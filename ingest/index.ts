/** The face of ingest: brings the index up to date. */
import type { Embedder } from '../server/retrieve/embed/index.ts'
import { countWords } from '../server/retrieve/spelling.ts'
import {
  type Chunk,
  createReader,
  type Db,
  type EmbeddingCache,
  fitMetric,
  openEmbeddingCache,
  openWritable,
  type StoredSource,
  writeIndex,
} from '../server/store/index.ts'
import { readShipped, type SourceFile } from './articles/shipped.ts'
import { fingerprint } from './articles/version.ts'
import { textOf, toChunks } from './chunk.ts'
import { type Broken, type Collected, collectShipped, mergeArticles } from './collect.ts'
import { embedChunks, type Progress } from './embed.ts'
import { collectOwn, type OwnOptions } from './own/index.ts'

export type IngestOptions = {
  readonly dataDir: string
  /** the operator's own files and folders */
  readonly own: OwnOptions
  /** the shipped KB's files, unless a test brings others */
  readonly shipped?: readonly SourceFile[]
  readonly createEmbedder: () => Promise<Embedder>
  readonly progress: Progress
}

export type Summary = {
  readonly added: string[]
  readonly changed: string[]
  readonly removed: string[]
  readonly unchanged: number
  readonly broken: readonly Broken[]
  readonly chunks: number
  /** texts that went through the model; the others were known */
  readonly embedded: number
  /** false where the index was up to date already */
  readonly written: boolean
}

/** Reads, chunks, embeds and writes whatever has changed; writes nothing where nothing has. */
export async function ingest(options: IngestOptions): Promise<Summary> {
  const db = openWritable(options.dataDir)
  const embedder = await options.createEmbedder()
  try {
    return await update(db, embedder, options)
  } finally {
    await embedder.close()
    db.close()
  }
}

async function update(db: Db, embedder: Embedder, options: IngestOptions): Promise<Summary> {
  const reader = createReader(db)
  const before = reader.info()
  const known = new Map(reader.sources().map((source) => [source.path, source]))
  const { sources, broken } = await collectAll(options, known)
  const kb = fingerprint(sources)
  const articles = mergeArticles(sources)
  const changes = compare([...known.values()], sources)
  const upToDate = before?.kb === kb && before.space.fingerprint === embedder.space.fingerprint
  if (before && upToDate) {
    return { ...changes, broken, chunks: before.chunks, embedded: 0, written: false }
  }
  const chunks = articles.flatMap(toChunks)
  const cache = openEmbeddingCache(db, embedder.space)
  const { hashes, computed } = await embedChunks(chunks, embedder, cache, options.progress)
  const words = countWords(chunks.map(textOf))
  const metric = fitMetric(vectorsOfQuestions(chunks, hashes, cache))
  writeIndex(db, {
    ...{ kb, space: embedder.space, sources, articles, chunks, hashes, words, metric },
  })
  return { ...changes, broken, chunks: chunks.length, embedded: computed, written: true }
}

/** Titles and ways of asking are what questions are compared with: how they lie says what near means. */
function vectorsOfQuestions(
  chunks: readonly Chunk[],
  hashes: readonly (readonly string[])[],
  cache: EmbeddingCache,
): Float32Array[] {
  return chunks.flatMap(({ embed }, at) =>
    embed.flatMap(({ kind }, nth) =>
      kind === 'chunk' ? [] : (cache.find(hashes[at]?.[nth] ?? '') ?? []),
    ),
  )
}

async function collectAll(
  { own, shipped: files = readShipped() }: IngestOptions,
  known: ReadonlyMap<string, StoredSource>,
): Promise<Collected> {
  const shipped = await collectShipped(known, files)
  const theirs = await collectOwn(own, known)
  return {
    sources: [...shipped.sources, ...theirs.sources],
    broken: [...shipped.broken, ...theirs.broken],
  }
}

type Changes = Pick<Summary, 'added' | 'changed' | 'removed' | 'unchanged'>

/** By source: what a person has in their folder is a file. */
function compare(before: readonly StoredSource[], after: readonly StoredSource[]): Changes {
  const old = new Map(before.map(({ path, sha256 }) => [path, sha256]))
  const now = new Map(after.map(({ path, sha256 }) => [path, sha256]))
  const paths = [...now.keys()]
  return {
    added: paths.filter((path) => !old.has(path)),
    changed: paths.filter((path) => old.has(path) && old.get(path) !== now.get(path)),
    removed: [...old.keys()].filter((path) => !now.has(path)),
    unchanged: paths.filter((path) => old.get(path) === now.get(path)).length,
  }
}
