/** Follow-up questions about the report under discussion, each answered from the report and the KB. */
import { concerned, refusedBy } from '../../kb/diagnose/facts.ts'
import type { Article, Report } from '../../kb/types.ts'
import { asCode, type Draft, withMark } from './draft.ts'
import {
  actors,
  ask,
  chance,
  explain,
  productParts,
  quoteLines,
  RESEND,
  recipientList,
  sayContradiction,
  whatToDo,
  whoSaidNo,
} from './explain.ts'
import type { IntentId } from './intent.ts'
import { answerFrom, answerOpen, contrast, sayCheck, sayCommands, sayPart } from './open.ts'
import { sayBlocklist, sayTimeline } from './say-tools.ts'
import { fits, leadOf, partsOf, partsWith } from './sections.ts'
import { type Addressee, textFor } from './texts.ts'
import { asks, codesOf, focus, labelOf, mainArticle, productName, type Turn } from './turn.ts'

/** Says something and returns true, or says nothing and returns false: then the next one is asked. */
export type Reply = (turn: Turn, draft: Draft) => boolean

export const REPLIES: Readonly<Partial<Record<IntentId, Reply>>> = {
  duration,
  'duration-future': future,
  fault,
  resend,
  delivered,
  tell,
  check: sayCheck,
  command,
  who,
  why,
  still,
  fix,
  explain: again,
  genuine,
  recipient,
  notlisted,
  doit,
  warn,
  product,
  identify,
  difference,
}

/** Replies that need neither a report nor the KB. */
export const TALK: Readonly<Partial<Record<IntentId, string>>> = {
  thanks: 'Glad to hear it. If another mail comes back, paste its report here and I read it anew.',
  greeting:
    'Hello. Paste the mail that came back, all of it if you can, and I tell you what happened, who has to act and what to do next. You can also just ask.',
  capability:
    'I am a program that reads delivery reports: paste a mail that came back (or drop the `.eml` file), and I say what happened, who has to act and what to do next, with sources. I can lay out log lines and headers and write texts to send. I cannot send, unblock or look anything up on your servers.',
  human:
    'I am a program, and there is no person behind this page. For a person, turn to your own mail admin or IT, or to the support of your mail provider; I can write a text for them from your report.',
  privacy:
    'This server keeps no conversation and does not log what you paste: the page sends the whole conversation along with each question. Still, take out what nobody but you should read.',
}

const HOW_IT_WAITS =
  'Mail is built to get through rather than to be quick. When the other side does not take a message, the server that holds it keeps it and tries again and again, in the hope that the trouble passes. Only when the time allowed for that is over does it give up and tell you.'

function duration(turn: Turn, draft: Draft): boolean {
  const article = turn.articles.get('queue-expired')
  const { report, tools } = turn
  const waited =
    report?.kind === 'delay' ||
    focus(turn)?.reason === 'expired' ||
    (tools.timeline?.hours ?? 0) >= 2
  if (report && !waited) return refusedAtOnce(turn, draft)
  const mark = draft.cite(article, 'What it means')
  const time = tools.timeline?.waited
  const opening =
    report?.kind === 'delay'
      ? 'It is not over yet: the server still tries.'
      : time
        ? `Because a server held your message for **${time}** and kept trying all that time.`
        : ''
  draft.add(`${opening} ${HOW_IT_WAITS}${mark}`)
  sayTimeline(turn, draft)
  const row = queueRow(turn, article)
  if (row) draft.add(`${row}${mark}`)
  draft.add(
    `The waiting time is set by whichever server holds the message at that moment, which need not be your own. ${whoSaidNo(turn)}${mark}`,
  )
  return true
}

function refusedAtOnce(turn: Turn, draft: Draft): boolean {
  const hours = turn.tools.timeline?.hours
  draft.add(
    `This message did not wait for its time to run out${hours === undefined ? '' : ` (${turn.tools.timeline?.waited} between sending and report)`}: it was refused, not expired.`,
  )
  for (const line of quoteLines(turn)) draft.add(`> ${asCode(line)}`)
  draft.add(`${turn.diagnosis?.summary ?? ''}${draft.cite(mainArticle(turn), '')}`)
  return true
}

