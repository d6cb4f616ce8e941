/** A guess of the person's, looked for among the reasons that the KB names. */
import type { Article } from '../../../kb/types.ts'
import { type Draft, withMark } from '../draft.ts'
import { fill, valuesOf } from '../fill.ts'
import { blocksOf, contentWords, isList, itemsOf, partsWith, suits, unlisted } from '../sections.ts'
import { caseArticles, type Turn } from '../turn.ts'

export type Named = { readonly article: Article; readonly heading: string; readonly text: string }

/** Words that a guess is made of, whatever is suspected. */
const GUESSING = new Set(
  contentWords(
    'could be maybe perhaps because reason cause caused causing possible possibly guess think suspect fault problem issue matter due really actually just simply so that then also something anything my our your their his her the mail message server report bounce they we it send sent sending list listed people user users day time again still new one',
  ),
)

/** The one reason of the likely causes' articles that speaks of what is suspected; undefined where none does. */
export function reasonNaming(turn: Turn): Named | undefined {
  const words = contentWords(turn.own).filter(
    (word) => word.length >= LEAST_LETTERS && !GUESSING.has(word),
  )
  if (words.length === 0) return undefined
  const found = caseArticles(turn).flatMap((article) =>
    partsWith(article, 'why')
      .filter(({ heading }) => suits(heading, turn.products))
      .flatMap(({ heading, markdown }) =>
        reasonsOf(markdown).map((text) => ({ article, heading, text, hits: hits(words, text) })),
      ),
  )
  const best = found.reduce((most, one) => Math.max(most, one.hits), 0)
  return best > 0 ? found.find((one) => one.hits === best) : undefined
}
const LEAST_LETTERS = 4

export function sayNamed(turn: Turn, draft: Draft, { article, heading, text }: Named): void {
  const reason = fill(unlisted(text), valuesOf(turn.report))
  draft.add(
    `**Possible: my sources name it among the reasons,** though the report does not say so.\n\n> ${withMark(reason, draft.cite(article, heading))}`,
  )
}

const hits = (words: readonly string[], text: string): number => {
  const held = new Set(contentWords(text))
  return words.filter((word) => held.has(word)).length
}

const reasonsOf = (markdown: string): readonly string[] =>
  blocksOf(markdown).filter(isList).flatMap(itemsOf)
