/** How long it took, how long it will take. */
import type { Article } from '../../../kb/types.ts'
import { asCode, type Draft } from '../draft.ts'
import { answerFrom } from '../open.ts'
import { quoteLines, whoSaidNo } from '../say/evidence.ts'
import { RESEND } from '../say/verdict.ts'
import { sayTimeline } from '../say-tools.ts'
import { fits, partsWith } from '../sections.ts'
import { focus, mainArticle, type Turn } from '../turn.ts'
import { sayAspect } from './aspects.ts'
import { apply } from './manage.ts'
import { profileOf } from './profile.ts'
import { sayTimes } from './times.ts'

const HOW_IT_WAITS =
  'Mail is built to get through rather than to be quick. When the other side does not take a message, the server that holds it keeps it and tries again and again, in the hope that the trouble passes. Only when the time allowed for that is over does it give up and tell you.'

/** Shorter than this, in hours, the two times are those of the report and tell nothing of a wait. */
const LEAST_WAIT = 0.5
/** From this many hours on, a message has waited and was not refused at once. */
const WAITED = 2

export function duration(turn: Turn, draft: Draft): boolean {
  // nothing waited where the message arrived
  if (turn.report?.kind === 'auto-reply') return false
  const article = turn.articles.get('queue-expired')
  const often = /\bhow (?:many (?:times|attempts|tries)|often)\b/i.test(turn.own)
  if (turn.report && often) sayAttempts(turn, draft)
  const left = LEFT.exec(turn.report?.text ?? '')?.[1]
  if (left && /\b(?:left|until|longer|how long|when|keep)\b/i.test(turn.own))
    draft.add(
      `**${left} hours** from the time of the report, by its own words.${draft.cite(article, '')}`,
    )
  if (turn.report && !waited(turn)) return refusedAtOnce(turn, draft)
  if (
    turn.report?.kind === 'delay' &&
    /\buntil\b|\bhow (?:long|much longer)\b|\bwhen\b/i.test(turn.own)
  )
    sayTimeline(turn, draft)
  const mark = draft.cite(article, 'What it means')
  draft.add(`${opening(turn)} ${HOW_IT_WAITS}${mark}`)
  sayTimeline(turn, draft)
  const row = queueRow(turn, article)
  if (row) draft.add(`${row}${mark}`)
  draft.add(
    `The waiting time is set by whichever server holds the message at that moment, which need not be your own. ${whoSaidNo(turn)}${mark}`,
  )
  return true
}

/** Gmail says how long it goes on. */
const LEFT = /retry for (\d+) more hours/i
/** Exchange Online counts the attempts in its report. */
const ATTEMPTS = /(?:total retry attempts|delivery attempts)\W{1,3}(\d+)/i

function sayAttempts(turn: Turn, draft: Draft): void {
  const count = ATTEMPTS.exec(turn.report?.text ?? '')?.[1]
  const mark = draft.cite(turn.articles.get('queue-expired') ?? mainArticle(turn), '')
  draft.add(
    count
      ? `**${count} times**, by the report.${mark}`
      : `**The report does not say how often.**${mark}`,
  )
}

const waited = (turn: Turn): boolean => {
  const one = focus(turn)
  const passing =
    one?.enhancedStatusCode?.startsWith('4') || String(one?.replyCode ?? '')[0] === '4'
  return (
    turn.report?.kind === 'delay' ||
    one?.reason === 'expired' ||
    passing ||
    /queue too long|retry (?:time|count)|gave up|given up/i.test(one?.diagnosticCode ?? '') ||
    (turn.tools.timeline?.hours ?? 0) >= WAITED
  )
}

function opening({ report, tools }: Turn): string {
  if (report?.kind === 'delay') return 'It is not over yet: the server still tries.'
  const time = (tools.timeline?.hours ?? 0) >= LEAST_WAIT ? tools.timeline?.waited : undefined
  return time ? `Because a server held your message for **${time}** and kept trying.` : ''
}

function refusedAtOnce(turn: Turn, draft: Draft): boolean {
  const { timeline } = turn.tools
  draft.add(
    timeline?.waited
      ? `This message did not wait for its time to run out (${timeline.waited} between sending and report): it was refused, not expired.`
      : 'The report does not tell how long it took: one of the two times is missing. It names a refusal, which is told at once; a wait before it is not excluded.',
  )
  for (const line of quoteLines(turn)) draft.add(`> ${asCode(line)}`)
  draft.add(`${turn.diagnosis?.summary ?? ''}${draft.cite(mainArticle(turn), '')}`)
  return true
}

