/** What to do: at once, after it did not help, by command, and what this program cannot do itself. */
import { type Draft, withMark } from '../draft.ts'
import { readIntents } from '../intent.ts'
import { sayCommands, sayPart } from '../open.ts'
import { adminSteps } from '../say/admin.ts'
import { chance, lower } from '../say/evidence.ts'
import { ask } from '../say/question.ts'
import { actors, senderSteps, verdict, whoCanFix } from '../say/verdict.ts'
import { saySize } from '../say-tools.ts'
import { contentWords, leadOf, partsWith } from '../sections.ts'
import { isSurelyElsewhere } from '../surely-found.ts'
import { mainArticle, type Turn } from '../turn.ts'
import { fromArticle } from './from-article.ts'

const UNSURE = 0.6

export function fix(turn: Turn, draft: Draft): boolean {
  const { diagnosis } = turn
  if (!diagnosis) return false
  const top = diagnosis.causes[0]
  const mark = draft.cite(mainArticle(turn), '')
  draft.add(
    top
      ? `For the likeliest cause, **${top.title}** (${chance(top.likelihood)}):${mark}`
      : diagnosis.summary,
  )
  const before = draft.pieces.length
  if (turn.audience === 'admin') adminSteps(turn, draft)
  if (draft.pieces.length === before) senderSteps(turn, draft)
  if (turn.audience === 'sender') verdict(turn, draft)
  if ((top?.likelihood ?? 0) < UNSURE) ask(turn, draft)
  return true
}

/** "So what now?": the next things to do, and nothing else. */
export function next(turn: Turn, draft: Draft): boolean {
  const { diagnosis } = turn
  if (!diagnosis) return false
  if (wasTold(turn)) return afterwards(turn, draft)
  if (turn.audience === 'admin') adminSteps(turn, draft)
  else senderSteps(turn, draft)
  if (draft.pieces.length === 0)
    draft.add(`${diagnosis.summary}${draft.cite(mainArticle(turn), '')}`)
  verdict(turn, draft)
  ask(turn, draft)
  return true
}

/** "And then?" straight after the steps asks for what comes behind them. */
const wasTold = ({ conversation }: Turn): boolean =>
  readIntents(conversation.earlier.at(-1) ?? '').some(({ id }) => id === 'next' || id === 'fix')

function afterwards(turn: Turn, draft: Draft): boolean {
  sayFirst(turn, draft, 'check')
  draft.add(
    'If it comes back again, paste the **new** report: its code or wording may have changed. If you are stuck, pass it on: say "show this for my IT".',
  )
  draft.add(whoCanFix(turn, draft.cite(mainArticle(turn), '')))
  return true
}

export function still(turn: Turn, draft: Draft): boolean {
  const { diagnosis } = turn
  if (!diagnosis || SOLVED.test(turn.own)) return false
  const [first, second] = diagnosis.causes
  const article = mainArticle(turn)
  draft.add(
    'Then either it has not taken effect yet, or something else is behind it. Sure is only a **new** report: paste the newest one, for its code or wording may have changed.',
  )
  sayFirst(turn, draft, 'check')
  const other = second && turn.articles.get(second.articleId)
  if (second && other) {
    const because = second.why.length ? ` (${second.why.slice(0, 2).join('; ')})` : ''
    draft.add(
      `If ${lower(first?.title ?? '')} is ruled out, the next to look at is: **${second.title}**${because}.${draft.cite(other, '')}`,
    )
  }
  if (article) sayFirst(turn, draft, 'lookalike')
  ask(turn, draft)
  return true
}

/** "Worked. Why did that happen?" is no failure any more. */
const SOLVED =
  /^\W*(?:(?:ok|okay|yes|great|super|cool|ah|oh|well|now|it|that)\W+)*(?:work(?:s|ed)|solved|fixed|went through|arrived)(?: now| again| fine)?\s*[.!,;:)]/i

