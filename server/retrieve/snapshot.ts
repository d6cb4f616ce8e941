import type { IndexInfo, IndexReader, StoredArticle } from '../store/index.ts'
import { codeTokens } from './codes.ts'
import { createSpeller, type Speller } from './spelling.ts'

/** What is kept in memory of one state of the index; made anew when the index was replaced. */
export type Snapshot = {
  readonly info: IndexInfo
  readonly articles: ReadonlyMap<string, StoredArticle>
  readonly speller: Speller
  /** tokens of all codes that some article is about */
  readonly codes: ReadonlySet<string>
}

export function takeSnapshot(reader: IndexReader): Snapshot | undefined {
  const info = reader.info()
  if (info === undefined) return undefined
  const articles = reader.articles()
  return {
    info,
    articles: new Map(articles.map((article) => [article.id, article])),
    speller: createSpeller(reader.words()),
    codes: new Set(
      articles.flatMap(({ codes, replyCodes }) =>
        [...codes, ...replyCodes.map(String)].flatMap(codeTokens),
      ),
    ),
  }
}
