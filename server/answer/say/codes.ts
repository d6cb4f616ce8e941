/** Codes: what they mean, and what to believe where two of them disagree. */
import type { Report } from '../../../kb/types.ts'
import { type Draft, withMark } from '../draft.ts'
import { answerOpen, contrast, sayPart } from '../open.ts'
import { leadOf, partsWith } from '../sections.ts'
import { codesOf, type Turn } from '../turn.ts'

/** The codes of the report, decoded; the registry's and the provider's own meaning. */
export function codeList({ diagnosis }: Turn, draft: Draft): void {
  const list = diagnosis?.codes.slice(0, 2) ?? []
  if (list.length === 0) return
  const lines = list.map(
    ({ code, meaning, source }) => `- \`${code}\`: ${meaning} ([source](${source}))`,
  )
  draft.add(`**The codes**\n\n${lines.join('\n')}`)
}

export function hasContradiction(report: Report): boolean {
  return report.recipients.some(
    ({ enhancedStatusCode, replyCode }) =>
      enhancedStatusCode !== null &&
      replyCode !== null &&
      enhancedStatusCode[0] !== String(replyCode)[0],
  )
}

/** A 550 with a 4.4.7 in the report: both named, and which one to believe. */
export function contradiction(turn: Turn, draft: Draft): void {
  const one = turn.report?.recipients.find(
    ({ enhancedStatusCode, replyCode }) => enhancedStatusCode && replyCode,
  )
  const inFull = turn.audience === 'admin'
  sayContradiction(turn, draft, one?.enhancedStatusCode, one?.replyCode, inFull)
}

type Maybe<T> = T | null | undefined

export function sayContradiction(
  turn: Turn,
  draft: Draft,
  enhanced: Maybe<string>,
  reply: Maybe<number>,
  inFull = true,
): void {
  if (!enhanced || !reply || enhanced[0] === String(reply)[0]) return
  const article = turn.articles.get('contradicting-codes')
  const exact = article?.sections.find(
    ({ heading }) => heading.includes(enhanced) && heading.includes(String(reply)),
  )
  const mark = draft.cite(article, exact?.heading ?? 'Who wins')
  const intro = `The two codes contradict each other at first sight: \`${reply}\` stands for ${kindOf(String(reply))}, \`${enhanced}\` for ${kindOf(enhanced)}.`
  const wins =
    'The words of the refusing server and the more precise code win; `Action: failed` makes it final.'
  draft.add(exact && inFull ? `${intro}${mark}` : `${intro} ${wins}${mark}`)
  if (exact && inFull) draft.add(withMark(exact.markdown.replace(/^#+ .*\n+/, ''), mark))
}

const kindOf = ([digit]: string): string =>
  digit === '4' ? 'a passing problem' : digit === '5' ? 'a final refusal' : 'success'

/** What a code that was asked for means: by the registry, by our articles, against the report's own. */
export function sayCodes(turn: Turn, draft: Draft): boolean {
  const { enhanced, reply } = turn.codes
  if (enhanced.length + reply.length === 0) return false
  const before = draft.pieces.length
  sayContradiction(turn, draft, enhanced[0], reply[0])
  if (codesOf(turn.report).length === 0) sayRegistered(turn, draft)
  if (draft.pieces.length === before) sayArticle(turn, draft)
  return draft.pieces.length > before || answerOpen(turn, draft)
}

function sayRegistered({ diagnosis, codes }: Turn, draft: Draft): void {
  for (const { code, meaning, source } of diagnosis?.codes ?? [])
    if (codes.enhanced.includes(code)) draft.add(`\`${code}\`: ${meaning} ([source](${source}))`)
}

/** RFC 3463, 3.1: the same code in another class. */
const CLASSES: Readonly<Record<string, string>> = {
  '4': 'The first digit 4 makes it temporary: the sending server tries again later by itself.',
  '5': 'The first digit 5 makes it permanent: this message will not be tried again.',
}

function sayArticle(turn: Turn, draft: Draft): void {
  const { enhanced } = turn.codes
  const found = turn.retrieval.passages
    .map(({ articleId }) => turn.articles.get(articleId))
    .find((article) =>
      article?.codes.some((code) => enhanced.some((one) => one.slice(1) === code.slice(1))),
    )
  if (!found) return
  const role = turn.audience === 'admin' ? 'sender-admin' : 'sender'
  contrast(turn, draft, found)
  draft.add(withMark(leadOf(found), draft.cite(found, '')))
  for (const code of enhanced.slice(0, 1)) draft.add(CLASSES[code[0] ?? ''] ?? '')
  for (const part of partsWith(found, 'meaning').slice(0, 1)) sayPart(turn, draft, found, part, 900)
  for (const part of partsWith(found, role).slice(0, 1)) sayPart(turn, draft, found, part, 600)
}
