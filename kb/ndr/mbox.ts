/** mbox (RFC 4155): several mails in one file; and several reports told as one. */
import type { Report } from '../types.ts'

const SEPARATOR = /^From \S{1,320} +\w{3} \w{3} [ \d]\d \d\d:\d\d/m
/** Reports past this many would make one answer about everything and nothing. */
const MOST = 1000

export const looksLikeMbox = (text: string): boolean =>
  /^From \S+ /.test(text) && SEPARATOR.test(text)

/** The mails of an mbox, without their "From " lines; ">From " at a line's start is "From " again. */
export function mailsOf(mbox: string): string[] {
  return mbox
    .split(/^From \S{1,320} +\w{3} \w{3} [ \d]\d [^\n]*\n/m)
    .slice(1, MOST + 1)
    .map((mail) => mail.replace(/^>(>*From )/gm, '$1'))
}

/**
 * One report out of several: the recipients of all, the head of the first that reports something,
 * the texts one after the other (places are moved along).
 */
export function merge(reports: readonly Report[]): Report | undefined {
  const telling = reports.filter(({ kind }) => kind !== 'none')
  const [first, ...others] = telling.length > 0 ? telling : reports.slice(0, 1)
  if (first === undefined || others.length === 0) return first
  return others.reduce((whole, next) => joined(whole, next), {
    ...first,
    warnings: [
      ...first.warnings,
      `The file holds ${telling.length} reports; they are told together.`,
    ],
    signs: [...first.signs, 'several-reports'],
  })
}

function joined(whole: Report, next: Report): Report {
  const text = `${whole.text}\n\n`
  return {
    ...whole,
    kind: whole.kind === 'failure' || next.kind === 'failure' ? 'failure' : whole.kind,
    text: text + next.text,
    recipients: [
      ...whole.recipients,
      ...next.recipients.map((recipient) => ({
        ...recipient,
        evidence: recipient.evidence.map(({ field, start, end }) => ({
          field,
          start: start + text.length,
          end: end + text.length,
        })),
      })),
    ],
    warnings: [...new Set([...whole.warnings, ...next.warnings])],
    signs: [...new Set([...whole.signs, ...next.signs])],
  }
}
