import type { IndexInfo, IndexReader, Metric, StoredArticle } from '../store/index.ts'
import { codeTokens } from './codes.ts'
import type { Head } from './field/index.ts'
import { createSpeller, type Speller } from './spelling.ts'

/** What is kept in memory of one state of the index; made anew when the index was replaced. */
export type Snapshot = {
  readonly info: IndexInfo
  readonly articles: ReadonlyMap<string, StoredArticle>
  readonly speller: Speller
  /** tokens of all codes that some article is about */
  readonly codes: ReadonlySet<string>
  /** what vectors are compared in; undefined: as they are */
  readonly metric: Metric | undefined
  /** tells our field from others; undefined where nothing was learnt, as in an index of a few texts */
  readonly head: Head | undefined
}

export function takeSnapshot(reader: IndexReader): Snapshot | undefined {
  const info = reader.info()
  if (info === undefined) return undefined
  const articles = reader.articles()
  const learnt = reader.calibration()
  return {
    info,
    articles: new Map(articles.map((article) => [article.id, article])),
    metric: learnt?.metric,
    head: learnt && (JSON.parse(learnt.head) as Head),
    speller: createSpeller(reader.words()),
    codes: new Set(
      articles.flatMap(({ codes, replyCodes }) =>
        [...codes, ...replyCodes.map(String)].flatMap(codeTokens),
      ),
    ),
  }
}
