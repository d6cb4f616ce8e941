import { readReport } from '../../kb/ndr/read.ts'
import type { Document } from '../articles/index.ts'
import type { SourceFile } from '../articles/shipped.ts'
import { readConfluence, readJsonExport } from './exports.ts'
import { htmlToMarkdown, titleOf } from './html.ts'
import { nameOf } from './id.ts'
import { pdfToMarkdown } from './pdf.ts'
import { textToMarkdown } from './text.ts'

/** Reads one kind of file; one file may hold many documents (an export). */
export type DocumentReader = (file: SourceFile) => Promise<Document[]> | Document[]

/** Readers by extension. */
export const READERS: Readonly<Record<string, DocumentReader>> = {
  '.md': (file) => [{ ...nameOf(file), markdown: textOf(file) }],
  '.markdown': (file) => [{ ...nameOf(file), markdown: textOf(file) }],
  '.txt': (file) => [{ ...nameOf(file), markdown: textToMarkdown(textOf(file)) }],
  '.html': readHtml,
  '.htm': readHtml,
  '.pdf': async (file) => [{ ...nameOf(file), ...(await pdfToMarkdown(file.bytes)) }],
  '.docx': readDocx,
  '.eml': readMailFile,
  '.msg': readMailFile,
  '.json': (file) => readJsonExport(textOf(file)),
  '.jsonl': (file) => readJsonExport(textOf(file)),
  '.xml': (file) => readConfluence(textOf(file)),
}

/** A byte that is no UTF-8 means another encoding: guessing would index rubbish. */
function textOf({ bytes }: SourceFile): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new Error('is not UTF-8 text', { cause })
  }
}

function readHtml(file: SourceFile): Document[] {
  const html = textOf(file)
  const { id, title } = nameOf(file)
  return [{ id, title: titleOf(html) ?? title, markdown: htmlToMarkdown(html) }]
}

async function readDocx(file: SourceFile): Promise<Document[]> {
  const { default: mammoth } = await import('mammoth')
  const { value } = await mammoth.convertToHtml(
    { buffer: file.bytes },
    // pictures would come as kilobytes of base64
    { convertImage: mammoth.images.imgElement(async () => ({ src: '' })) },
  )
  return [{ ...nameOf(file), markdown: htmlToMarkdown(value) }]
}

/** A mail that answered a question once: its subject and its readable text. */
function readMailFile(file: SourceFile): Document[] {
  const { subject, text } = readReport(file.bytes)
  if (text.trim() === '') throw new Error('holds no readable text')
  const { id, title } = nameOf(file)
  return [{ id, title: subject?.slice(0, 140) || title, markdown: textToMarkdown(text) }]
}
