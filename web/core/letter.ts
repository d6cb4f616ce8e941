/** The text for the other side, sent by another way (telephone, another address, a colleague). */
import type { Report } from '../../kb/types.ts'
import { fill, type Words } from './words.ts'

/** Empty where the report names no refusal to pass on, or nobody who gave it. */
export function letterOf(report: Report, words: Words): string {
  const [first] = report.recipients
  const host = first?.remoteMta ?? report.reportingMta ?? report.generator.host
  if (!first || !host) return ''
  const codes = [first.replyCode, first.enhancedStatusCode].filter(Boolean).join(' ')
  const said = first.diagnosticCode ?? ''
  const text = /\p{L}{3}/u.test(said) ? said : codes
  if (text === '') return ''
  return fill(words.outbound, {
    to: first.finalRecipient ?? first.originalRecipient ?? '…',
    host,
    text: `“${text}”`,
  })
}
