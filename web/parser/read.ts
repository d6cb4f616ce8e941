/** Reads a text or a file with what is at hand, loads what was missing, and reads again. */
import { looksLikeMail, parseText } from '../../kb/ndr/index.ts'
import { takeWanted } from '../../kb/ndr/parts.ts'
import type { Report } from '../../kb/types.ts'
import { loadParts } from './load.ts'

/** Reads what was pasted; a whole mail needs the part for mails, a file too. */
export async function readInput(input: string | Uint8Array): Promise<Report> {
  if (typeof input === 'string' && !looksLikeMail(input)) return complete(() => parseText(input))
  const { readReport } = await import('./mail.ts')
  return complete(() => readReport(input))
}

/** Ends: a part is wanted only while it is not here. */
async function complete(read: () => Report): Promise<Report> {
  for (;;) {
    const report = read()
    const parts = takeWanted()
    if (parts.length === 0) return report
    await loadParts(parts)
  }
}
