/** What the readers of logs, transcripts, tracking rows and webhooks find. */
import type { Action, Evidence, Kind } from '../../types.ts'

/** A value with the place in the text that it was read from. */
export type Found<T> = { readonly value: T; readonly start: number; readonly end: number }

export type LogRecipient = {
  readonly finalRecipient?: Found<string> | undefined
  readonly originalRecipient?: Found<string> | undefined
  readonly action?: Action | undefined
  readonly enhancedStatusCode?: Found<string> | undefined
  readonly replyCode?: Found<number> | undefined
  readonly diagnosticCode?: Found<string> | undefined
  readonly remoteMta?: Found<string> | undefined
  readonly command?: string | undefined
  readonly lastAttemptDate?: string | undefined
  /** where the service says it in so many words */
  readonly permanent?: boolean | undefined
}

/**
 * One reading. `text` replaces the input where the form hides the words (`+` or `_` for blanks, JSON):
 * every offset points into it. `kind` is `none` where the lines report no failure and no delay.
 */
export type LogReading = {
  readonly text: string
  readonly layout: string
  readonly kind: Kind
  /** id in `kb/data/products.json` of the software that wrote the log */
  readonly product: string | null
  readonly version?: Found<string> | undefined
  readonly host?: Found<string> | undefined
  readonly subject?: Found<string> | undefined
  readonly messageId?: Found<string> | undefined
  readonly reportDate?: string | undefined
  readonly recipients: readonly LogRecipient[]
  readonly signs: readonly string[]
}

export type LogReader = (text: string) => LogReading | undefined

export type { Evidence }