/** The row of the article's table that speaks of the server that gave up. */
export function queueRow(turn: Turn, article: Article | undefined): string {
  const markdown = article
    ? partsWith(article, 'meaning')
        .map((part) => part.markdown)
        .join('\n')
    : ''
  const rows = markdown
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
  const [head, , ...body] = rows
  if (!head || turn.products.size === 0) return ''
  const found = body
    .filter(([name]) => name && fits(name, turn.products) && fits(name, new Set()) === false)
    .slice(0, 3)
  return found
    .map(
      ([name, ...cells]) =>
        `- **${name}**: ${cells.map((cell, at) => `${(head[at + 1] ?? '').toLowerCase()}: ${cell}`).join('; ')}`,
    )
    .join('\n')
}

function future(turn: Turn, draft: Draft): boolean {
  const article = turn.articles.get('how-long-will-it-take')
  if (turn.report?.kind === 'delay') return duration(turn, draft)
  if (turn.diagnosis)
    draft.add(
      `**Send it again?** ${RESEND[turn.diagnosis.resend]}${draft.cite(mainArticle(turn), '')}`,
    )
  if (article) answerFrom(turn, draft, article)
  return article !== undefined || turn.diagnosis !== null
}

function fault(turn: Turn, draft: Draft): boolean {
  const { diagnosis } = turn
  if (!diagnosis) return false
  const [first] = diagnosis.actors
  const mark = draft.cite(mainArticle(turn), '')
  draft.add(`${FAULT[first ?? 'unknown']}${mark}`)
  draft.add(`**Who can fix it:** ${actors(diagnosis)}.`)
  draft.add(whoSaidNo(turn))
  for (const line of quoteLines(turn).slice(0, 1)) draft.add(`> ${asCode(line)}`)
  const top = diagnosis.causes[0]
  if (top)
    draft.add(
      `Most likely behind it: ${top.title} (${chance(top.likelihood)})${top.why.length ? `: ${top.why.slice(0, 2).join('; ')}` : ''}.${mark}`,
    )
  if ((top?.likelihood ?? 0) < 0.6) ask(turn, draft)
  return true
}

const FAULT: Readonly<Record<string, string>> = {
  sender: 'It is something on your side that you can change yourself; no harm is done.',
  'sender-admin':
    'You did nothing wrong yourself. The matter lies with the sending side, so your own mail admin (or provider) has to act.',
  recipient: 'No. It lies with the recipient, who has to do something about their mailbox.',
  'recipient-admin':
    'No, as far as the report tells. It looks like a matter of the other side, whose mail admin has to act.',
  provider: 'You did nothing wrong yourself; the mail or hosting provider has to act.',
  unknown: 'The report does not tell whose fault it is.',
}

function resend(turn: Turn, draft: Draft): boolean {
  const { diagnosis } = turn
  if (!diagnosis) return fromArticle(turn, draft, 'send-again')
  draft.add(
    `**${RESEND[diagnosis.resend]}** ${diagnosis.summary}${draft.cite(mainArticle(turn), '')}`,
  )
  const article = turn.articles.get('send-again')
  if (article) draft.add(withMark(leadOf(article), draft.cite(article, '')))
  if (diagnosis.nextSteps.sender.length > 0) whatToDo(turn, draft)
  return true
}

function delivered(turn: Turn, draft: Draft): boolean {
  const { report } = turn
  const article = turn.articles.get('delivered-to-the-others')
  if (!report) return fromArticle(turn, draft, 'delivered-to-the-others')
  draft.add(`**${FATE[report.kind] ?? FATE.failure}**${draft.cite(mainArticle(turn), '')}`)
  draft.add(report.recipients.length > 0 ? recipientList(report) : '')
  if (article) draft.add(withMark(leadOf(article), draft.cite(article, '')))
  return true
}

