/** A remark about the case that no wording and no fact settles: taken in, and what is known said around it. */
import { isStatement } from './asks.ts'
import type { Draft } from './draft.ts'
import { namesMatter } from './elsewhere.ts'
import { nearestPart } from './near-part.ts'
import { sayPart } from './open.ts'
import { doubtText } from './replies/aspects.ts'
import { CHANGE, THEIRS } from './replies/guess.ts'
import { profileOf } from './replies/profile.ts'
import { adminSteps } from './say/admin.ts'
import { lower } from './say/evidence.ts'
import { ask } from './say/question.ts'
import { senderSteps, verdict } from './say/verdict.ts'
import { mainArticle, type Turn } from './turn.ts'

/** A remark about the case: not one about a matter of its own, of which an article was surely found. */
export function isRemark(turn: Turn): boolean {
  const { own, retrieval, diagnosis } = turn
  const found = retrieval.passages[0]?.articleId
  const ofCase = diagnosis?.causes.some(({ articleId }) => articleId === found) ?? false
  const other = retrieval.band === 'answer' && namesMatter(turn) && !ofCase
  return isStatement(own) && !other && !turn.conversation.last.fresh
}

const CHANGED =
  '**That may well be it:** what was changed just before is to be suspected first. The report itself does not say so.'

/** What was said changes no likelihood that I know of: say so, and what it leaves standing. */
export function sayStanding(turn: Turn, draft: Draft): boolean {
  const { diagnosis, report } = turn
  const [top, second] = diagnosis?.causes ?? []
  const article = mainArticle(turn)
  if (!diagnosis || !report || !article || !top) return false
  draft.add(
    `I take that in; it does not change what the report says: **${diagnosis.summary}**${draft.cite(article, '')}`,
  )
  const suspect = CHANGE.test(turn.own) && !THEIRS.has(profileOf(turn))
  const text = suspect ? CHANGED : doubtText(turn)
  if (!turn.conversation.previously.includes(text)) draft.add(`${text}${draft.cite(article, '')}`)
  const part = nearestPart(turn, article)
  if (part && !turn.conversation.previously.includes(part.markdown.slice(0, 80)))
    sayPart(turn, draft, article, part, 500)
  saySizeTold(turn, draft)
  if (second)
    draft.add(
      `If that is ruled out, look at this next: ${lower(second.title)}.${draft.cite(turn.articles.get(second.articleId), '')}`,
    )
  if (turn.audience === 'admin') adminSteps(turn, draft)
  else senderSteps(turn, draft)
  verdict(turn, draft)
  ask(turn, draft)
  return true
}

/** "The file is only 9 MB": what travels is more. Base64 makes four bytes of three (RFC 2045, 6.8). */
function saySizeTold({ own, diagnosis, articles }: Turn, draft: Draft): void {
  const [, number = '', unit = ''] = /(\d+(?:[.,]\d+)?)\s*(mb|gb|kb|megabytes?)\b/i.exec(own) ?? []
  if (number === '' || diagnosis?.reason !== 'mesgtoobig') return
  const sent = Math.round(Number.parseFloat(number.replace(',', '.')) * (4 / 3) * 10) / 10
  draft.add(
    `Files grow by about a third when they are packed into a mail: ${number} ${unit} travel as about ${sent} ${unit}.${draft.cite(articles.get('message-too-large'), '')}`,
  )
}
