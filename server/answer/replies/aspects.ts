/** Everyday questions around a report, each answered in its first words. The words are data. */
import aspectData from '../../../kb/data/intents/aspects.json' with { type: 'json' }
import type { Draft } from '../draft.ts'
import { asCode } from '../draft.ts'
import { nearestPart } from '../near-part.ts'
import { sayPart } from '../open.ts'
import { adminSteps, productParts } from '../say/admin.ts'
import { quoteLines } from '../say/evidence.ts'
import { ask } from '../say/question.ts'
import { actors, RESEND, senderSteps } from '../say/verdict.ts'
import { sayTimeline } from '../say-tools.ts'
import { partsOf } from '../sections.ts'
import { mainArticle, type Turn } from '../turn.ts'
import { isYesNo } from '../yes-no-form.ts'
import { type Profile, profileOf, troubleOf } from './profile.ts'

export type Aspect = keyof typeof aspectData
type Reply = (turn: Turn, draft: Draft) => boolean

/** The sentence on that aspect for this kind of trouble, else the one that holds for all. */
export function aspectText(aspect: Aspect, turn: Turn): string {
  const texts: Readonly<Record<string, string>> = aspectData[aspect]
  const profile = BEHIND.has(aspect) ? troubleOf(turn) : profileOf(turn)
  return texts[profile] ?? texts[''] ?? ''
}

/** That a remark and the report may both be right: said only of a remark that speaks against the report. */
export function doubtText(turn: Turn): string {
  const text = isOfName(turn) ? aspectData.doubt.ptr : aspectText('doubt', turn)
  return AGAINST.test(turn.own) ? text : text.replace(BOTH, '')
}
/** The refusal is about the server's name, which two entries in DNS make. */
const isOfName = ({ diagnosis }: Turn): boolean => diagnosis?.reason === 'requireptr'
const BOTH = /^\*\*Both can be true[^*]*\*\* /
/** Claims that all is as it should be, was so before, or is so for others. */
const AGAINST =
  /\b(?:but|though|although|however|yet|sure|certain|correct|right|true|fine|okay|ok|works?|worked|working|passes|passed|valid|exists?|not|never|nothing|nobody|only (?:\d+|one|two|a few)|just (?:a|one|replied)|always|already|every(?:body|one)|years?|last|yesterday|claims?|swears?|says|deleted|cleared|checked|verified|confirmed|allowed|member|owner|gets?|points? to|(?:is|are) (?:set|there|on|open|up|clean)|since \d{4}|been sending)\b|n't\b|!/i

/** Asked of what is behind it, even while the message still waits. */
const BEHIND = new Set<Aspect>(['risk', 'prevent', 'who-did', 'doubt'])

/** Says it with its source; false without a case to say it of. */
export function sayAspect(aspect: Aspect, turn: Turn, draft: Draft): boolean {
  if (!turn.diagnosis) return false
  draft.add(`${aspectText(aspect, turn)}${draft.cite(mainArticle(turn), '')}`)
  return true
}

const plain =
  (aspect: Aspect): Reply =>
  (turn, draft) =>
    sayAspect(aspect, turn, draft)

export function aware(turn: Turn, draft: Draft): boolean {
  if (!sayAspect('aware', turn, draft)) return false
  if (turn.diagnosis && /\b(?:once|when|after|later|as soon as)\b/i.test(turn.own))
    draft.add(`**Send it again?** ${RESEND[turn.diagnosis.resend]}`)
  return true
}
export const stranger = plain('stranger')
export const copy = plain('copy')
export const recall = plain('recall')
export const program = plain('program')
export const smaller = plain('smaller')

export function prevent(turn: Turn, draft: Draft): boolean {
  if (turn.diagnosis && AGAIN.test(turn.own) && !/\bhow\b/i.test(turn.own))
    draft.add(
      turn.report?.kind === 'failure'
        ? '**Yes, it can happen again as long as the cause is there.**'
        : '**The report does not say.**',
    )
  return sayAspect('prevent', turn, draft) && sayActors(turn, draft)
}