const FATE: Readonly<Record<string, string>> = {
  failure:
    'No: to the recipients that this report names as failed, your message was not delivered.',
  delay: 'Not yet. It is still in a queue and may arrive any time; nothing is lost so far.',
  success: 'Yes, the report confirms that it was passed on.',
  'auto-reply': 'Yes. An automatic reply is only sent for a message that arrived.',
  complaint: 'Yes: somebody got it, and marked it as spam.',
}

function tell(turn: Turn, draft: Draft): boolean {
  const { report, diagnosis } = turn
  if (!report && !diagnosis) return fromArticle(turn, draft, 'whom-to-tell')
  if (diagnosis)
    draft.add(
      `**Who can act:** ${actors(diagnosis)}.${draft.cite(turn.articles.get('whom-to-tell') ?? mainArticle(turn), '')}`,
    )
  if (report?.kind === 'auto-reply' || report?.kind === 'success')
    draft.add('There is nothing to report: the message arrived.')
  else for (const addressee of addressees(turn)) draft.add(textFor(turn, addressee))
  const who = addressees(turn)
  if (who.includes('postmaster'))
    draft.add(
      'A mail to the other side may come back too: use another account, a phone number or the contact form on their website.',
    )
  return true
}

function addressees(turn: Turn): readonly Addressee[] {
  const own = turn.own.toLowerCase()
  const named: Addressee[] = []
  if (
    /\b(?:my|our|own)\s+(?:\w+\s+)?(?:it|admin\w*|helpdesk|support|provider|tech|department)\b|for it\b/.test(
      own,
    )
  )
    named.push('own-it')
  if (
    /\b(?:their|other side|postmaster|her it|his it|her admin|his admin|the receiving)\b/.test(own)
  )
    named.push('postmaster')
  if (
    /\b(?:her|him|them|recipient|customer|client|she|he|friend|colleague|accountant|person)\b(?!\s+(?:it|admin))/.test(
      own,
    )
  )
    named.push('recipient')
  if (named.length > 0) return [...new Set(named)].slice(0, 2)
  const [first] = turn.diagnosis?.actors ?? []
  if (first === 'sender-admin' || first === 'provider') return ['own-it', 'recipient']
  return first === 'recipient-admin' ? ['recipient', 'postmaster'] : ['recipient', 'own-it']
}

function command(turn: Turn, draft: Draft): boolean {
  if (sayCommands(turn, draft)) {
    if (turn.products.size === 0)
      draft.add('Tell me which mail system you use, then I show only what belongs to it.')
    return true
  }
  return false
}

function who(turn: Turn, draft: Draft): boolean {
  const { report } = turn
  if (!report) return false
  const writer = report.reportingMta ?? report.generator.host
  const { product, version } = report.generator
  const lines = [
    writer
      ? `- Wrote the report: ${asCode(writer)}`
      : '- Which server wrote the report is not in the text.',
    product ? `- Its form is that of ${product}${version ? ` ${version}` : ''}.` : undefined,
    ...concerned(report)
      .slice(0, 3)
      .map((one) =>
        one.remoteMta ? `- Refused or did not answer: ${asCode(one.remoteMta)}` : undefined,
      ),
  ].filter((line) => line !== undefined)
  draft.add(
    `${whoSaidNo(turn) || 'The report does not tell which server refused.'}${draft.cite(turn.articles.get('reading-an-ndr') ?? mainArticle(turn), '')}`,
  )
  draft.add([...new Set(lines)].join('\n'))
  const one = focus(turn)
  if (one && refusedBy(report, one) === 'unknown')
    draft.add(
      'To be sure, get the full report with its headers: the lines `Reporting-MTA` and `Remote-MTA` name both servers.',
    )
  return true
}

