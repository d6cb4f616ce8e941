import type { IndexInfo, IndexReader, Metric, StoredArticle } from '../store/index.ts'
import { codeTokens } from './codes.ts'
import { adapt, HEAD, type Head, tokensOf } from './field/index.ts'
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
  /** tells our field, with what the operator's own articles are about, from others */
  readonly head: Head
}

export function takeSnapshot(reader: IndexReader): Snapshot | undefined {
  const info = reader.info()
  if (info === undefined) return undefined
  const articles = reader.articles()
  return {
    info,
    articles: new Map(articles.map((article) => [article.id, article])),
    metric: reader.metric(),
    head: adapt(HEAD, askedOfOwn(reader)),
    speller: createSpeller(reader.words()),
    codes: new Set(
      articles.flatMap(({ codes, replyCodes }) =>
        [...codes, ...replyCodes.map(String)].flatMap(codeTokens),
      ),
    ),
  }
}

/** How an operator's own articles are asked for; ours the shipped head knows. */
const askedOfOwn = (reader: IndexReader): string[][] =>
  reader
    .sources()
    .filter(({ origin }) => origin !== 'shipped')
    .flatMap(({ articles }) => articles)
    .flatMap(({ title, askedAs }) => [title, ...askedAs].map(tokensOf))