function sayFirst(turn: Turn, draft: Draft, role: 'check' | 'lookalike'): void {
  const article = mainArticle(turn)
  const [part] = article ? partsWith(article, role) : []
  if (article && part) sayPart(turn, draft, article, part, 700)
}

export function command(turn: Turn, draft: Draft): boolean {
  if (sayCommands(ofCase(turn), draft)) {
    if (turn.products.size === 0)
      draft.add('Tell me which mail system you use, then I show only what belongs to it.')
    return true
  }
  const article = mainArticle(turn)
  const parts = article ? partsWith(article, 'sender-admin', 'recipient-side') : []
  if (!article || !turn.report || parts.length === 0) return false
  draft.add(
    `My sources name no command for it. What they say of the way to go:${draft.cite(article, '')}`,
  )
  for (const part of parts.slice(0, 1)) sayPart(turn, draft, article, part, 900)
  return true
}

/** Under a report, a command out of another matter's article would be a wrong fix. */
function ofCase(turn: Turn): Turn {
  if (!turn.report) return turn
  const { diagnosis, products, articles } = turn
  const passages = turn.retrieval.passages.filter(({ articleId }) => {
    const article = articles.get(articleId)
    const ofProduct = article?.products.some((id) => products.has(id)) ?? false
    const ofReason = diagnosis !== null && article?.reasons.includes(diagnosis.reason)
    return ofProduct && (ofReason || article?.kind === 'note')
  })
  const names = turn.retrieval.band === 'answer' && contentWords(turn.own).length >= NAMES_MATTER
  return names ? turn : { ...turn, retrieval: { ...turn.retrieval, passages } }
}
/** So many words beside "command" name a matter of their own. */
const NAMES_MATTER = 5

export function doit(turn: Turn, draft: Draft): boolean {
  draft.add(
    'I cannot do that: I am a program that reads reports, and I reach neither your mail server nor theirs.',
  )
  if (!turn.diagnosis) return true
  draft.add(`**Who can:** ${actors(turn.diagnosis)}.${draft.cite(mainArticle(turn), '')}`)
  senderSteps(turn, draft)
  return true
}

export const warn = (turn: Turn, draft: Draft): boolean =>
  fromArticle(turn, draft, 'warn-me-earlier')

/** No report and no mail: where it may lie. */
export function silent(turn: Turn, draft: Draft): boolean {
  const article = turn.articles.get('no-bounce-nothing-arrives')
  if (!article || turn.report?.kind === 'failure') return false
  if (isSurelyElsewhere(turn, [article.id, 'did-it-arrive'])) return false
  draft.add(withMark(leadOf(article), draft.cite(article, '')))
  const role = turn.audience === 'admin' ? 'sender-admin' : 'sender'
  for (const part of partsWith(article, 'why', role)) sayPart(turn, draft, article, part, 700)
  draft.add(`${IN_THE_LOG}${draft.cite(article, '')}`)
  return true
}

const IN_THE_LOG =
  'Whether your side handed it over stands in its log, with the answer of the other side (a `250` is the proof): [Microsoft 365](/articles/message-trace-exchange-online), [Exchange 2007 and later](/articles/message-tracking-exchange-2007-2019), [Google Workspace](/articles/google-workspace-log-search), [Postfix, Exim](/articles/mail-log-postfix-exim). Which system do you use?'

/** What the other side can do, for the person who is asked to do it. */
export function theirs(turn: Turn, draft: Draft): boolean {
  const article = mainArticle(turn)
  const [part] = article ? partsWith(article, 'recipient-side') : []
  if (!article || !turn.diagnosis) return false
  if (part) sayPart(turn, draft, article, part, 900)
  else senderSteps(turn, draft)
  draft.add(whoCanFix(turn, draft.cite(article, '')))
  return true
}

/** "It must go out today": another way is quicker than any repair. */
export function urgent(turn: Turn, draft: Draft): boolean {
  if (!turn.diagnosis) return false
  draft.add(
    `The quickest is another way: phone, chat, a share link, or another mail account. A repair depends on others and takes its time.${draft.cite(mainArticle(turn), '')}`,
  )
  senderSteps(turn, draft)
  verdict(turn, draft)
  return true
}

