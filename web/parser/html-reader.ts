/** The readers of HTML and of tables, which come when either was pasted. */
export { htmlToText } from '../../kb/ndr/html.ts'
export { withoutTables } from '../../kb/ndr/tables.ts'
