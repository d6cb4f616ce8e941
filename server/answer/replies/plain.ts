/** The same again: in fewer words, in plainer ones, or in full. */
import type { Draft } from '../draft.ts'
import { explain } from '../explain.ts'
import { sayLead, sayPart } from '../open.ts'
import { adminSteps } from '../say/admin.ts'
import { codeList } from '../say/codes.ts'
import { causeList, whoSaidNo } from '../say/evidence.ts'
import { actors, fateOf, RESEND, whoCanFix } from '../say/verdict.ts'
import { sayTimeline } from '../say-tools.ts'
import { partsWith } from '../sections.ts'
import { mainArticle, type Turn } from '../turn.ts'

/** "Explain that again": all of it, as at first. */
export function again(turn: Turn, draft: Draft): boolean {
  if (!turn.diagnosis) return false
  if (!turn.report && turn.retrieval.band === 'answer') return false
  // the whole has been told already: "why" asks for what is behind it
  if (turn.conversation.turn > 1 && /\bwhy\b/i.test(turn.own) && sayBehind(turn, draft)) return true
  explain(turn, draft)
  return true
}

function sayBehind(turn: Turn, draft: Draft): boolean {
  const article = mainArticle(turn)
  const [part] = article
    ? partsWith(article, 'meaning', 'why').filter(
        ({ markdown }) => !turn.conversation.previously.includes(markdown.slice(0, 120)),
      )
    : []
  if (!article || !part || !turn.diagnosis) return false
  draft.add(`${turn.diagnosis.summary}${draft.cite(article, '')}`)
  sayLead(turn, draft, article)
  sayPart(turn, draft, article, part, 800)
  return true
}

/** "TL;DR": one sentence, what to do first, who acts. */
export function short(turn: Turn, draft: Draft): boolean {
  const { diagnosis } = turn
  if (!diagnosis) return false
  const [step] = diagnosis.nextSteps.sender
  draft.add(`${diagnosis.summary}${draft.cite(mainArticle(turn), '')}`)
  draft.add(`**Send it again?** ${RESEND[diagnosis.resend]}`)
  if (step) draft.add(`**First thing to do:** ${step}`)
  draft.add(whoCanFix(turn))
  return true
}

/** "In plain English?": as one would say it on the phone, without a code and without a name of a server. */
export function simpler(turn: Turn, draft: Draft): boolean {
  const { diagnosis, report } = turn
  if (!diagnosis) return false
  const [step] = diagnosis.nextSteps.sender
  const fate = report ? fateOf(report) : ''
  const mark = draft.cite(mainArticle(turn), '')
  draft.add(`In plain words: ${diagnosis.summary}${mark}`)
  draft.add(
    [
      fate && `- Did the other person get it? ${fate}`,
      `- Can you send it again? ${RESEND[diagnosis.resend]}`,
      step && `- What you should do: ${step}`,
      `- Who can put it right: ${actors(diagnosis)}.`,
    ]
      .filter(Boolean)
      .join('\n'),
  )
  return true
}

/** "More detail": what the short answer left out. */
export function detail(turn: Turn, draft: Draft): boolean {
  const article = mainArticle(turn)
  if (!turn.diagnosis) return false
  const [meaning] = article ? partsWith(article, 'meaning') : []
  if (article && meaning) sayPart(turn, draft, article, meaning, 1200)
  codeList(turn, draft)
  draft.add(whoSaidNo(turn))
  sayTimeline(turn, draft)
  const causes = causeList(turn, draft, 4)
  if (causes) draft.add(`**What may be behind it**\n\n${causes}`)
  adminSteps(turn, draft)
  return draft.pieces.length > 0
}
