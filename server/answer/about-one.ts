/** A report as it speaks of one of its recipients alone. */
import { aboutOne } from '../../kb/diagnose/facts.ts'
import type { Report } from '../../kb/types.ts'

/**
 * The words about the other recipients are blanked, letter by letter, so that the places of what was
 * read stay right: else one person's full mailbox would explain another's wrong address.
 */
export function aboutRecipient(report: Report, at: number): Report {
  const one = report.recipients[at]
  if (!one || report.recipients.length < 2) return report
  const own = one.evidence.map(({ start, end }) => [start, end] as const)
  const others = report.recipients
    .filter((other) => other !== one)
    .flatMap((other) => other.evidence)
  const text = [...report.text]
  if (text.length !== report.text.length) return aboutOne(report, at)
  for (const { start, end } of others)
    if (!own.some(([from, to]) => start < to && from < end)) text.fill(' ', start, end)
  return { ...aboutOne(report, at), text: text.join('') }
}