function why(turn: Turn, draft: Draft): boolean {
  const { diagnosis } = turn
  if (!diagnosis) return false
  const lines = quoteLines(turn)
  draft.add(
    lines.length > 0
      ? 'It rests on these lines of what you pasted:'
      : 'It rests on what you told me; there is no line in the paste that settles it.',
  )
  for (const line of lines) draft.add(`> ${asCode(line)}`)
  const facts = turn.facts.flatMap((fact) => labelOf(fact) ?? [])
  if (facts.length > 0) draft.add(`And on what you told me: ${facts.join('; ')}.`)
  const total = diagnosis.causes.reduce((sum, { likelihood }) => sum + likelihood, 0)
  draft.add(
    diagnosis.causes
      .slice(0, 4)
      .map(
        ({ title, likelihood, why: reasons, articleId }, at) =>
          `${at + 1}. ${title} (${chance(likelihood)})${reasons.length ? `: ${reasons.slice(0, 3).join('; ')}` : ''}${draft.cite(turn.articles.get(articleId), '')}`,
      )
      .join('\n'),
  )
  if (total < 0.75)
    draft.add(
      'It may also be something that I do not know: what the report says leaves room for that.',
    )
  ask(turn, draft)
  return true
}

function still(turn: Turn, draft: Draft): boolean {
  const { diagnosis } = turn
  if (!diagnosis) return false
  const [first, second] = diagnosis.causes
  const article = mainArticle(turn)
  draft.add(
    'Then either it has not taken effect yet, or something else is behind it. Sure is only a **new** report: paste the newest one, for its code or wording may have changed.',
  )
  if (article)
    for (const part of partsWith(article, 'check').slice(0, 1))
      sayPart(turn, draft, article, part, 700)
  const other = second && turn.articles.get(second.articleId)
  if (second && other) {
    draft.add(
      `If ${lower(first?.title ?? '')} is ruled out, the next to look at is: **${second.title}**${second.why.length ? ` (${second.why.slice(0, 2).join('; ')})` : ''}.${draft.cite(other, '')}`,
    )
  }
  const lookalike = article && partsWith(article, 'lookalike')[0]
  if (article && lookalike) sayPart(turn, draft, article, lookalike, 700)
  ask(turn, draft)
  return true
}

const lower = (text: string): string =>
  /^[A-Z][a-z]/.test(text) ? text[0]?.toLowerCase() + text.slice(1) : text

function fix(turn: Turn, draft: Draft): boolean {
  const { diagnosis } = turn
  if (!diagnosis) return false
  const top = diagnosis.causes[0]
  if (top)
    draft.add(
      `For the likeliest cause, **${top.title}** (${chance(top.likelihood)}):${draft.cite(mainArticle(turn), '')}`,
    )
  else draft.add(diagnosis.summary)
  const wantsAdmin =
    turn.audience === 'admin' || /\b(?:admin|it department|our it|my it|server)\b/i.test(turn.own)
  if (wantsAdmin) adminSteps(turn, draft)
  else {
    whatToDo(turn, draft)
    adminSteps(turn, draft)
  }
  if ((top?.likelihood ?? 0) < 0.6) ask(turn, draft)
  return true
}

/** What the sending side's admin can do; the article's part for the product in question says it in full. */
export function adminSteps(turn: Turn, draft: Draft): void {
  const article = mainArticle(turn)
  const steps = turn.diagnosis?.nextSteps.admin ?? []
  const [part] = turn.products.size > 0 ? productParts(turn) : []
  const said = steps.filter((step) => part?.markdown.includes(step.slice(0, 40)))
  if (steps.length > 0 && said.length < steps.length)
    draft.add(
      `**What your mail admin can do**\n\n${withMark(
        steps
          .slice(0, 5)
          .map((step) => `- ${step}`)
          .join('\n'),
        draft.cite(article, 'What your mail admin can do'),
      )}`,
    )
  if (article && part) sayPart(turn, draft, article, part, 1000)
}

