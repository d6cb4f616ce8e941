/** The text for the other side, sent by another way (telephone, another address, a colleague). */
import type { Report } from '../../kb/types.ts'
import { fill, type Words } from './words.ts'

/** Empty where the report names no refusal to pass on. */
export function letterOf(report: Report, words: Words): string {
  const [first] = report.recipients
  const text =
    first?.diagnosticCode ?? [first?.replyCode, first?.enhancedStatusCode].filter(Boolean).join(' ')
  if (!first || !text) return ''
  return fill(words.outbound, {
    to: first.finalRecipient ?? first.originalRecipient ?? '…',
    host: first.remoteMta ?? report.reportingMta ?? report.generator.host ?? '…',
    text: `“${text}”`,
  })
}
