/** What goes to the helpdesk when a person is wanted. The form shows this very object. */
import type { ChatMessage, Diagnosis, Report } from '../../kb/types.ts'
import { domainOf, senderDomainOf } from './sender.ts'

type Fact = string | number | boolean | null

export type HandOff = {
  readonly facts: Readonly<Record<string, Fact>>
  readonly diagnosis: Diagnosis | null
  readonly conversation: readonly ChatMessage[]
  readonly report: { readonly kind: 'redacted' | 'full'; readonly text: string } | null
  readonly contact?: string
  readonly note?: string
  readonly locale: string
  readonly context?: Readonly<Record<string, string>>
}

/** Takes names and addresses out of a text; the same stand-in for the same name everywhere. */
export type Hide = (text: string) => string

export type Case = {
  readonly report: Report | null
  readonly diagnosis: Diagnosis | null
  readonly conversation: readonly ChatMessage[]
  readonly locale: string
  readonly context: Readonly<Record<string, string>>
}

/** What the server takes at most: longer facts, and what was said before, are left out. */
const MAX_FACT = 20_000
const MAX_MESSAGES = 200

/** With `hide`, every text is redacted, the conversation's too; with `everything`, texts are left out. */
export function handOffOf(
  { report, diagnosis, conversation, locale, context }: Case,
  hide: Hide | 'everything' | undefined,
  said: { readonly contact: string; readonly note: string },
): HandOff {
  const common = {
    ...(said.contact && { contact: said.contact }),
    ...(said.note && { note: said.note }),
    locale,
    ...(Object.keys(context).length > 0 && { context }),
  }
  if (hide === 'everything') {
    const facts = report ? { ...factsOf(report, () => '', true), remoteMta: null } : {}
    return { facts, diagnosis: null, conversation: [], report: null, ...common }
  }
  const clean = hide ?? ((text: string) => text)
  return {
    facts: report ? factsOf(report, clean, hide !== undefined) : {},
    diagnosis: diagnosis && (walk(diagnosis, clean) as Diagnosis),
    conversation: conversation
      .slice(-MAX_MESSAGES)
      .map(({ role, content }) => ({ role, content: clean(content) })),
    report: report && { kind: hide ? 'redacted' : 'full', text: clean(report.text) },
    ...common,
  }
}

function factsOf(report: Report, clean: Hide, hidden: boolean): Record<string, Fact> {
  const [first] = report.recipients
  const recipient = first?.finalRecipient ?? first?.originalRecipient ?? null
  return {
    kind: report.kind,
    layout: report.layout,
    product: report.generator.id,
    reason: first?.reason ?? null,
    permanent: first?.permanent ?? null,
    enhancedStatusCode: first?.enhancedStatusCode ?? null,
    replyCode: first?.replyCode ?? null,
    diagnosticCode: first?.diagnosticCode ? clean(first.diagnosticCode).slice(0, MAX_FACT) : null,
    ...(hidden ? {} : { recipient, recipientDomain: domainOf(recipient) }),
    // the organisation's own domain, hidden or not: with it one outage is one incident
    senderDomain: senderDomainOf(report),
    remoteMta: first?.remoteMta ? clean(first.remoteMta) : null,
    reportingMta: report.reportingMta ? clean(report.reportingMta) : null,
    arrivalDate: report.arrivalDate,
    reportDate: report.reportDate,
  }
}

/** A copy of a JSON value with every string changed. */
function walk(value: unknown, change: Hide): unknown {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map((one) => walk(one, change))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, walk(one, change)]))
}
