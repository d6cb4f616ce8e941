/** What is looked for in the KB: the question with everything that is known about the case. */

import { concerned } from '../../kb/diagnose/facts.ts'
import type { Audience, Diagnosis, Query, Reason, Report } from '../../kb/types.ts'
import { asksAnything } from './asks.ts'
import type { Conversation } from './conversation.ts'
import { namesAMatter } from './elsewhere.ts'
import { type CodesNamed, isAboutMail } from './intent.ts'
import { contentWords, productsIn } from './sections.ts'
import { codesOf } from './turn.ts'

type Input = {
  readonly conversation: Conversation
  readonly report: Report | null
  readonly diagnosis: Diagnosis | null
  readonly codes: CodesNamed
  readonly products: ReadonlySet<string>
  readonly audience: Audience
}

/** A question of fewer content words hangs on what was said before it. */
const STANDS_ALONE = 4
/** A paste may be a whole mail; its wording beyond this adds nothing that codes and causes do not. */
const LONGEST_TEXT = 600

export function toQuery({
  conversation,
  report,
  diagnosis,
  codes,
  products,
  audience,
}: Input): Query {
  const { last } = conversation
  const isNew = last.report !== null
  const aboutReport = isNew || (hangsOn(last.own) && !last.fresh)
  const named = [...codes.enhanced, ...codes.reply.map(String)]
  return {
    text: textOf(conversation, report, diagnosis).slice(0, LONGEST_TEXT),
    codes: named.length > 0 && !isNew ? named : aboutReport ? codesOf(report) : [],
    reasons: report && aboutReport ? reasonsOf(report) : [],
    causes: aboutReport ? (diagnosis?.causes.slice(0, 3).map(({ id }) => id) ?? []) : [],
    products: [...products],
    providers: report
      ? [...new Set(concerned(report).flatMap(({ provider }) => provider ?? []))]
      : [],
    audience,
  }
}

/** A short question is about what was said before it, unless it names a matter of its own. */
const hangsOn = (own: string): boolean =>
  contentWords(own).length < STANDS_ALONE && !(own.trim() !== '' && namesAMatter(own))

const reasonsOf = (report: Report): Reason[] =>
  [...new Set(concerned(report).map(({ reason }) => reason))].filter(
    (reason) => reason !== 'undefined',
  )

function textOf(
  { last, earlier, previously }: Conversation,
  report: Report | null,
  diagnosis: Diagnosis | null,
): string {
  if (last.report) {
    const words = report ? (concerned(report)[0]?.diagnosticCode ?? '') : ''
    return [last.own, words, diagnosis?.causes[0]?.title ?? diagnosis?.summary ?? '']
      .join(' ')
      .trim()
  }
  const own = last.own || last.text
  // without a report, what was answered just before is what "it" and "that" stand for
  const subject = report ? '' : subjectOf(previously)
  // "I changed my password on Tuesday": no word of mail, and so no matter of its own
  if (subject && !last.fresh && !isAboutMail(own)) return `${own} ${subject}`
  if (!hangsOn(own) || last.fresh) return own
  const goesOn = asksAnything(own) && !/^\W*(?:and|what about|how about)\b/i.test(own)
  if (subject && goesOn && productsIn(own).size === 0) return `${own} ${subject}`
  // an elliptic question hangs on the last full one, not on the elliptic one before
  const full = earlier.findLast((text) => contentWords(text).length >= STANDS_ALONE)
  return [own, full ?? earlier.at(-1) ?? ''].join(' ').trim()
}

/** The first paragraph of an answer that rests on an article; empty for small talk and for "not known". */
function subjectOf(previously: string): string {
  if (/^\*\*I do not know/m.test(previously)) return ''
  const paragraph = previously.split('\n\n').find((text) => / \[\d+\]$/.test(text))
  return paragraph ? paragraph.replace(/\[\d+\]|\*\*/g, '').slice(0, LONGEST_SUBJECT) : ''
}
const LONGEST_SUBJECT = 240
