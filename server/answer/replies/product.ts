/** Another product, the other side's product, and codes against each other. */
import { asCode, type Draft, withMark } from '../draft.ts'
import { answerFrom, sayPart } from '../open.ts'
import { adminSteps, productParts } from '../say/admin.ts'
import { fits, leadOf, partsOf, partsWith } from '../sections.ts'
import { readBanner } from '../tools/banner.ts'
import { mainArticle, productName, type Turn } from '../turn.ts'
import { fromArticle } from './from-article.ts'
import { queueRow } from './time.ts'

/** "And in Exchange Online?": the same matter, another product. */
export function product(turn: Turn, draft: Draft): boolean {
  if (turn.products.size === 0 || !turn.diagnosis) return false
  const article = mainArticle(turn)
  const waits = turn.articles.get('queue-expired')
  const row = turn.diagnosis.reason === 'expired' ? queueRow(turn, waits) : ''
  const names = [...turn.products].slice(0, 2).map(productName).join(', ')
  const parts = productParts(turn).filter(
    ({ heading }) => fits(heading, turn.products) && !fits(heading, new Set()),
  )
  if (row)
    draft.add(`For ${names}, the waiting times are:\n\n${row}${draft.cite(waits, 'What it means')}`)
  if (!article || parts.length === 0)
    return row !== '' || sayKin(turn, draft) || sayForAll(turn, draft, names)
  if (!row) draft.add(`For ${names}:`)
  for (const part of parts.slice(0, 2)) sayPart(turn, draft, article, part, 1100)
  return true
}

/** No part of the article speaks of that product: the article on the same reason that does. */
function sayKin(turn: Turn, draft: Draft): boolean {
  const { diagnosis, retrieval, articles, products } = turn
  const kin = retrieval.passages
    .map(({ articleId }) => articles.get(articleId))
    .find(
      (one) =>
        diagnosis !== null &&
        one?.kind === 'article' &&
        one.reasons.includes(diagnosis.reason) &&
        one.products.some((id) => products.has(id)),
    )
  if (!kin) return false
  answerFrom(turn, draft, kin)
  const named = partsWith(kin, 'sender-admin').slice(0, 1)
  for (const part of named)
    if (!draft.pieces.some((piece) => piece.includes(part.heading)))
      sayPart(turn, draft, kin, part, 900)
  return true
}

/** The case's article makes no difference between products: that is said, and what it has. */
function sayForAll(turn: Turn, draft: Draft, names: string): boolean {
  if (!turn.report || turn.audience !== 'admin') return false
  draft.add(`My sources name no way of its own for ${names}. What they say of the case:`)
  adminSteps(turn, draft)
  return draft.pieces.length > 1
}

/** Which system the other side runs: how to find out, and what a greeting does not tell. */
export function identify(turn: Turn, draft: Draft): boolean {
  const [note, banners] = [
    turn.articles.get('who-runs-the-other-side'),
    turn.articles.get('smtp-banners'),
  ]
  const banner = turn.report && readBanner(turn.report.text)
  if (banner && banners)
    draft.add(
      `Its greeting stands in what you pasted: ${asCode(banner.line)}. It points to ${banner.product}, as a hint and no proof.${draft.cite(banners, '')}`,
    )
  if (note) answerFrom(turn, draft, note)
  if (!banners) return note !== undefined
  draft.add(withMark(leadOf(banners), draft.cite(banners, '')))
  const better = partsOf(banners).find(({ heading }) => /better/i.test(heading))
  if (better) sayPart(turn, draft, banners, better, 900)
  return true
}

export function difference(turn: Turn, draft: Draft): boolean {
  if (turn.codes.reply.length === 0 && !/code/i.test(turn.own)) return false
  return (
    fromArticle(turn, draft, 'reply-codes-and-enhanced-codes') ||
    fromArticle(turn, draft, 'codes-explained')
  )
}
