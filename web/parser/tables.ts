/** Tells what may be a table, in place of `kb/ndr/tables.ts`; the reader comes with that of HTML. */
import { want } from '../../kb/ndr/parts.ts'
import { readerOfHtml } from './html.ts'

/** Tabs, bars, or a column for the recipient between commas. */
const TABLE =
  /\t|^ *\||(?:,|^)[^,\n]{0,30}(?:recip|to|mail|addr|rcpt|empf|destin)[^,\n]{0,20},|,[^,\n]{0,30}(?:recip|to|mail|addr|rcpt|empf|destin)[^,\n]{0,20}$/im

export function withoutTables(text: string): string {
  const reader = readerOfHtml()
  if (reader) return reader.withoutTables(text)
  if (TABLE.test(text)) want('html')
  return text
}
