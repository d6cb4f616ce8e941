/** The face of an operator's own knowledge base: files and folders in, articles out. */
import { existsSync } from 'node:fs'
import { extname, resolve } from 'node:path'
import type { StoredArticle, StoredSource } from '../../server/store/index.ts'
import { type Document, toOwnArticle } from '../articles/index.ts'
import { type Broken, type Collected, collect } from '../collect.ts'
import type { SourceFile } from '../shipped.ts'
import { findFiles } from './files.ts'
import { READERS } from './readers.ts'

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
  for (const path of new Set([
    ...paths.map((path) => resolve(path)),
    ...(keep ? before(known) : []),
  ])) {
    const found = findFiles(path, { include, exclude, kinds: Object.keys(READERS) })
    const read = await collect(found.files, path, (file) => readOwn(file, month), known)
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

async function readOwn(file: SourceFile, month: string): Promise<StoredArticle[]> {
  const kind = extname(file.path).toLowerCase()
  const reader = READERS[kind]
  if (reader === undefined) {
    throw new Error(`is of a kind that cannot be read; known: ${Object.keys(READERS).join(' ')}`)
  }
  const documents: Document[] = await reader(file)
  return documents.map((document) => toOwnArticle(document, month))
}
