/** Why we think so, how sure that is, and where it comes from. */
import { asCode, type Draft } from '../draft.ts'
import { causeList, chance, lower, quoteLines } from '../say/evidence.ts'
import { ask } from '../say/question.ts'
import { labelOf, mainArticle, type Turn } from '../turn.ts'

const CAUSES = 4
/** With less than this spread over the known causes, something unknown is worth naming. */
const SPARSE = 0.75

export function why(turn: Turn, draft: Draft): boolean {
  const { diagnosis } = turn
  if (!diagnosis) return false
  sayGrounds(turn, draft)
  draft.add(causeList(turn, draft, CAUSES))
  const total = diagnosis.causes.reduce((sum, { likelihood }) => sum + likelihood, 0)
  if (total < SPARSE)
    draft.add(
      'It may also be something that I do not know: what the report says leaves room for that.',
    )
  ask(turn, draft)
  return true
}

function sayGrounds(turn: Turn, draft: Draft): void {
  const lines = quoteLines(turn)
  draft.add(
    lines.length > 0
      ? 'It rests on these lines of what you pasted:'
      : 'It rests on what you told me; there is no line in the paste that settles it.',
  )
  for (const line of lines) draft.add(`> ${asCode(line)}`)
  const facts = turn.facts.flatMap((fact) => labelOf(fact) ?? [])
  if (facts.length > 0) draft.add(`And on what you told me: ${facts.join('; ')}.`)
}

/** "Are you sure?": what is certain, and what is only likely. */
export function sure(turn: Turn, draft: Draft): boolean {
  const { diagnosis } = turn
  if (!diagnosis) return false
  const [top, second] = diagnosis.causes
  const mark = draft.cite(mainArticle(turn), '')
  const read = quoteLines(turn).length > 0
  draft.add(
    read
      ? `**Sure:** what the report says. ${diagnosis.summary}${mark}`
      : `**Not quite:** there is no line that settles it, so I go by what you told me. ${diagnosis.summary}${mark}`,
  )
  for (const line of quoteLines(turn)) draft.add(`> ${asCode(line)}`)
  if (top) {
    const other = second ? ` The next candidate: ${lower(second.title)}.` : ''
    draft.add(
      `**Not certain:** the cause behind it. ${top.title} is ${chance(top.likelihood)}.${other}${mark}`,
    )
  }
  ask(turn, draft)
  return true
}

/** "Where did you get that?": the lines of the paste, and the sources of the article. */
export function source(turn: Turn, draft: Draft): boolean {
  const article = mainArticle(turn)
  if (!turn.diagnosis && !article) return false
  sayGrounds(turn, draft)
  const codes = (turn.diagnosis?.codes ?? []).slice(0, 3)
  const list = [
    ...codes.map(({ code, source: url }) => `- what \`${code}\` means: ${url}`),
    ...(article?.sources ?? []).slice(0, 4).map(({ url, supports }) => `- ${supports}: ${url}`),
  ]
  if (article)
    draft.add(`The rest is from the article "${article.title}"${draft.cite(article, '')}.`)
  if (list.length > 0) draft.add(`Its sources:\n\n${[...new Set(list)].join('\n')}`)
  return true
}
