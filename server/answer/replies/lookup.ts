/** Questions that the report itself answers: when, to whom, which server, which words. */
import { asCode, type Draft } from '../draft.ts'
import { quoteLines, whoSaidNo } from '../say/evidence.ts'
import { sayTimeline } from '../say-tools.ts'
import { codesOf, focus, mainArticle, type Turn } from '../turn.ts'
import { who } from './blame.ts'
import { listed } from './doubt.ts'
import { size } from './mend.ts'
import { recipient } from './recipients.ts'

type Field = {
  readonly words: RegExp
  readonly name: string
  readonly read: (turn: Turn) => string | undefined
}

const IP = /\b(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)\b/g

const code = (text: string | null | undefined): string | undefined =>
  text ? asCode(text) : undefined

const FIELDS: readonly Field[] = [
  {
    words: /\bmessage.?id\b/i,
    name: 'the Message-ID',
    read: ({ report }) => code(report?.messageId),
  },
  {
    words: /\bips?\b|\bip.address/i,
    name: 'an IP address',
    read: ({ report }) => {
      const found = [...new Set(report?.text.match(IP) ?? [])].slice(0, 4)
      return found.length > 0 ? found.map((one) => asCode(one)).join(', ') : undefined
    },
  },
  {
    words: /\bsubject\b|\bwhich (?:of my )?(?:mails?|messages?)\b|\bwhat mail\b/i,
    name: 'the subject',
    read: ({ report }) => code(report?.subject),
  },
  {
    words:
      /\bwording\b|\bexact\w* (?:words?|error|text|message)\b|\bsay exactly\b|\bthe (?:exact )?(?:line|error)\b|\bserver say\b/i,
    name: "the server's own words",
    read: (turn) =>
      quoteLines(turn)
        .map((line) => asCode(line))
        .join(' · ') || undefined,
  },
  {
    words: /\bcode\b|\bnumber\b/i,
    name: 'a code',
    read: (turn) => {
      const reply = focus(turn)?.replyCode
      const all = [...codesOf(turn.report), ...(reply ? [String(reply)] : [])]
      return all.map((one) => asCode(one)).join(', ') || undefined
    },
  },
]

const LOOK_UP = /\blook.?up\b|\bdelist\w*\b|\bwhich list\b/i
const TIME = /\bwhen\b|\bwhat time\b|\bdate\b|\bday\b|\btime\b/i
const SIZE = /\bhow (?:large|big)\b|\bsize\b/i
const ADDRESS = /\b(?:address|recipient|to whom|who did i|sent it to)\b/i

/** "What is the subject?" reads a field; "what is an IMCEAEX address?" asks for a meaning. */
const PLAIN =
  /\b(?:subject|message.?id|ip|code|number|wording|words?|name|address|recipient|date|time|error|size)\W*(?:of (?:it|them|that|this|the \w+)|again|then|please|exactly|in (?:it|there))?\W*$/i
/** Reads one field out; "does not say" where the report has none. */
export function lookup(turn: Turn, draft: Draft): boolean {
  const { report, own, retrieval } = turn
  if (!report || report.kind === 'none') return false
  if (LOOK_UP.test(own) && (turn.tools.blocklist || turn.tools.refusedQuery))
    return listed(turn, draft)
  if (
    retrieval.band === 'answer' &&
    /^\W*(?:and |but |so )?what (?:is|are|does)\b/i.test(own) &&
    !PLAIN.test(own)
  )
    return false
  const field = FIELDS.find(({ words }) => words.test(own))
  if (field) return sayField(turn, draft, field)
  if (TIME.test(own)) return sayTimes(turn, draft)
  if (SIZE.test(own)) return size(turn, draft)
  if (ADDRESS.test(own)) return recipient(turn, draft)
  return who(turn, draft)
}

function sayField(turn: Turn, draft: Draft, { name, read }: Field): boolean {
  const mark = draft.cite(turn.articles.get('reading-an-ndr') ?? mainArticle(turn), '')
  const value = read(turn)
  draft.add(
    value
      ? `The report names ${name}: ${value}.${mark}`
      : `The report does not name ${name}.${mark}`,
  )
  if (name === 'an IP address' && value) draft.add(whoSaidNo(turn))
  return true
}

function sayTimes(turn: Turn, draft: Draft): boolean {
  const { report } = turn
  const mark = draft.cite(turn.articles.get('reading-an-ndr') ?? mainArticle(turn), '')
  const sent = report?.arrivalDate
  const back = report?.reportDate
  const parts = [sent && `sent ${read(sent)}`, back && `report written ${read(back)}`].filter(
    Boolean,
  )
  draft.add(
    parts.length > 0
      ? `By the report: ${parts.join(', ')}.${mark}`
      : `The report does not name a time.${mark}`,
  )
  if (parts.length === 2) sayTimeline(turn, draft)
  return true
}

const read = (date: string): string => date.slice(0, 16).replace('T', ' ')