export function ifNever(turn: Turn, draft: Draft): boolean {
  if (turn.diagnosis && MENDED.test(turn.own) && !UNDONE.test(turn.own)) {
    draft.add(
      `**Then it can get through.** Send it again? ${RESEND[turn.diagnosis.resend]} ${turn.diagnosis.summary}${draft.cite(mainArticle(turn), '')}`,
    )
    return true
  }
  return sayAspect('if-never', turn, draft) && sayActors(turn, draft)
}

function sayActors({ diagnosis }: Turn, draft: Draft): true {
  if (diagnosis && diagnosis.actors.length > 0)
    draft.add(`**Who can change it:** ${actors(diagnosis)}.`)
  return true
}

/** "What if she makes room?" against "what if she never does?" */
const MENDED =
  /\b(?:delet\w+|fix\w*|empt\w+|make room|makes room|allow\w*|unblock\w*|chang\w+|add\w*|clean\w*|clear\w*|repair\w*|remov\w+)\b/i
const UNDONE = /\b(?:never|not|no|nobody|nothing|refus\w*|won't|don't|doesn't|can't|isn't)\b/i
const AGAIN = /\b(?:again|danger|repeat\w*|every time|keep happening|next mail|stay fixed)\b/i
/** Kinds of trouble in which it matters from where one writes. */
const BY_SENDER = new Set(['group', 'block', 'auth', 'relay', 'rate', 'spam'])

/** "Can I use my private account?", "does it matter that he writes from there?" */
export function otherAccount(turn: Turn, draft: Draft): boolean {
  if (!turn.diagnosis) return false
  const asked = /\bmatters?\b|\bmake a difference\b/i.test(turn.own)
  const yes = BY_SENDER.has(profileOf(turn)) ? 'Yes, it matters. ' : ''
  const text = aspectText('other-account', turn)
  draft.add(`${asked ? yes : ''}${text}${draft.cite(mainArticle(turn), '')}`)
  return true
}

/** "What can I do in the meantime?" */
export function otherWay(turn: Turn, draft: Draft): boolean {
  if (!turn.diagnosis || NO_WAY.test(turn.own)) return false
  const mark = draft.cite(mainArticle(turn), '')
  draft.add(
    `${/\bhow\b|\bwhat\b/i.test(turn.own) ? 'By' : 'Yes: by'} phone, by chat, through another person there, or at another address of theirs; a file by a share link.${mark}`,
  )
  draft.add(
    `**From another account?** ${aspectText('other-account', turn).replaceAll('**', '')}${mark}`,
  )
  senderSteps(turn, draft)
  return true
}

/** Wants to see or to get rid of something, not to reach somebody. */
const NO_WAY =
  /\bget rid\b|\b(?:see|know|tell|find out|look up|check)\b[^?.]*\b(?:who|what|which|whether|if)\b/i

const INCOMING =
  /\b(?:he|she|they|her|him|them|customers?|others?)\b[^?.]*\b(?:write|reply|answer|mail|reach|send)\w*\b[^?.]*\b(?:me|us)\b|\b(?:receive|incoming|come in|get mail)\b/i

/** "Only him, or everybody?", "can she still write to me?" */
export function spread(turn: Turn, draft: Draft): boolean {
  const { diagnosis } = turn
  if (!diagnosis) return false
  const mark = draft.cite(mainArticle(turn), '')
  const full = profileOf(turn) === 'full'
  if (INCOMING.test(turn.own) && full) {
    draft.add(
      `**Perhaps not:** where the limit for all is reached, many systems neither take nor let go, so that a full mailbox cannot send either; the report does not say how it is here. Mail from another account of theirs reaches you.${mark}`,
    )
    return true
  }
  if (INCOMING.test(turn.own))
    draft.add(
      `The report speaks of the way from you to them alone; of mail from them to you it says nothing, and nothing in it stands against that.${mark}`,
    )
  const text = aspectText('spread', turn)
  const everybody = /^\*\*(?:Every|All)/.test(text) && OTHERS_WRITE.test(turn.own)
  const word = everybody
    ? '**Yes.** '
    : ONLY.test(turn.own) || !isYesNo(turn.own)
      ? ''
      : (IN_A_WORD[profileOf(turn)] ?? '')
  draft.add(`${word}${text}${mark}`)
  return true
}

const ONLY = /\b(?:only|just|alone)\b/i
/** "Do others who write to it get that too?": about those who write, not about whom else one writes to. */
const OTHERS_WRITE =
  /\b(?:others?|everybody|everyone|anyone|anybody|customers?|colleagues?|people|they|the rest|nobody|team)\b[^?.]*\b(?:get|gets|see|sees|have|has|run into|receive|writes?|mail|mails|hit|affected)\b/i
/** Yes or no to "others too?". */
const IN_A_WORD: Readonly<Partial<Record<Profile, string>>> = {
  ...Object.fromEntries(
    (
      ['address', 'full', 'big', 'group', 'service', 'loop', 'forward', 'content', 'stale'] as const
    ).map((one) => [one, '**No.** ']),
  ),
  ...Object.fromEntries((['block', 'auth', 'misused'] as const).map((one) => [one, '**Yes.** '])),
}

/** Asks for the way too, not for the danger alone. */
const OFF = /\b(?:turn|switch|disable|bypass|skip|allow|open|set)\w*\b/i

/** "What are the risks?": what the article warns of, after the answer. */
export function risk(turn: Turn, draft: Draft): boolean {
  if (!sayAspect('risk', turn, draft)) return false
  const article = mainArticle(turn)
  const part = article && partsOf(article).find(({ markdown }) => /^\*\*Careful/m.test(markdown))
  const [way] = turn.audience === 'admin' && OFF.test(turn.own) ? productParts(turn) : []
  if (article && way) {
    sayPart(turn, draft, article, way, 800)
    if (way === part) return true
  }
  const warning = part && /^\*\*Careful[^\n]*(?:\n(?!\n)[^\n]*)*/m.exec(part.markdown)?.[0]
  if (article && part && warning && !turn.conversation.previously.includes(warning))
    sayPart(turn, draft, article, { ...part, markdown: warning }, 600, false)
  return true
}

/** "Can I prove that I sent it?": with the times that the report has. */
export function proof(turn: Turn, draft: Draft): boolean {
  if (!sayAspect('proof', turn, draft)) return false
  sayTimeline(turn, draft)
  for (const line of quoteLines(turn).slice(0, 1)) draft.add(`> ${asCode(line)}`)
  return true
}

/** A change on one's own side just before; "nothing was changed" is none. */
const CHANGED =
  /^(?!.*\b(?:nothing|not|never|no|didn't|haven't)\b).*\b(?:moved|migrated|switched|changed|updated|upgraded|replaced|renewed|new)\b/i
const THEIR_SIDE = new Set(['full', 'address', 'group'])

/** "But her mailbox is fine": how both can be true, and what the report rests on. */
export function doubt(turn: Turn, draft: Draft): boolean {
  const { diagnosis, report } = turn
  if (!diagnosis || !report || report.kind === 'success' || report.kind === 'auto-reply')
    return false
  const changed = CHANGED.test(turn.own) && !THEIR_SIDE.has(profileOf(turn))
  if (changed)
    draft.add(
      `**That may well be it:** what was changed just before is to be suspected first. The report itself does not say so. ${diagnosis.summary}${draft.cite(mainArticle(turn), '')}`,
    )
  if (!changed || /\b(?:they|their|he|she|his|her)\b/i.test(turn.own))
    draft.add(`${doubtText(turn)}${draft.cite(mainArticle(turn), '')}`)
  for (const line of quoteLines(turn).slice(0, 1))
    draft.add(`The report's own words: ${asCode(line)}`)
  const article = mainArticle(turn)
  const part = article && nearestPart(turn, article)
  if (article && part) sayPart(turn, draft, article, part, 500)
  if (turn.audience === 'admin') adminSteps(turn, draft)
  else senderSteps(turn, draft)
  ask(turn, draft)
  return true
}

/** "Only this customer", "gmail takes it": what differs between what fails and what does not. */
export const narrow = plain('narrow')