/** How large it was and may be: by the report where it says so, else the usual limits. */
export function size(turn: Turn, draft: Draft): boolean {
  const { tools, articles } = turn
  if (/\bhow many (?!mb|megabytes?|mega)/i.test(turn.own)) return howMany(turn, draft)
  const article = articles.get('message-too-large')
  if (!tools.size) {
    const [limits] = article ? partsWith(article, 'meaning') : []
    if (!article || !limits) return false
    sayPart(turn, draft, article, limits, 1500)
    return true
  }
  saySize(turn, draft)
  if (!tools.size.size) draft.add('The report does not say how large your message was.')
  if (!tools.size.limit) draft.add('The report does not name the limit.')
  senderSteps(turn, draft)
  return true
}

const LIMIT =
  /\b(?:limit|up to|at most|within|more than|less than)\W+(?:\w+\W+){0,3}(?:\d[\d,.]*|ten|five|twenty)\b/i

/** "How many may we send?": what the case's article says of numbers. */
function howMany(turn: Turn, draft: Draft): boolean {
  const article = mainArticle(turn)
  if (!turn.report || !article) return false
  const said = (markdown: string) => turn.conversation.previously.includes(markdown.slice(0, 120))
  const parts = partsWith(article, 'meaning', 'recognise', 'sender', 'sender-admin')
  const part =
    parts.find(({ markdown }) => LIMIT.test(markdown)) ??
    parts.find(({ markdown }) => /\d{2}/.test(markdown) && !said(markdown))
  draft.add(`**The report names no number.**${draft.cite(article, '')}`)
  if (part) sayPart(turn, draft, article, part, 900)
  senderSteps(turn, draft)
  return true
}

/** "I don't have it any more": what can still be told, and how to get another one. */
export function noreport(turn: Turn, draft: Draft): boolean {
  if (turn.report) return false
  const mark = draft.cite(turn.articles.get('get-full-report'), '')
  draft.add(
    `Then tell me what you remember: a number like \`550\` or \`5.1.1\`, some of its wording, who wrote it, to whom you sent and when. It may still lie in Deleted Items, or in the folder where your mail program keeps junk. Else send the same mail again from Sent: if the cause is still there, a new report comes back.${mark}`,
  )
  return true
}

/** Mail does not come in: that is another matter than mail that comes back. */
export function inbound(turn: Turn, draft: Draft): boolean {
  if (turn.report) return false
  const article = turn.articles.get('no-bounce-nothing-arrives')
  const mark = draft.cite(article, '')
  draft.add(
    `Mail that does not come **in** has its cause on your own side. In this order:\n\n1. **Your mailbox:** is it full (quota)? Look at rules, forwarding, Junk and blocked senders.\n2. **Your domain:** has it expired, and does its MX record (DNS) still name your mail server?\n3. **Test from outside:** write to yourself from another account. If a report comes back there, paste it here: it names the reason. If nothing comes back, the mail was taken and lies with your server, its filter or a rule.\n4. **Is it only you, or everybody at your domain?** Only you: the mailbox. Everybody: the domain, or the server.${mark}`,
  )
  return true
}

/** "Ah, a typo!": the report is explained; what is left is to send it to the right address. */
export function slip(turn: Turn, draft: Draft): boolean {
  const { diagnosis } = turn
  if (!diagnosis || !ADDRESS.has(diagnosis.reason)) return false
  const mark = draft.cite(mainArticle(turn), '')
  draft.add(
    `Then that explains it. Send it as a new message to the correct address, typed anew; nothing else has to be changed.${mark}`,
  )
  draft.add(
    `Correct the contact too, and delete the suggestion that your mail program offers for the wrong one, or it comes back with the next mail.${mark}`,
  )
  return true
}

const ADDRESS = new Set(['userunknown', 'hostunknown', 'hasmoved', 'suspend'])
