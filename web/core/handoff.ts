/** What goes to the helpdesk when a person is wanted. The form shows this very object. */
import type { ChatMessage, Diagnosis, Report } from '../../kb/types.ts'

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

/** With `hide`, every text is redacted, the conversation's too. */
export function handOffOf(
  { report, diagnosis, conversation, locale, context }: Case,
  hide: Hide | undefined,
  said: { readonly contact: string; readonly note: string },
): HandOff {
  const clean = hide ?? ((text: string) => text)
  return {
    facts: report ? factsOf(report, clean, hide !== undefined) : {},
    diagnosis: diagnosis && (walk(diagnosis, clean) as Diagnosis),
    conversation: conversation.map(({ role, content }) => ({ role, content: clean(content) })),
    report: report && { kind: hide ? 'redacted' : 'full', text: clean(report.text) },
    ...(said.contact && { contact: said.contact }),
    ...(said.note && { note: said.note }),
    locale,
    ...(Object.keys(context).length > 0 && { context }),
  }
}

const domainOf = (address: string | null): string | null => address?.split('@')[1] ?? null

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
    diagnosticCode: first?.diagnosticCode ? clean(first.diagnosticCode) : null,
    ...(hidden ? {} : { recipient, recipientDomain: domainOf(recipient) }),
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
