/** The answer to a report: what happened, what to do, why we think so, details for the admin. */
import { hoursQueued, refusedBy } from '../../kb/diagnose/facts.ts'
import type { Diagnosis, Report } from '../../kb/types.ts'
import { asCode, type Draft, withMark } from './draft.ts'
import { fill, valuesOf } from './fill.ts'
import { sayBlocklist, saySize, sayTimeline, sayX500 } from './say-tools.ts'
import { fits, leadOf, partsWith, productsIn, shorten } from './sections.ts'
import { focus, mainArticle, type Turn } from './turn.ts'

/** `asked`: what the person asked along with the paste; it comes right after the first sentence. */
export function explain(turn: Turn, draft: Draft, asked?: Section): void {
  headline(turn, draft)
  oddities(turn, draft)
  asked?.(turn, draft)
  const sections = turn.audience === 'admin' ? ADMIN : SENDER
  for (const section of sections) section(turn, draft)
}

export type Section = (turn: Turn, draft: Draft) => unknown

const SENDER: readonly Section[] = [others, whatToDo, whySo, adminPart, ask]
const ADMIN: readonly Section[] = [others, codes, whySo, adminPart, senderPart, ask]

/** One sentence for the person. */
export function headline(turn: Turn, draft: Draft): void {
  const { diagnosis } = turn
  if (!diagnosis) return
  const [first] = diagnosis.causes
  const article = first && first.likelihood >= 0.2 ? mainArticle(turn) : undefined
  const mark = draft.cite(article, '')
  const lead = article && diagnosis.reason !== 'undefined' && (first?.likelihood ?? 0) >= 0.35
  draft.add(`**${diagnosis.summary}**${mark}`)
  if (lead && article && turn.report?.kind === 'failure') {
    const text = leadOf(article)
    if (text && !sameStart(text, diagnosis.summary)) draft.add(`${text}${mark}`)
    // "expired" is taken for "wrong address" again and again; nobody has said anything about the address
    if (diagnosis.reason === 'expired')
      draft.add(`That is no proof that the address is wrong: no server refused it.${mark}`)
  }
}

const sameStart = (a: string, b: string): boolean => a.slice(0, 40) === b.slice(0, 40)

