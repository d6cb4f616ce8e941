import type { StoredArticle, StoredSource } from '../server/store/index.ts'
import { toArticle } from './articles/index.ts'
import type { SourceFile } from './articles/shipped.ts'

export type Broken = { readonly path: string; readonly message: string }
export type Collected = { readonly sources: StoredSource[]; readonly broken: Broken[] }

/** Reads one kind of source: bytes in, articles out. Throws where the file is broken. */
export type ReadArticles = (file: SourceFile) => Promise<StoredArticle[]> | StoredArticle[]

/**
 * Turns files into articles. A file whose hash is known is not read again; a broken one is named and
 * the rest goes in.
 */
export async function collect(
  files: Iterable<SourceFile>,
  origin: string,
  read: ReadArticles,
  known: ReadonlyMap<string, StoredSource>,
): Promise<Collected> {
  const sources: StoredSource[] = []
  const broken: Broken[] = []
  for (const file of files) {
    const before = known.get(file.path)
    if (before?.sha256 === file.sha256 && before.origin === origin) {
      sources.push(before)
      continue
    }
    try {
      const articles = await read(file)
      sources.push({ path: file.path, origin, sha256: file.sha256, articles })
    } catch (error) {
      broken.push({
        path: file.path,
        message: error instanceof Error ? error.message : String(error),
      })
    }
  }
  return { sources, broken }
}

/** Our own KB. */
export function collectShipped(
  known: ReadonlyMap<string, StoredSource>,
  files: Iterable<SourceFile>,
): Promise<Collected> {
  return collect(files, 'shipped', readShippedArticle, known)
}

function readShippedArticle({ bytes, alsoAsked = [] }: SourceFile): StoredArticle[] {
  return [{ ...toArticle(bytes.toString('utf8')), weight: 1, alsoAsked }]
}

/**
 * The articles that are left when an operator's own ones have replaced or hidden ours of the same id.
 * Among equals the later source wins, and shipped ones come first.
 */
export function mergeArticles(sources: readonly StoredSource[]): StoredArticle[] {
  const byId = new Map<string, StoredArticle>()
  const shippedFirst = [...sources].sort(
    (a, b) => Number(b.origin === 'shipped') - Number(a.origin === 'shipped'),
  )
  for (const article of shippedFirst.flatMap(({ articles }) => articles)) {
    byId.set(article.id, article)
  }
  return [...byId.values()].filter(({ hidden }) => !hidden)
}
