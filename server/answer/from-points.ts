/** Answers a question inside a case with the statements of the KB that are about it, wherever they stand. */
import type { Article } from '../../kb/types.ts'
import { type Draft, withMark } from './draft.ts'
import { fill, valuesOf } from './fill.ts'
import { caseArticles } from './inside.ts'
import { isAnother, sayPart } from './open.ts'
import { type Ranked, rankPoints, statementsOf } from './points.ts'
import { type Part, suits } from './sections.ts'
import { mainArticle, type Turn } from './turn.ts'

/** How much nearer than any other an article is to the case. */
const PRIOR = { main: 0.2, second: 0.1, linked: 0.05 }

/** The statements around the case, the one that the last message is about first; empty where nothing can be told. */
export function pointsFor(turn: Turn): readonly Ranked[] {
  const main = mainArticle(turn)
  if (!turn.near || !main) return []
  const priors = new Map<string, number>((main.related ?? []).map((id) => [id, PRIOR.linked]))
  for (const { articleId } of turn.retrieval.band === 'none' ? [] : turn.retrieval.passages)
    priors.set(articleId, priors.get(articleId) ?? 0)
  for (const id of caseArticles(turn.diagnosis)) priors.set(id, PRIOR.second)
  priors.set(main.id, PRIOR.main)
  const articles = [...priors.keys()]
    .flatMap((id) => turn.articles.get(id) ?? [])
    .filter((article) => main.related?.includes(article.id) || !isAnother(turn, article))
  return rankPoints(articles, turn.near, priors).filter(({ point }) =>
    suits(point.part.heading, turn.products),
  )
}

/** Says the section that the best statement stands in, or of a long one the statements that fit. */
export function sayPoints(turn: Turn, draft: Draft, ranked: readonly Ranked[]): boolean {
  const said = (part: Part) => turn.conversation.previously.includes(part.markdown.slice(0, 120))
  const [first] = ranked.filter(({ point }) => !said(point.part))
  if (!first) return false
  const { article, part } = first.point
  if (article.id !== mainArticle(turn)?.id) draft.add(`From **${article.title}**:`)
  sayFitting(turn, draft, article, part, ranked)
  return true
}

const SHORT = 600
/** So much behind the best statement of a section another one still belongs to the answer. */
const CLOSE = 0.2

function sayFitting(
  turn: Turn,
  draft: Draft,
  article: Article,
  part: Part,
  ranked: readonly Ranked[],
): void {
  if (part.markdown.length <= SHORT) {
    sayPart(turn, draft, article, part, SHORT)
    return
  }
  const own = ranked.filter(({ point }) => point.part === part)
  const least = (own[0]?.score ?? 0) - CLOSE
  const chosen = new Set(
    own
      .filter(({ score }) => score >= least)
      .slice(0, 3)
      .map(({ point }) => point.markdown),
  )
  const kept = statementsOf(part).filter(
    (markdown) => chosen.has(markdown) || /^\*\*Careful/.test(markdown),
  )
  const text = fill(joined(kept), valuesOf(turn.report))
  const mark = draft.cite(article, part.role === 'lead' ? '' : part.heading)
  draft.add(
    part.role === 'lead' ? withMark(text, mark) : `**${part.heading}**\n\n${withMark(text, mark)}`,
  )
}

/** Statements one below the other: rows of one table under one head, items of one list without a gap. */
function joined(statements: readonly string[]): string {
  let text = ''
  for (const one of statements) {
    const isRow = one.startsWith('|')
    const goesOn = isRow && text.split('\n').at(-1)?.startsWith('|')
    const isItem = /^(?:[-*]|\d+\.) /.test(one) && !text.endsWith('```')
    if (goesOn) text += `\n${one.split('\n')[2]}`
    else text += `${text === '' ? '' : isItem ? '\n' : '\n\n'}${one}`
  }
  return text
}