/** The rows of the article's table that speak of the server that gave up. */
export function queueRow(turn: Turn, article: Article | undefined): string {
  const [head, , ...body] = article ? tableOf(article) : []
  if (!head || turn.products.size === 0) return ''
  return body
    .filter(([name]) => name && fits(name, turn.products) && !fits(name, new Set()))
    .slice(0, 3)
    .map(([name, ...cells]) => {
      const values = cells.map((cell, at) => `${(head[at + 1] ?? '').toLowerCase()}: ${cell}`)
      return `- **${name}**: ${values.join('; ')}`
    })
    .join('\n')
}

const tableOf = (article: Article): readonly (readonly string[])[] =>
  partsWith(article, 'meaning')
    .flatMap(({ markdown }) => markdown.split('\n'))
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )

/** Until when, as far as the report or the product's own times tell. */
function stillTried(turn: Turn, draft: Draft): true {
  const article = turn.articles.get('queue-expired')
  sayTimeline(turn, draft)
  const row = queueRow(turn, article)
  if (row) draft.add(`${row}${draft.cite(article, 'What it means')}`)
  return true
}

/** Asks for the time that a change needs, not for that of the trouble. */
const AFTER_CHANGE =
  /\b(?:after|once|when)\b.*\b(?:chang\w*|set|fix\w*|repair\w*|correct\w*|publish\w*|remov\w*|add(?:ed)?|switch\w*|enabl\w*|allow\w*)\b|\btakes? effect\b/i

/** Kinds of trouble whose usual times are worth a look. */
const TIMED = new Set(['block', 'auth', 'rate', 'late', 'down', 'unknown'])

export function future(turn: Turn, draft: Draft): boolean {
  const article = turn.articles.get('how-long-will-it-take')
  if (AFTER_CHANGE.test(turn.own) && turn.diagnosis && turn.report) return apply(turn, draft)
  if (turn.report?.kind === 'delay')
    return sayAspect('wait', turn, draft) && stillTried(turn, draft)
  if (turn.diagnosis) {
    sayAspect('wait', turn, draft)
    sayTimes(turn, draft)
    draft.add(
      `**Send it again?** ${RESEND[turn.diagnosis.resend]}${draft.cite(mainArticle(turn), '')}`,
    )
    if (!TIMED.has(profileOf(turn))) return true
  }
  if (article) answerFrom(turn, draft, article)
  return article !== undefined || turn.diagnosis !== null
}

/** "Is it permanent?", "what does permanent mean?": the words, and which of them this report is. */
export function lasting(turn: Turn, draft: Draft): boolean {
  const article = turn.articles.get('hard-and-soft-bounces')
  const mark = draft.cite(article, '')
  draft.add(
    `**Permanent** means that the server refused this message for good and will not try again: as it is, it will be refused each time. **Temporary** means "not now": servers try again by themselves.${mark}`,
  )
  if (turn.diagnosis && turn.report)
    draft.add(`**Your report:** ${verdictOf(turn)}${draft.cite(mainArticle(turn), '')}`)
  if (turn.diagnosis) draft.add(`**Send it again?** ${RESEND[turn.diagnosis.resend]}`)
  return true
}

/** By RFC 3464, 2.3.3, "failed" ends the attempts for this message, whatever the class of its code. */
function verdictOf({ report, diagnosis }: Turn): string {
  if (report?.kind === 'delay') return 'temporary, and not over. The server still tries.'
  if (report?.kind !== 'failure') return 'nothing failed here, so neither word applies.'
  if (diagnosis?.permanent === true) return 'permanent.'
  return diagnosis?.permanent === false
    ? 'the trouble is of a passing kind, but the server has given up: this message will not be tried again.'
    : 'final for this message, for the server has given up; the trouble behind it may well pass, so a new copy can get through later.'
}

/** "The times are wrong": which times the report has, and whether they can be. */
export function clock(turn: Turn, draft: Draft): boolean {
  const { report } = turn
  if (!report) return false
  const mark = draft.cite(turn.articles.get('reading-an-ndr') ?? mainArticle(turn), '')
  draft.add(
    report.signs.includes('impossible-times')
      ? `The report is dated before the message itself, which cannot be: a clock or a time zone is wrong on one of the machines. Do not rely on the times in it.${mark}`
      : `Each time in a report is that of the machine that wrote it, with its own clock and time zone; a difference of minutes, or of whole hours, is mostly that.${mark}`,
  )
  sayTimeline(turn, draft)
  return true
}
