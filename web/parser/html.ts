/** Tells what is HTML, in place of `kb/ndr/html.ts`; the reader comes then. */
import { want } from '../../kb/ndr/parts.ts'

type Reader = typeof import('./html-reader.ts')

let reader: Reader | undefined

export const learnHtml = (loaded: Reader): void => {
  reader = loaded
}

/** The readers, where they are here. */
export const readerOfHtml = (): Reader | undefined => reader

export function htmlToText(html: string): string {
  if (reader) return reader.htmlToText(html)
  want('html')
  return ''
}
