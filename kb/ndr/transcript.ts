/** The dialogue that sendmail, Courier and others print: `>>> RCPT TO:<…>`, `<<< 550 …`. */
import type { Address } from './addresses.ts'
import type { Span } from './reply.ts'
import { addressIn, type Scan } from './scan.ts'

export type Exchange = Span & {
  /** named by sendmail's own line behind the answer: "550 5.1.1 <user@example.com>... User unknown" */
  readonly address: Address | null
  /** sendmail's own line about the answer */
  readonly own: Span | null
  readonly command: string | null
  readonly host: (Span & { readonly value: string }) | null
}

/** Longer dialogues repeat themselves. */
const MOST = 300
const COMMAND = /^>>>\s*(MAIL|RCPT|DATA|EHLO|HELO|LHLO|STARTTLS|AUTH|QUIT|RSET)\b/i
const ANSWER = /^<<<\s?/
const TALKING = /\bwhile talking to\s+([\w.-]+?)\.?:?\s*$/i
/** smail's stand apart: " <user@example.com> ... unknown user". */
const OWN =
  /^(?:(?:\d{3}[ -])?(?:\d\.\d{1,3}\.\d{1,3} )?<?[^\s<>]{1,128}@[^\s<>]{1,255}>?| <?[^\s<>]{1,128}@[^\s<>]{1,255}>? )\.\.\. /

/** What was said, in order; an answer that sendmail assigned to an address belongs to that one. */
export function readTranscript(s: Scan): Exchange[] {
  const { text, body } = s
  const from = s.marks.find((mark) => mark.role === 'transcript' && mark.start >= body.start)?.end
  const first = text.indexOf('<<<', body.start)
  const start = from ?? (first < 0 ? body.end : text.lastIndexOf('\n', first) + 1)
  const found: Exchange[] = []
  let host: Exchange['host'] = null
  let command: string | null = null
  let pending = null as Exchange | null
  const flush = (): void => {
    if (pending) found.push(pending)
    pending = null
  }
  for (let at = start; at < body.end && found.length < MOST; ) {
    const stop = lineEnd(text, at, body.end)
    const words = text.slice(at, stop)
    const talking = TALKING.exec(words)
    if (talking?.[1]) {
      flush()
      const hostStart: number = at + talking.index + talking[0].indexOf(talking[1])
      host = { value: talking[1], start: hostStart, end: hostStart + talking[1].length }
    } else if (words.startsWith('>>>')) {
      flush()
      command = COMMAND.exec(words)?.[1]?.toUpperCase() ?? null
    } else if (ANSWER.test(words)) {
      const answer = at + (ANSWER.exec(words)?.[0].length ?? 0)
      if (pending && continues(text, pending, answer)) pending = { ...pending, end: stop }
      else {
        flush()
        pending = { start: answer, end: stop, address: null, own: null, command, host }
      }
    } else if (OWN.test(words)) {
      const address = addressIn(s, { start: at, end: stop }) ?? null
      const line = { start: at, end: stop }
      const own: Exchange = { ...line, address: null, own: null, command, host }
      const said: Exchange = pending ?? own
      found.push({ ...said, address, own: line })
      pending = null
    }
    at = stop + 1
  }
  flush()
  return found
}

/** "550-5.7.1 …" goes on with the same code in the next line. */
const continues = (text: string, previous: Exchange, start: number): boolean => {
  const last = text.lastIndexOf('<<<', previous.end) + 3
  const code = text.slice(last, previous.end).trim().slice(0, 4)
  return /^\d{3}-$/.test(code) && text.slice(start, start + 3) === code.slice(0, 3)
}

function lineEnd(text: string, from: number, limit: number): number {
  const at = text.indexOf('\n', from)
  return at < 0 || at > limit ? limit : at
}
