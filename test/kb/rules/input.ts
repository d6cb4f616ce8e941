import type { ClassifyInput } from '../../../kb/ndr/classify-types.ts'
import type { RuleFile } from '../../../kb/types.ts'

/** What a parser would hand over for one line that a server said. */
export const inputOf = (
  diagnosticCode: string | null,
  more: Partial<ClassifyInput> = {},
): ClassifyInput => ({
  diagnosticCode,
  text: '',
  enhancedStatusCode: /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(diagnosticCode ?? '')?.[0] ?? null,
  replyCode: Number(/^[245]\d\d\b/.exec(diagnosticCode ?? '')?.[0] ?? 0) || null,
  remoteMta: null,
  reportingMta: null,
  product: null,
  command: null,
  action: null,
  kind: 'failure',
  finalRecipient: null,
  ...more,
})

/** The input that makes this file's rules come first: its host, or the product that wrote the report. */
export const spokenBy = (file: RuleFile, diagnosticCode: string): ClassifyInput =>
  inputOf(diagnosticCode, {
    remoteMta: file.hosts[0] ? `mx.${file.hosts[0]}` : null,
    product: file.hosts[0] ? null : (file.products?.[0] ?? null),
  })