/** Contradictions and other oddities that the report shows, named before anything is built on them. */
export function oddities(turn: Turn, draft: Draft): void {
  const { report } = turn
  if (!report) return
  const seen = new Set<string>()
  for (const warning of report.warnings.slice(0, 4)) {
    if (seen.has(warning)) continue
    seen.add(warning)
    draft.add(`**Note:** ${warning.replaceAll('`', "'")}`)
  }
  if (report.signs.includes('status-contradiction') || hasContradiction(report))
    contradiction(turn, draft)
  if (
    turn.tools.timeline?.impossible &&
    !report.warnings.some((one) => /time|clock|date/i.test(one))
  )
    draft.add(
      '**Note:** the report is dated before the message itself. One of the two clocks is wrong, so do not rely on the times.',
    )
}

export function hasContradiction(report: Report): boolean {
  return report.recipients.some(
    ({ enhancedStatusCode, replyCode }) =>
      enhancedStatusCode !== null &&
      replyCode !== null &&
      enhancedStatusCode[0] !== String(replyCode)[0],
  )
}

/** A 550 with a 4.4.7: both named, and which one to believe. */
export function contradiction(turn: Turn, draft: Draft): void {
  const one = turn.report?.recipients.find(
    ({ enhancedStatusCode, replyCode }) => enhancedStatusCode && replyCode,
  )
  sayContradiction(turn, draft, one?.enhancedStatusCode ?? undefined, one?.replyCode ?? undefined)
}

export function sayContradiction(
  turn: Turn,
  draft: Draft,
  enhanced: string | undefined,
  reply: number | undefined,
): void {
  const article = turn.articles.get('contradicting-codes')
  if (!enhanced || !reply || enhanced[0] === String(reply)[0]) return
  const [temporary, permanent] = ['a passing problem', 'a final refusal']
  const kind = (digit: string | undefined) =>
    digit === '4' ? temporary : digit === '5' ? permanent : 'success'
  const exact = article?.sections.find(
    ({ heading }) => heading.includes(enhanced) && heading.includes(String(reply)),
  )
  const intro = `The two codes contradict each other at first sight: \`${reply}\` stands for ${kind(String(reply)[0])}, \`${enhanced}\` for ${kind(enhanced[0])}.`
  const mark = draft.cite(article, exact?.heading ?? 'Who wins')
  draft.add(
    exact
      ? `${intro}${mark}`
      : `${intro} The words of the refusing server and the more precise code win; \`Action: failed\` makes it final.${mark}`,
  )
  if (exact) draft.add(withMark(exact.markdown.replace(/^#+ .*\n+/, ''), mark))
}

/** Was it delivered to the others? */
function others(turn: Turn, draft: Draft): void {
  const { report } = turn
  if (!report || report.recipients.length < 2) return
  draft.add(recipientList(report))
}

export function recipientList(report: Report): string {
  const lines = report.recipients
    .slice(0, 12)
    .map(({ finalRecipient, originalRecipient, action, enhancedStatusCode, replyCode }) => {
      const codes = [replyCode, enhancedStatusCode].filter((code) => code !== null).join(' ')
      const state = action ?? (report.kind === 'delay' ? 'delayed' : 'failed')
      return `- ${asCode(finalRecipient ?? originalRecipient ?? 'address not told')}: ${STATES[state]}${codes ? ` (\`${codes}\`)` : ''}`
    })
  const more = report.recipients.length > 12 ? `\n- and ${report.recipients.length - 12} more` : ''
  return `This report names ${report.recipients.length} recipients:\n\n${lines.join('\n')}${more}\n\nA recipient that it does not name is not part of this failure.`
}

const STATES = {
  failed: 'not delivered',
  delayed: 'delayed, still being tried',
  delivered: 'delivered',
  relayed: 'handed on to a server that sends no reports',
  expanded: 'delivered to a list and handed on to its members',
} as const

/** What the person can do, and whether sending again makes sense. */
export function whatToDo(turn: Turn, draft: Draft): void {
  const { diagnosis } = turn
  if (!diagnosis) return
  const article = mainArticle(turn)
  const steps = diagnosis.nextSteps.sender.slice(0, 5)
  const mark = draft.cite(article, partsWith2(turn))
  if (steps.length > 0)
    draft.add(
      `**What to do now**\n\n${withMark(steps.map((step) => `- ${step}`).join('\n'), mark)}`,
    )
  draft.add(`**Send it again?** ${RESEND[diagnosis.resend]}`)
  draft.add(`**Who can fix it:** ${actors(diagnosis)}.`)
}

const partsWith2 = (turn: Turn): string => {
  const article = mainArticle(turn)
  return article && partsWith(article, 'sender').length > 0 ? 'What you can do' : ''
}

export const RESEND: Readonly<Record<Diagnosis['resend'], string>> = {
  'no-need': 'No need: it is there or on its way.',
  wait: 'No. A server is still trying, and a second copy would only arrive twice.',
  later:
    'Once, a little later, or when the other side says that its mail works again; nothing in the mail itself has to be changed.',
  'after-fix':
    'Not yet. It would come back in the same way until somebody has changed what is wrong.',
  'new-address':
    'Only to an address that you have checked; to the same address it will come back again.',
  smaller: 'Only smaller, or with a link in place of the attachment.',
  never: 'No.',
  unknown:
    'I cannot tell from this report. Find out first what was refused; an unchanged copy may come back in the same way.',
}

const ACTORS: Readonly<Record<Diagnosis['actors'][number], string>> = {
  sender: 'you',
  'sender-admin': 'your own mail admin or IT',
  recipient: 'the recipient',
  'recipient-admin': 'the mail admin of the other side',
  provider: 'the mail or hosting provider',
}

export const actors = ({ actors: list }: Diagnosis): string =>
  list.length === 0
    ? 'the report does not tell'
    : list
        .slice(0, 3)
        .map((actor) => ACTORS[actor])
        .join(', then ')

/** The lines it rests on, the causes in their order, and what speaks for each. */
export function whySo(turn: Turn, draft: Draft): void {
  const { diagnosis, report } = turn
  if (!diagnosis || (report && report.kind !== 'failure' && report.kind !== 'delay')) return
  const lines = quoteLines(turn)
  const causes = diagnosis.causes.slice(0, 3).map(({ title, likelihood, why, articleId }, at) => {
    const mark = draft.cite(turn.articles.get(articleId), at === 0 ? causeHeading(turn) : '')
    const reasons = why.length > 0 ? `: ${why.slice(0, 3).join('; ')}` : ''
    return `${at + 1}. ${title} (${chance(likelihood)})${reasons}${mark}`
  })
  const told = whoSaidNo(turn)
  if (lines.length + causes.length === 0 && !told) return
  draft.add('**Why I think so**')
  for (const line of lines) draft.add(`> ${asCode(line)}`)
  draft.add(told)
  sayTimeline(turn, draft)
  draft.add(causes.join('\n'))
  sayBlocklist(turn, draft)
  saySize(turn, draft)
  sayX500(turn, draft)
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

/** Whole lines of the paste that the fields were read from. */
export function quoteLines(turn: Turn): readonly string[] {
  const { report } = turn
  const one = focus(turn)
  if (!report || !one) return []
  const wanted = one.evidence.filter(({ field }) => /diagnostic|status|reply|action/i.test(field))
  const lines = wanted.map(({ start, end }) => lineAt(report.text, start, end))
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
        ? `The server that could not be reached or did not accept it is ${asCode(one.remoteMta)}, on the other side.`
        : `The refusal came from the other side${one.remoteMta ? `: ${asCode(one.remoteMta)}` : ''}.`
    case 'own':
      return gaveUp
        ? `The server that held the message and wrote this report is ${asCode(writer ?? 'not named')}, on your own side.`
        : `The report names no server of the other side: ${asCode(writer ?? 'the server that wrote it')} refused the message itself.`
    case 'unknown':
      return report.generator.product && report.kind !== 'none'
        ? `The report has the form of ${report.generator.product}${writer ? ` and was written by ${asCode(writer)}` : ''}; it does not name the server of the other side.`
        : ''
  }
}

function codes(turn: Turn, draft: Draft): void {
  const list = turn.diagnosis?.codes ?? []
  if (list.length === 0) return
  draft.add(
    `**The codes**\n\n${list
      .slice(0, 4)
      .map(({ code, meaning, source }) => `- \`${code}\`: ${meaning} ([source](${source}))`)
      .join('\n')}`,
  )
}

/** Commands and menu paths, those of the product in question first and only those. */
export function adminPart(turn: Turn, draft: Draft): void {
  const { diagnosis } = turn
  if (!diagnosis || turn.report?.kind === 'auto-reply' || turn.report?.kind === 'success') return
  const article = mainArticle(turn)
  const steps = diagnosis.nextSteps.admin.slice(0, 5)
  const details = article ? productParts(turn) : []
  if (steps.length === 0 && details.length === 0) return
  const mark = draft.cite(article, details[0]?.heading ?? 'What your mail admin can do')
  draft.add(turn.audience === 'admin' ? '**What to do**' : '**For your mail admin**')
  draft.add(withMark(steps.map((step) => `- ${step}`).join('\n'), mark))
  if (turn.audience === 'sender') {
    const decoded = diagnosis.codes[0]
    if (decoded) draft.add(`\`${decoded.code}\`: ${decoded.meaning} ([source](${decoded.source}))`)
    return
  }
  for (const part of details.slice(0, 2)) {
    const own = draft.cite(article, part.heading)
    draft.add(
      `**${part.heading}**\n\n${withMark(fill(shorten(part.markdown, 1200), valuesOf(turn.report)), own)}`,
    )
  }
}

/** Parts for admins that name a product in question; none where the article makes no difference. */
export function productParts(turn: Turn) {
  const article = mainArticle(turn)
  if (!article) return []
  const parts = partsWith(article, 'sender-admin')
  const named = parts.filter(
    ({ heading }) => productsIn(heading).size > 0 && fits(heading, turn.products),
  )
  return named.length > 0 ? named : parts.filter(({ heading }) => productsIn(heading).size === 0)
}

function senderPart(turn: Turn, draft: Draft): void {
  const { diagnosis } = turn
  if (!diagnosis) return
  const [first] = diagnosis.nextSteps.sender
  draft.add(
    `**For the person who wrote the mail:** ${first ? `${first} ` : ''}Send it again? ${RESEND[diagnosis.resend]}`,
  )
}

/** The one question whose answer would tell the causes apart. */
export function ask(turn: Turn, draft: Draft): void {
  const [question] = turn.diagnosis?.questions ?? []
  const top = turn.diagnosis?.causes[0]?.likelihood ?? 0
  if (
    !question ||
    top > 0.93 ||
    (turn.report && turn.report.kind !== 'failure' && turn.report.kind !== 'delay')
  )
    return
  draft.add(`To narrow it down: **${question.text}** (${question.options.join(' / ')})`)
}

export const waitedLong = (report: Report): boolean => (hoursQueued(report) ?? 0) >= 2
