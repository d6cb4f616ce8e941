/** The reader of HTML, which comes when HTML was pasted. */
export { htmlToText } from '../../kb/ndr/html.ts'
