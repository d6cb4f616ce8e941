/** The reader of whole mails and of files. */

export { readReport } from '../../kb/ndr/read.ts'
