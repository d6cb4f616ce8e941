import type { Article } from '../../kb/types.ts'
import type { IndexInfo, IndexReader } from '../store/index.ts'

/** The articles themselves, for reading. */
export type Catalogue = {
  article(id: string): Article | undefined
  articles(): readonly Article[]
  /** undefined where there is no index */
  info(): IndexInfo | undefined
}

type Kept = {
  readonly version: number
  readonly info: IndexInfo | undefined
  readonly byId: Map<string, Article | undefined>
  all?: readonly Article[]
}

/** Names that are asked for and are no article must not fill the memory either. */
const MAX_KEPT = 2000

/** Reads an article when it is asked for, and keeps what was read until the index is replaced. */
export function createCatalogue(reader: IndexReader): Catalogue {
  let kept: Kept | undefined
  const current = (): Kept => {
    const version = reader.version()
    if (kept?.version !== version) kept = { version, info: reader.info(), byId: new Map() }
    return kept
  }
  return {
    info: () => current().info,
    article(id) {
      const { byId } = current()
      if (byId.has(id)) return byId.get(id)
      const found = reader.article(id)
      if (byId.size < MAX_KEPT) byId.set(id, found)
      return found
    },
    articles() {
      const state = current()
      state.all ??= reader.articles()
      return state.all
    },
  }
}
