/** The stations of a mail from its Received lines (RFC 5321, 4.4), and where it waited longest. */
import { span } from '../../../kb/diagnose/summary.ts'

export type Hop = { readonly server: string; readonly at: number; readonly when: string }
export type Wait = {
  /** the server that held the mail, and the one that took it then */
  readonly from: Hop
  readonly to: Hop
  readonly hours: number
  readonly waited: string
}

/** Header lines whose continuation lines are joined. */
const unfold = (text: string): readonly string[] => text.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)

/** Oldest first: the newest line stands on top. */
export function readHops(text: string): readonly Hop[] {
  return unfold(text)
    .filter((line) => /^Received:/i.test(line))
    .slice(0, MOST)
    .flatMap((line) => {
      const server = /\bby\s+([\w.-]+)/i.exec(line)?.[1]
      const when = line.slice(line.lastIndexOf(';') + 1).trim()
      const at = Date.parse(when.replace(/\s*\([^)]*\)\s*$/, ''))
      return server && !Number.isNaN(at) ? [{ server, at, when }] : []
    })
    .reverse()
}

const MOST = 50

/** Between which two stations the most time passed; undefined with fewer than two. */
export function longestWait(hops: readonly Hop[]): Wait | undefined {
  const waits = hops.slice(1).flatMap((to, before) => {
    const from = hops[before]
    return from ? [{ from, to, hours: (to.at - from.at) / 3_600_000 }] : []
  })
  const [longest] = waits.sort((a, b) => b.hours - a.hours)
  return longest && longest.hours >= 0 ? { ...longest, waited: spanOf(longest.hours) } : undefined
}

/** "3 h 34 min" where hours alone would be too rough. */
function spanOf(hours: number): string {
  if (hours < 1 || hours >= 36) return span(hours)
  const minutes = Math.round(hours * 60)
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
