/** Why we think so: the lines of the paste, who refused, and the causes with what speaks for each. */
import { refusedBy } from '../../../kb/diagnose/facts.ts'
import type { Diagnosis } from '../../../kb/types.ts'
import { asCode, type Draft } from '../draft.ts'
import { sayBlocklist, saySize, sayTimeline, sayX500 } from '../say-tools.ts'
import { partsWith } from '../sections.ts'
import { focus, mainArticle, type Turn } from '../turn.ts'
import { isAsked } from './question.ts'

/** Longest quotation in a short answer, in characters; the page shows the whole line anyway. */
const QUOTE = 160

/** For the person who wrote the mail: the line, and the one cause that is likeliest. */
export function whyInShort(turn: Turn, draft: Draft): void {
  if (!isFailing(turn)) return
  const [top] = turn.diagnosis?.causes ?? []
  const [line, other] = quoteLines(turn)
  const code = focus(turn)?.enhancedStatusCode ?? ''
  const lines = line?.includes(code) ? [line] : [line, other].flatMap((one) => one ?? [])
  const told = whoSaidNo(turn)
  if (!line && !top && !told) return
  draft.add('**Why I think so**')
  for (const one of lines) draft.add(`> ${asCode(one, QUOTE)}`)
  const cause = top ? `Likeliest: ${causeOf(turn, draft, top, 1)}.` : ''
  draft.add([told, cause, runnerUp(turn, draft)].filter(Boolean).join(' '))
  tools(turn, draft)
}

/** Another cause that is worth a thought, where the first is far from sure. */
function runnerUp(turn: Turn, draft: Draft): string {
  const [top, second] = turn.diagnosis?.causes ?? []
  if (!top || !second || top.likelihood >= 0.8 || second.likelihood < 0.15) return ''
  // the question that follows tells the two apart
  if (isAsked(turn)) return ''
  return `Or: ${lower(second.title)}${draft.cite(turn.articles.get(second.articleId), '')}.`
}

/** For an admin: the timeline and the first causes too. */
export function whyInFull(turn: Turn, draft: Draft): void {
  if (!isFailing(turn)) return
  const lines = quoteLines(turn)
  const told = whoSaidNo(turn)
  const causes = causeList(turn, draft, 3, 1)
  if (lines.length === 0 && causes === '' && !told) return
  draft.add('**Why I think so**')
  for (const line of lines) draft.add(`> ${asCode(line)}`)
  draft.add(told)
  sayTimeline(turn, draft)
  draft.add(causes)
  tools(turn, draft)
}

const isFailing = ({ diagnosis, report }: Turn): boolean =>
  diagnosis !== null && (!report || report.kind === 'failure' || report.kind === 'delay')

function tools(turn: Turn, draft: Draft): void {
  sayBlocklist(turn, draft)
  saySize(turn, draft)
  sayX500(turn, draft)
}

/** The likeliest causes, each with what speaks for it. */
export const causeList = (turn: Turn, draft: Draft, most: number, reasons = 3): string =>
  (turn.diagnosis?.causes ?? [])
    .slice(0, most)
    .map((cause, at) => `${at + 1}. ${causeOf(turn, draft, cause, reasons)}`)
    .join('\n')

type Cause = Diagnosis['causes'][number]

function causeOf(turn: Turn, draft: Draft, cause: Cause, reasons: number): string {
  const { title, likelihood, why, articleId } = cause
  const heading = cause === turn.diagnosis?.causes[0] ? causeHeading(turn) : ''
  const because = why.length > 0 ? `: ${why.slice(0, reasons).join('; ')}` : ''
  return `${title} (${chance(likelihood)})${because}${draft.cite(turn.articles.get(articleId), heading)}`
}

const causeHeading = (turn: Turn): string => {
  const article = mainArticle(turn)
  return (article && partsWith(article, 'why', 'recognise')[0]?.heading) ?? ''
}

export const chance = (likelihood: number): string => {
  if (likelihood >= 0.8) return 'very likely'
  if (likelihood >= 0.5) return 'likely'
  return likelihood >= 0.2 ? 'possible' : 'less likely'
}

export const lower = (text: string): string =>
  /^[A-Z][a-z]/.test(text) ? text[0]?.toLowerCase() + text.slice(1) : text

/** Fields whose lines are worth quoting, the most telling first. */
const TELLING = [/diagnostic/i, /status|reply/i, /action/i]

/** Whole lines of the paste that the fields were read from. */
export function quoteLines(turn: Turn): readonly string[] {
  const { report } = turn
  const one = focus(turn)
  if (!report || !one) return []
  const lines = TELLING.flatMap((fields) =>
    one.evidence
      .filter(({ field }) => fields.test(field))
      .map(({ start, end }) => lineAt(report.text, start, end)),
  )
  if (lines.length === 0 && one.diagnosticCode) lines.push(one.diagnosticCode)
  const whole = [...new Set(lines.map((line) => line.replace(/\s+/g, ' ').trim()))]
  return whole
    .filter((line) => line.length > 2)
    .filter((line) => !whole.some((other) => other !== line && other.includes(line)))
    .slice(0, 2)
}

function lineAt(text: string, start: number, end: number): string {
  const from = text.lastIndexOf('\n', start - 1) + 1
  const to = text.indexOf('\n', end)
  return text.slice(from, to < 0 ? undefined : to)
}

/** Whose server refused or gave up, where that can be told. */
export function whoSaidNo(turn: Turn): string {
  const { report } = turn
  const one = focus(turn)
  if (!report || !one) return ''
  const writer = report.reportingMta ?? report.generator.host
  const gaveUp = one.reason === 'expired' || report.kind === 'delay'
  switch (refusedBy(report, one)) {
    case 'other':
      return gaveUp && one.remoteMta
        ? `${asCode(one.remoteMta)}, on the other side, could not be reached or did not accept it.`
        : `The refusal came from the other side${one.remoteMta ? `: ${asCode(one.remoteMta)}` : ''}.`
    case 'own':
      return gaveUp
        ? `The server that held it and wrote this report is ${asCode(writer ?? 'not named')}, on your own side.`
        : `No server of the other side is named: ${asCode(writer ?? 'the server that wrote it')} refused the message itself.`
    case 'unknown':
      return report.generator.product && report.kind !== 'none'
        ? `The report has the form of ${report.generator.product}${writer ? ` and was written by ${asCode(writer)}` : ''}; it does not name the server of the other side.`
        : ''
  }
}
