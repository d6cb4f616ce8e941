/** A hand-off as a ticket: what every helpdesk is told, as plain text. */
import type { HandOff } from './schema.ts'

export type Ticket = {
  readonly id: string
  /** ISO 8601 */
  readonly at: string
  /** the same for the same outage; absent where too little is known */
  readonly key?: string
  /** whether the key was seen within the window, and how often by now, this ticket included */
  readonly repeated: boolean
  readonly count: number
  readonly handOff: HandOff
}

/** One line that holds nothing of the person: the reason and the host, both in safe letters only. */
export function subjectOf({ handOff: { facts }, repeated, count }: Ticket): string {
  const reason = safe(facts.reason, 40)
  const code = safe(facts.enhancedStatusCode ?? facts.replyCode, 12)
  const host = safe(facts.remoteMta, 80)
  const what = [reason, code].filter(Boolean).join(' ')
  const again = repeated ? ` (number ${count} of the same)` : ''
  return `Mail problem${what && `: ${what}`}${host && ` at ${host}`}${again}`
}

const safe = (value: unknown, length: number): string =>
  String(value ?? '')
    .replaceAll(/[^\w.-]/g, '')
    .slice(0, length)

/** Tags that every ticket carries; the last one is the key. */
export const tagsOf = ({ key, repeated }: Ticket): string[] => [
  'bouncewise',
  ...(repeated ? ['bouncewise-repeated'] : []),
  ...(key ? [`bouncewise-${key}`] : []),
]

/** The whole ticket as text of at most `limit` characters; what had to go is said at the end. */
export function textOf(ticket: Ticket, limit: number): string {
  const text = partsOf(ticket)
    .filter(({ body }) => body !== '')
    .map(({ title, body }) => `${title}\n${body}`)
    .join('\n\n')
  if (text.length <= limit) return text
  const kept = text.slice(0, limit - 100).replace(/[\ud800-\udbff]$/, '')
  return `${kept}\n\n[shortened: ${text.length - kept.length} more characters do not fit into this helpdesk]`
}

type Part = { readonly title: string; readonly body: string }

/** What an agent reads first comes first; what may be long comes last. */
function partsOf(ticket: Ticket): Part[] {
  const {
    contact = '',
    note = '',
    facts,
    diagnosis,
    report,
    conversation,
    context,
  } = ticket.handOff
  return [
    { title: 'BOUNCEWISE', body: headOf(ticket) },
    { title: 'NOTE', body: note },
    { title: 'CONTACT, AS TYPED (not verified)', body: contact },
    { title: 'WHAT HAPPENED', body: diagnosis?.summary ?? '' },
    { title: 'FACTS', body: linesOf(facts) },
    { title: 'LIKELY CAUSES', body: causesOf(ticket.handOff) },
    { title: 'FROM THE PORTAL', body: linesOf(context ?? {}) },
    { title: `REPORT (${report?.kind ?? 'none'})`, body: report?.text ?? '' },
    { title: 'CONVERSATION', body: spoken(conversation, report?.text) },
  ]
}

function headOf({ id, at, key, repeated, count, handOff }: Ticket): string {
  const same = repeated ? `\nSame outage: number ${count} within the window` : ''
  return `Ticket ${id}, ${at}, language ${handOff.locale}${key ? `\nIncident key ${key}` : ''}${same}`
}

const linesOf = (facts: Readonly<Record<string, unknown>>): string =>
  Object.entries(facts)
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => `${name}: ${String(value)}`)
    .join('\n')

const causesOf = ({ diagnosis }: HandOff): string =>
  (diagnosis?.causes ?? [])
    .map(({ title, likelihood }) => `${Math.round(likelihood * 100)} %  ${title}`)
    .join('\n')

/** A message that is the report is named, not repeated. */
const spoken = (conversation: HandOff['conversation'], report = ''): string =>
  conversation
    .map(({ role, content }) => {
      const same = report !== '' && content.trim() === report.trim()
      return `${role === 'user' ? 'PERSON' : 'BOUNCEWISE'}: ${same ? '[the report above]' : content}`
    })
    .join('\n\n')
