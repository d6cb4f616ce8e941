/** Which part of a message the person wrote, and which part is a paste. */
import type { Report } from '../../kb/types.ts'

export type Split = { readonly own: string; readonly pasted: string }

/** Layouts of lines that are pasted to be explained, though they are no delivery report. */
const LINE_LAYOUTS = /^(?:smtp-|tracking-|received-|header|auth)/

/** Whether what was read is a report to talk about (and not a question that mentions a code). */
export function isPastedReport(report: Report, text: string): boolean {
  if (report.signs.includes('phishing-lure')) return true
  if (report.kind === 'none') return false
  if (isWhole(report, text) || isToldWordByWord(report)) return true
  const machine = text.split('\n').filter(isMachineLine)
  if (machine.length >= 2) return true
  const [line] = machine
  if (line === undefined) return !isTalk(text)
  const bare = line.replace(/[245]\.\d{1,3}\.\d{1,3}|#|\b[245]\d\d\b/g, ' ').trim()
  const words = bare.split(/\s+/).filter((word) => /\p{L}/u.test(word))
  if (words.length < 3) return words.length === 0 && !isTalk(text)
  return !isTalk(line) || hasWording(line) || isReply(line)
}

/** Several lines in the form of a known program, and nothing asked: a paste, whatever its words. */
const isWhole = ({ kind, layout }: Report, text: string): boolean =>
  layout !== null &&
  !text.includes('?') &&
  (kind === 'auto-reply' || text.trim().split('\n').length >= LEAST_LINES)
const LEAST_LINES = 3

/**
 * A rule knows the refusal, and a program's form or a provider with its code stands around it: the
 * machine's own words, whatever is said on the same line.
 */
const isToldWordByWord = ({ layout, recipients, text }: Report): boolean =>
  recipients.some(
    ({ rule, provider, replyCode }) =>
      rule !== null &&
      (layout !== null ||
        (provider !== null && replyCode !== null && text.length > 140 && !text.includes('?'))),
  )

/** A report told in quotation marks, and what the person says around it; null where there is no such thing. */
export function quotedReport(
  text: string,
  read: (text: string) => Report,
): { readonly report: Report; readonly own: string } | null {
  const [quotation, another] = text.matchAll(QUOTED)
  if (!quotation || another) return null
  const own = text
    .replace(quotation[0], ' it ')
    .replace(/[ \t]+/g, ' ')
    .trim()
  if (own.split('\n').some(isMachineLine) || ASKS_MEANING.test(own)) return null
  const report = read(quotation[1] ?? '')
  const isKnown = report.recipients.some(
    ({ rule, replyCode, enhancedStatusCode }) =>
      rule !== null || (replyCode !== null && enhancedStatusCode !== null),
  )
  return report.kind !== 'none' && isKnown ? { report, own } : null
}
const ASKS_MEANING = /^\W*(?:what|how) (?:does|is|do)\b.{0,12}\bit\b/i
/** Shorter quotations are phrases that somebody asks about. */
const QUOTED = /["“”]([^"“”]{40,1500})["“”]/g

export const isLineLayout = (report: Report): boolean => LINE_LAYOUTS.test(report.layout ?? '')

/** Headers of a mail, pasted without a report. */
export const isHeaderBlock = (text: string): boolean =>
  /^(?:Received|Authentication-Results): \S/m.test(text)

/**
 * The person's words are what stands before the first and after the last line that a machine wrote.
 * What stands between is never read as something that the person says, let alone asks for.
 */
export function splitWords(text: string, pasted: boolean): Split {
  if (!pasted) return { own: text, pasted: '' }
  const lines = text.split('\n')
  const machine = lines.flatMap((line, at) => (isMachineLine(line) ? [at] : []))
  const [first, last] = [machine[0], machine.at(-1)]
  if (first === undefined || last === undefined) return { own: '', pasted: text }
  const before = lines.slice(0, first)
  const after = lines.slice(last + 1)
  const own = [...talkAtEnd(before.reverse()).reverse(), ...talkAtEnd(after.reverse()).reverse()]
  const mixed = machine.length === 1 ? ownOnLine(lines[first] ?? '') : ''
  return { own: [...own, mixed].join('\n').trim(), pasted: lines.slice(first, last + 1).join('\n') }
}

/** Lines that are talk; a signature or a piece of report among them is left out. */
const talkAtEnd = (lines: readonly string[]): string[] =>
  lines.filter((line) => line.trim() === '' || isTalk(line))

/** "Our copier gets 550 5.7.1 unable to relay" is told by a person, code and all. */
const ownOnLine = (line: string): string => {
  if (!isTalk(line) || isReply(line) || hasAddress(line)) return questionIn(line)
  const sentences = line.split(/(?<=[.!?)”"]) +(?=["“]?[A-Z])/)
  const talk = sentences.filter((one) => isTalk(one) && !/\b[245]\d\d\b/.test(one))
  const isMixed = sentences.some((one) => !isTalk(one) && /\b[245]\d\d\b/.test(one))
  return isMixed ? talk.join(' ') : line
}

