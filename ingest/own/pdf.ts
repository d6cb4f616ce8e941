import { textToMarkdown } from './text.ts'

/** More pages than a manual has; a scan of a library must not hold an ingest for hours. */
const MAX_PAGES = 500

type Item = { readonly str?: string; readonly hasEOL?: boolean }

/** The text of a PDF. One without text (a scan) is refused by name: there is nothing to find in it. */
export async function pdfToMarkdown(
  bytes: Uint8Array,
): Promise<{ title?: string; markdown: string }> {
  const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs')
  const task = getDocument({
    data: new Uint8Array(bytes),
    isEvalSupported: false,
    disableFontFace: true,
    useSystemFonts: false,
    verbosity: 0,
  })
  try {
    const document = await task.promise
    const pages: string[] = []
    for (let number = 1; number <= Math.min(document.numPages, MAX_PAGES); number++) {
      const page = await document.getPage(number)
      const { items } = await page.getTextContent()
      pages.push(linesOf(items as Item[]))
    }
    const text = pages.join('\n\n').trim()
    if (text === '') throw new Error('holds no text: a scan needs to be made readable first')
    const { info } = await document.getMetadata()
    const title = (info as { Title?: unknown }).Title
    return {
      markdown: textToMarkdown(text),
      ...(typeof title === 'string' &&
        title.trim() !== '' && { title: title.trim().slice(0, 140) }),
    }
  } finally {
    await task.destroy()
  }
}

const linesOf = (items: readonly Item[]): string =>
  items.map(({ str = '', hasEOL }) => (hasEOL ? `${str}\n` : str)).join('')
