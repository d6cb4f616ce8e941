import { basename, extname } from 'node:path'
import type { Document } from '../articles/index.ts'
import type { SourceFile } from '../shipped.ts'

/** Reads one kind of file; one file may hold many documents (an export). */
export type DocumentReader = (file: SourceFile) => Promise<Document[]> | Document[]

/** Readers by extension. */
export const READERS: Readonly<Record<string, DocumentReader>> = {
  '.md': readMarkdown,
  '.markdown': readMarkdown,
  '.txt': readText,
}

function readMarkdown(file: SourceFile): Document[] {
  return [{ ...nameOf(file), markdown: file.bytes.toString('utf8') }]
}

/** Plain text may hold characters that Markdown reads as marks; line breaks must stay. */
function readText(file: SourceFile): Document[] {
  return [{ ...nameOf(file), markdown: textToMarkdown(file.bytes.toString('utf8')) }]
}

/** Every mark of Markdown escaped; blank lines part paragraphs, as in the text. */
export function textToMarkdown(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll(/[\\`*_{}[\]<>#+|~-]/g, '\\$&')
}

/** Id and title of a file: its name, in the shape that ids have. */
export function nameOf({ path }: SourceFile): { id: string; title: string } {
  const name = basename(path, extname(path))
  return { id: toId(name), title: name.replaceAll(/[-_]+/g, ' ').trim().slice(0, 140) || name }
}

/** The id that an address can hold. */
export function toId(name: string): string {
  const id = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9.]+/g, '-')
    .replaceAll(/^[-.]+|[-.]+$/g, '')
  return id || 'document'
}
