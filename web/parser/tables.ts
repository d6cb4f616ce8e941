/** Tells what may be a table, in place of `kb/ndr/tables.ts`; the reader comes with that of HTML. */
import { want } from '../../kb/ndr/parts.ts'
import { readerOfHtml } from './html.ts'

/** Tabs, bars, or commas as no prose has them. */
const TABLE = /\t|^ *\||[a-z"],[a-z"]/im

export function withoutTables(text: string): string {
  const reader = readerOfHtml()
  if (reader) return reader.withoutTables(text)
  if (TABLE.test(text)) want('html')
  return text
}