const hasAddress = (line: string): boolean => /<[^<>\s]+@[^<>\s]+>/.test(line)

/** "550 5.7.1 Unable to relay: what does it mean?" holds both on one line. */
function questionIn(line: string): string {
  return (
    /(?:^|[.:;,–—-]\s*|"\s*|'\s*)((?:what|why|how|is|should|can|who|when|does|do|did|and what)\b[^"]*\?)\s*$/i.exec(
      line,
    )?.[1] ?? ''
  )
}

/** A server's answer, code first, that says "our users" or "we": nobody but a server begins so. */
const isReply = (line: string): boolean =>
  /^\W*[245]\d\d[ -]#?[245]\.\d{1,3}\.\d{1,3}\b/.test(line) &&
  !/\b(?:i|my|i'm|i've)\b|\b(?:we|our \w+) (?:get|got|have|see|receive|send)s?\b|\?\s*$/i.test(line)

const HEADER = /^\s*[A-Z][A-Za-z]*(?:-[A-Za-z]+)*:\s/
const CODE =
  /(?:^|[\s<(#'"])[245]\.\d{1,3}\.\d{1,3}\b|^\W*[245]\d\d[ -]\S|\b(?:SMTP|dsn|stat|status)=/
const WORDING =
  /your message\b.*(?:did not|could ?n.t|was not|wasn.t|to|has)|delivery (?:has failed|to the following|status|failure|incomplete)|could(?: not|n't) be (?:delivered|reached)|undeliver|mail (?:delivery|system at host)|created automatically|i'm (?:sorry|afraid)|following (?:recipient|address|organi[sz]ation)|generating server|original message|message that you sent|diagnostic information|reporting-mta|final-recipient|returned (?:mail|to sender)|transcript of session|permanent(?:ly)? (?:fatal )?(?:error|fail)|temporar(?:y|ily) (?:error|fail|defer|reject)|unable to relay|relay(?:ing)? (?:access )?denied|user unknown|unrouteable address|no such user|mailbox unavailable|mailbox (?:is )?full|over ?quota|time limit specified|blocked using|spamhaus|rejected|refused|message (?:size )?exceed|host or domain name not found|postmaster/i

const hasWording = (line: string): boolean => WORDING.test(line)

/** A line that a program wrote. */
export function isMachineLine(line: string): boolean {
  if (line.trim() === '') return false
  if (CODE.test(line) || /^\s*(?:>|\d{4}-\d\d-\d\d|220[ +-])/.test(line)) return true
  if (HEADER.test(line) && !isTalk(line)) return true
  return (hasWording(line) || hasAddress(line)) && !isTalk(line)
}

const TALK =
  /\b(?:i|my|me|we|our|i'm|i've|we're|please|thanks|hello|hi)\b|^\s*but (?:the|it|he|she|they|this|that|other|everybody|everyone|all)\b|\?\s*$|^\s*(?:and |but |so |ok |now )?(?:what|why|how|should|can(?!['’]t)|could|who|where|when|is|does|do|did|here)\b/i
/** Programs that talk of themselves: qmail, Postfix, Google. */
const MACHINE_TALK =
  /i'm sorry to have to inform|i'm afraid i wasn't|i've given up|i'm not going to try|i wasn't able|i couldn't find|this is the (?:mail|qmail)|i tried to deliver|do not reply|my (?:mail|queue) |please (?:retry|contact|try|check|forward|include|do not|note|resend|see|visit|send|direct)|we (?:tried|were unable|recommend)|if you (?:need|do so|feel)|our system has detected|refused to talk to me/i

const isTalk = (line: string): boolean => TALK.test(line) && !MACHINE_TALK.test(line)
