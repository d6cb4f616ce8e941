/** The face of an operator's own knowledge base: files and folders in, articles out. */
import { existsSync } from 'node:fs'
import { extname, resolve } from 'node:path'
import type { StoredArticle, StoredSource } from '../../server/store/index.ts'
import { type Document, toOwnArticle } from '../articles/index.ts'
import type { SourceFile } from '../articles/shipped.ts'
import { type Broken, type Collected, collect } from '../collect.ts'
import { findFiles } from './files.ts'
import type { DocumentReader } from './readers.ts'

export type OwnOptions = {
  readonly paths: readonly string[]
  /** whether what was brought in before is read again from where it came */
  readonly keep: boolean
  readonly include: readonly string[]
  readonly exclude: readonly string[]
  /** month that counts as the review of a document without one, as "2026-11" */
  readonly month: string
}

/** Every document under the operator's paths. A path that is not there is named; the rest goes in. */
export async function collectOwn(
  { paths, keep, include, exclude, month }: OwnOptions,
  known: ReadonlyMap<string, StoredSource>,
): Promise<Collected> {
  const sources: StoredSource[] = []
  const broken: Broken[] = []
  const all = new Set([...paths.map((path) => resolve(path)), ...(keep ? before(known) : [])])
  if (all.size === 0) return { sources, broken }
  // the libraries take half a second to load, at each start of the server
  const { READERS: readers } = await import('./readers.ts')
  for (const path of all) {
    const found = findFiles(path, { include, exclude, kinds: Object.keys(readers) })
    const read = await collect(found.files, path, (file) => readOwn(file, month, readers), known)
    sources.push(...read.sources)
    broken.push(...found.broken, ...read.broken)
  }
  return { sources, broken }
}

/** Where earlier documents came from, as far as it is still there: what has vanished leaves quietly. */
function before(known: ReadonlyMap<string, StoredSource>): string[] {
  return [...known.values()]
    .map(({ origin }) => origin)
    .filter((origin) => origin !== 'shipped' && existsSync(origin))
}

async function readOwn(
  file: SourceFile,
  month: string,
  readers: Readonly<Record<string, DocumentReader>>,
): Promise<StoredArticle[]> {
  const reader = readers[extname(file.path).toLowerCase()]
  if (reader === undefined) {
    throw new Error(`is of a kind that cannot be read; known: ${Object.keys(readers).join(' ')}`)
  }
  const documents: Document[] = await reader(file)
  return documents.map((document) => toOwnArticle(document, month))
}
