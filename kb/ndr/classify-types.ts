/** The seam between the parser, which finds what a report says, and the rules, which judge it. */
import type { Action, Kind, Reason } from '../types.ts'

/** What is known about one recipient's refusal. What the report does not say is null. */
export type ClassifyInput = {
  /** what the refusing server said, or the line of the report that gives the cause; blanks collapsed */
  readonly diagnosticCode: string | null
  /** the readable part of the whole report, for wording that stands apart from the diagnostic */
  readonly text: string
  readonly enhancedStatusCode: string | null
  readonly replyCode: number | null
  /** host that refused */
  readonly remoteMta: string | null
  /** host that wrote the report */
  readonly reportingMta: string | null
  /** id in `kb/data/products.json` of whatever wrote the report */
  readonly product: string | null
  /** SMTP command that was answered, in capitals */
  readonly command: string | null
  readonly action: Action | null
  readonly kind: Kind
  /** address that failed; its domain may tell the provider where no host is named */
  readonly finalRecipient: string | null
}

/** The judgement, and which rule in `kb/data` spoke. */
export type Classification = {
  readonly reason: Reason
  readonly rule: string | null
  readonly provider: string | null
  readonly permanent: boolean | null
}