/** "Explain that again": the same in fewer words, or for the other audience. */
function again(turn: Turn, draft: Draft): boolean {
  if (!turn.diagnosis) return false
  if (/simple|plain|english|understand|technical|layman|short|tl;?dr|summar/i.test(turn.own)) {
    draft.add(`${turn.diagnosis.summary}${draft.cite(mainArticle(turn), '')}`)
    draft.add(`**Send it again?** ${RESEND[turn.diagnosis.resend]}`)
    const [step] = turn.diagnosis.nextSteps.sender
    if (step) draft.add(`**First thing to do:** ${step}`)
    draft.add(`**Who can fix it:** ${actors(turn.diagnosis)}.`)
    return true
  }
  if (!turn.report && turn.retrieval.band === 'answer') return false
  explain(turn, draft)
  return true
}

function genuine(turn: Turn, draft: Draft): boolean {
  const id = /hack|compromis|using my (?:account|address)/i.test(turn.own)
    ? ['backscatter', 'hijacked-account']
    : /link|click|phish|scam|fake|real|genuine|legit|safe|virus|spam/i.test(turn.own) &&
        turn.report?.signs.includes('phishing-lure')
      ? ['phishing-fake-bounce']
      : /(?:did not|didn't|never|not) (?:send|sent)|not sent by me|spoof|from my/i.test(turn.own)
        ? ['backscatter', 'hijacked-account']
        : ['phishing-fake-bounce', 'backscatter']
  const found = id.flatMap((one) => turn.articles.get(one) ?? [])
  if (found.length === 0) return false
  if (turn.report) draft.add(signsOf(turn.report))
  for (const article of found.slice(0, 2)) {
    draft.add(withMark(leadOf(article), draft.cite(article, '')))
    const part = partsWith(article, turn.audience === 'admin' ? 'sender-admin' : 'sender')[0]
    const recognise = partsWith(article, 'recognise')[0]
    if (recognise) sayPart(turn, draft, article, recognise, 600)
    if (part) sayPart(turn, draft, article, part, 700)
  }
  return true
}

function signsOf(report: Report): string {
  if (report.signs.includes('phishing-lure'))
    return '**I would not trust it.** It asks for things that a real delivery report never asks for. Do not click its links.'
  const parts = [
    report.reportingMta && `names the server that wrote it (${asCode(report.reportingMta)})`,
    concerned(report)[0]?.enhancedStatusCode && 'has a proper status code',
    concerned(report)[0]?.finalRecipient && 'names the recipient',
  ].filter(Boolean)
  return parts.length > 0
    ? `It has the form of a real delivery report: it ${parts.join(', ')}. That alone proves nothing; do not open links or attachments in it, you do not need them.`
    : 'The text alone does not tell. Do not open links or attachments in it; a real report needs neither.'
}

function recipient(turn: Turn, draft: Draft): boolean {
  if (!turn.report || turn.report.recipients.length === 0) return false
  draft.add(recipientList(turn.report))
  for (const line of quoteLines(turn)) draft.add(`> ${asCode(line)}`)
  draft.add(
    draft.cite(turn.articles.get('delivered-to-the-others') ?? mainArticle(turn), '')
      ? `Source:${draft.cite(turn.articles.get('delivered-to-the-others') ?? mainArticle(turn), '')}`
      : '',
  )
  return true
}

function notlisted(turn: Turn, draft: Draft): boolean {
  const article = turn.articles.get('blocklist-answer-not-a-listing')
  if (!article) return false
  sayBlocklist(turn, draft)
  draft.add(withMark(leadOf(article), draft.cite(article, '')))
  for (const part of partsWith(article, 'recognise', 'why').slice(0, 2))
    sayPart(turn, draft, article, part, 800)
  for (const part of partsWith(article, 'sender-admin', 'recipient-side').slice(0, 1))
    sayPart(turn, draft, article, part, 700)
  return true
}

function doit(turn: Turn, draft: Draft): boolean {
  draft.add(
    'I cannot do that: I am a program that reads reports, and I reach neither your mail server nor theirs.',
  )
  if (turn.diagnosis)
    draft.add(`**Who can:** ${actors(turn.diagnosis)}.${draft.cite(mainArticle(turn), '')}`)
  if (turn.diagnosis) whatToDo(turn, draft)
  return true
}

function warn(turn: Turn, draft: Draft): boolean {
  return fromArticle(turn, draft, 'warn-me-earlier')
}

/** Which system the other side runs: how to find out, and what a greeting does not tell. */
function identify(turn: Turn, draft: Draft): boolean {
  const [note, banners] = [
    turn.articles.get('who-runs-the-other-side'),
    turn.articles.get('smtp-banners'),
  ]
  if (note) answerFrom(turn, draft, note)
  if (!banners) return note !== undefined
  draft.add(withMark(leadOf(banners), draft.cite(banners, '')))
  const better = partsOf(banners).find(({ heading }) => /better/i.test(heading))
  if (better) sayPart(turn, draft, banners, better, 900)
  return true
}

function difference(turn: Turn, draft: Draft): boolean {
  if (turn.codes.reply.length === 0 && !/code/i.test(turn.own)) return false
  return (
    fromArticle(turn, draft, 'reply-codes-and-enhanced-codes') ||
    fromArticle(turn, draft, 'codes-explained')
  )
}

function fromArticle(turn: Turn, draft: Draft, id: string): boolean {
  const article = turn.articles.get(id)
  if (!article) return false
  answerFrom(turn, draft, article)
  return true
}

/** "And in Exchange Online?": the same matter, another product. */
function product(turn: Turn, draft: Draft): boolean {
  if (turn.products.size === 0 || !turn.diagnosis) return false
  const article = mainArticle(turn)
  const row = queueRow(turn, turn.articles.get('queue-expired'))
  const names = [...turn.products].slice(0, 2).map(productName).join(', ')
  const parts = productParts(turn).filter(
    ({ heading }) => fits(heading, turn.products) && !fits(heading, new Set()),
  )
  if (article && parts.length > 0) {
    draft.add(`For ${names}:`)
    if (row && turn.diagnosis.reason === 'expired')
      draft.add(`${row}${draft.cite(turn.articles.get('queue-expired'), 'What it means')}`)
    for (const part of parts.slice(0, 2)) sayPart(turn, draft, article, part, 1100)
    return true
  }
  if (row && turn.diagnosis.reason === 'expired') {
    draft.add(
      `For ${names}, the waiting times are:\n\n${row}${draft.cite(turn.articles.get('queue-expired'), 'What it means')}`,
    )
    return true
  }
  return false
}

/** What a code means, by the registry, by our articles, and against the code of the report. */
export function sayCodes(turn: Turn, draft: Draft): boolean {
  const { enhanced, reply } = turn.codes
  if (enhanced.length + reply.length === 0) return false
  const own = codesOf(turn.report)
  const before = draft.pieces.length
  if (enhanced[0] && reply[0] && enhanced[0][0] !== String(reply[0])[0])
    sayContradiction(turn, draft, enhanced[0], reply[0])
  for (const { code, meaning, source } of turn.diagnosis?.codes ?? [])
    if (own.length === 0 && enhanced.includes(code))
      draft.add(`\`${code}\`: ${meaning} ([source](${source}))`)
  const found = turn.retrieval.passages
    .map(({ articleId }) => turn.articles.get(articleId))
    .find((article) =>
      article?.codes.some((code) => enhanced.some((one) => one.slice(1) === code.slice(1))),
    )
  if (found && draft.pieces.length === before) {
    contrast(turn, draft, found)
    draft.add(withMark(leadOf(found), draft.cite(found, '')))
    for (const part of partsWith(found, 'meaning').slice(0, 1))
      sayPart(turn, draft, found, part, 900)
    for (const part of partsWith(
      found,
      turn.audience === 'admin' ? 'sender-admin' : 'sender',
    ).slice(0, 1))
      sayPart(turn, draft, found, part, 600)
  }
  return draft.pieces.length > before || answerOpen(turn, draft)
}

export { asks }
