/** What was said so far: reports, facts, the question that we asked. Read anew with each request. */
import { FACTS } from '../../kb/diagnose/data.ts'
import { keyOf, readFacts } from '../../kb/diagnose/index.ts'
import { readAnswer, readOption } from '../../kb/diagnose/said.ts'
import type { ChatMessage, Fact, FactData, Reason, Report } from '../../kb/types.ts'
import { isNewMatter, withoutOpening } from './new-matter.ts'
import {
  isHeaderBlock,
  isLineLayout,
  isPastedReport,
  quotedReport,
  splitWords,
} from './own-words.ts'
import { topicOf } from './topics.ts'
import { asked as askedIn } from './typing.ts'

/** One report that was pasted, with what was told about it. */
export type Case = { readonly report: Report; readonly facts: readonly Fact[] }

export type Conversation = {
  readonly cases: readonly Case[]
  /** the report under discussion, or what was told without one */
  readonly current: Case | { readonly report: null; readonly facts: readonly Fact[] }
  /** what was told before the last message: what changed is said */
  readonly before: readonly Fact[]
  readonly last: Message
  /** the person's own words, oldest first, without the last message's */
  readonly earlier: readonly string[]
  /** the question that the last message answers, and whether it did */
  readonly asked: FactData | undefined
  readonly answered: boolean
  /** ids of the questions that were put about this case: none is put twice */
  readonly put: ReadonlySet<string>
  /** the recipient in focus, where one of several was picked */
  readonly recipient: number | null
  /** the last pasted line that is no report, of an earlier message; empty: none */
  readonly line: string
  /** the last message went back to another report or on to another recipient */
  readonly switched: boolean
  readonly turn: number
  /** the answer just before, for what was said there is not said again; empty: none */
  readonly previously: string
}

export type Message = {
  readonly text: string
  readonly own: string
  /** a report that this message brought */
  readonly report: Report | null
  /** a pasted line that is no report (a banner, a log row): what the parser made of it */
  readonly line: Report | null
  /** it says that it is about something else */
  readonly fresh: boolean
}

export type Reader = (text: string) => Report

/** Facts about the person's own side hold for every report; the rest belongs to one. */
const LASTING = new Set(['ourServer', 'sentBy'])

type State = {
  cases: { report: Report; facts: Fact[] }[]
  current: number
  loose: Fact[]
  recipient: number | null
  /** the question of the answer just before, and the last one that is still open */
  asked: FactData | undefined
  open: FactData | undefined
  put: Set<string>
}

const start = (): State => ({
  cases: [],
  current: -1,
  loose: [],
  recipient: null,
  asked: undefined,
  open: undefined,
  put: new Set(),
})

/**
 * Reads a conversation once, oldest first: each message costs its own length and nothing more. `files`
 * are reports that came with the last message as files.
 */
export function readConversation(
  messages: readonly ChatMessage[],
  read: Reader,
  files: readonly Report[] = [],
): Conversation {
  const state = start()
  let questioned: FactData | undefined
  let before: readonly Fact[] = []
  let last: Message = { text: '', own: '', report: null, line: null, fresh: false }
  let answered = false
  let switched = false
  let line = ''
  let previously = ''
  const earlier: string[] = []
  for (const [at, { role, content }] of messages.entries()) {
    if (role === 'assistant') {
      noteQuestion(state, content)
      previously = content
      continue
    }
    if (at > 0) earlier.push(last.own)
    if (last.line || /^\W*220[ -]/.test(last.text)) line = last.text
    else if (last.report) line = ''
    last = readMessage(content, read, at === messages.length - 1 ? files : [])
    before = [...factsOf(state)]
    questioned = state.asked
    const { current, recipient } = state
    answered = take(state, last)
    switched = !last.report && (current !== state.current || recipient !== state.recipient)
    state.asked = undefined
  }
  return {
    cases: state.cases,
    current: state.cases[state.current] ?? { report: null, facts: state.loose },
    before,
    last,
    earlier: earlier.filter(Boolean),
    asked: questioned,
    answered,
    put: state.put,
    recipient: state.recipient,
    line,
    switched,
    turn: messages.filter(({ role }) => role === 'user').length,
    previously,
  }
}

function noteQuestion(state: State, answer: string): void {
  state.asked = questionIn(answer)
  if (!state.asked) return
  state.open = state.asked
  state.put.add(state.asked.id)
}

const factsOf = (state: State): Fact[] => state.cases[state.current]?.facts ?? state.loose

function readMessage(text: string, read: Reader, files: readonly Report[]): Message {
  const quoted = quotedReport(text, read)
  const parsed = quoted?.report ?? (mayHoldReport(text) ? read(text) : null)
  const isReport = quoted !== null || (parsed !== null && isPastedReport(parsed, text))
  const isLine = parsed !== null && !isReport && (isLineLayout(parsed) || isHeaderBlock(text))
  const said = quoted?.own ?? splitWords(text, isReport || isLine).own
  const fresh = isNewMatter(said)
  const own = fresh ? withoutOpening(said) : said
  const file = files.find(({ kind }) => kind !== 'none') ?? files[0]
  return {
    text,
    own,
    report: file ?? (isReport ? parsed : null),
    line: isLine ? parsed : null,
    fresh,
  }
}

/** A short line without a digit, an address or a line break is talk: parsing it would be for nothing. */
const mayHoldReport = (text: string): boolean => text.length > 160 || /[\d@\n]/.test(text)

/** Takes one message into account. True where it answers a question that was asked before it. */
function take(state: State, message: Message): boolean {
  if (asksMeaning(message)) return false
  if (message.report) {
    const lasting = factsOf(state).filter(({ name }) => LASTING.has(name))
    state.cases.push({ report: message.report, facts: [...lasting, ...readFacts(message.own)] })
    state.current = state.cases.length - 1
    state.recipient = null
    state.open = undefined
    state.put = new Set()
    return false
  }
  const answer = answerIn(message.own, state)
  const told =
    isConclusion(message.own) || message.fresh
      ? []
      : readFacts(withoutDemands(message.own)).filter(({ name }) => name !== answer?.name)
  remember(factsOf(state), answer ? [...told, answer] : told)
  if (!answer) pick(state, message.own)
  if (answer?.name === state.open?.id) state.open = undefined
  return answer !== undefined
}

/** "What is greylisting?" asks about a thing and says nothing of the case. */
const asksMeaning = ({ report, own }: Message): boolean =>
  !report &&
  /^\W*(?:and |but |so |ok |then )*(?:what(?:['’]?s| is| are| does| do)|explain|define)\b[^,;:\n]{1,60}$/i.test(
    own,
  )

/** "Just tell me …" demands something and tells nothing. */
const withoutDemands = (own: string): string =>
  own
    .split(/(?<=[.!?])\s+|\n+/)
    .filter(
      (part) =>
        !WH_FIRST.test(askedIn(part)) &&
        !/^\W*(?:(?:and|but|so|ok|okay|fine|please|just|then|now|well)\W+)*(?:tell|give|show|write|explain|make|help|say|put|draft|send) (?:me|us|it|that|this|a|an|the|one|him|her|them)\b/i.test(
          part,
        ) &&
        !/^\W*(?:(?:and|but|so|ok|okay)\W+)*(?:is|are|was|were|does|do|did|can|could|will|would|has|have) (?:the|my|our|your|his|her|their|all|any|everyone|everybody|somebody|a|an)\b/i.test(
          part,
        ),
    )
    .join(' ')

const WH_FIRST = /^(?:what|why|how|who|whom|whose|which|where|when)\b(?![^?]*[:,] )/i

/** "So their server is down?": a guess that is put to us, nothing that the person knows. */
const isConclusion = (own: string): boolean =>
  /^\W*(?:(?:and|but|ok|okay|oh|ah|wait|hm+)\W+)*(?:so|then|thus|you mean|does that mean|that means)\b[^.!?\n]*\?\W*$/i.test(
    own,
  )

const LONGEST_ANSWER = 200

/** An answer to the question just asked, to an older one that is open, or an option as it was offered. */
function answerIn(own: string, { asked, open }: State): Fact | undefined {
  if (own.length > LONGEST_ANSWER || WH_FIRST.test(askedIn(own))) return undefined
  // of options that exclude each other, "both" and "neither" choose none
  if (asked && /^\W*(?:no\W+|yes\W+)?(?:both|neither)\b/i.test(own) && !readOption(own, [asked]))
    return undefined
  return (
    (asked && readAnswer(own, asked)) ?? (open && readOption(own, [open])) ?? readOption(own, FACTS)
  )
}

function remember(facts: Fact[], told: readonly Fact[]): void {
  for (const fact of told) {
    const at = facts.findIndex((one) => keyOf(one) === keyOf(fact))
    if (at >= 0) facts.splice(at, 1)
    facts.push(fact)
  }
}

const PICK =
  /\b(first|second|third|fourth|last|latest|earlier|previous|other|newer|older|1st|2nd|3rd)\b\s*(one|report|bounce|mail|message|error|ndr|paste|recipient|address|person|failure)?/i
const REPORT_WORDS = /report|bounce|mail|message|error|ndr|paste|failure/i
const RECIPIENT_WORDS = /recipient|address|person/i

/** "The second one", "and Bob?": of the recipients where the report has several, else of the reports. */
function pick(state: State, own: string): void {
  const named = namedRecipient(state.cases[state.current]?.report, own)
  if (named >= 0) state.recipient = named
  if (named < 0) {
    const other = state.cases.findIndex(
      ({ report }, at) => at !== state.current && names(report, own),
    )
    if (other >= 0) {
      state.current = other
      state.recipient = null
      return
    }
  }
  const meant = meantRecipient(state.cases[state.current]?.report, own)
  if (meant >= 0) state.recipient = meant
  const match = PICK.exec(own)
  if (!match?.[2] && own.trim().split(/\s+/).length > 4) return
  if (!match) return
  const recipients = state.cases[state.current]?.report.recipients.length ?? 0
  const ofRecipients = RECIPIENT_WORDS.test(match[2] ?? '') || !REPORT_WORDS.test(match[2] ?? '')
  if (recipients > 1 && ofRecipients) {
    state.recipient = placeOf(match[1] ?? '', recipients, state.recipient ?? 0)
    return
  }
  if (state.cases.length < 2 || !(match[2] || own.length < 40)) return
  state.current = placeOf(match[1] ?? '', state.cases.length, state.current)
  state.recipient = null
}

/** Whether a report's one recipient is called by name. */
const names = (report: Report, own: string): boolean =>
  report.recipients.length === 1 && calledRecipient(report, own) === 0

/** A recipient that is called by address, or by what stands before the @ ("bob", "bob.miller"). */
function namedRecipient(report: Report | undefined, own: string): number {
  return !report || report.recipients.length < 2 ? -1 : calledRecipient(report, own)
}

function calledRecipient(report: Report, own: string): number {
  const words = new Set(own.toLowerCase().match(/[\p{L}\p{N}._%+@-]+/gu) ?? [])
  return report.recipients.findIndex(({ finalRecipient, originalRecipient }) => {
    const address = (finalRecipient ?? originalRecipient ?? '').toLowerCase()
    const [local = ''] = address.split('@')
    const names = [address, local, ...local.split(/[._-]/)].filter((name) => name.length > 2)
    return names.some((name) => words.has(name) || words.has(`${name}.`))
  })
}

/** "Which one has the full mailbox?": the one recipient of whom the report says that. */
function meantRecipient(report: Report | undefined, own: string): number {
  const reasons = OF_SIZE.test(own)
    ? SIZE_REASONS
    : /\b(?:which|who|whose)\b/i.test(own)
      ? topicOf(own)?.reasons
      : undefined
  if (!reasons || !report || report.recipients.length < 2) return -1
  const meant = report.recipients.filter(({ reason }) => reasons.includes(reason))
  const [one] = meant
  return one && meant.length === 1 ? report.recipients.indexOf(one) : -1
}

/** "How big may it be?" is about the one for whom it was too big. */
const OF_SIZE = /\bhow (?:big|large)\b|\bzip\w*\b|\bmegabytes?\b|\bsmaller\b/i
const SIZE_REASONS: readonly Reason[] = ['mesgtoobig', 'exceedlimit']

function placeOf(word: string, count: number, now: number): number {
  const at = ['first', 'second', 'third', 'fourth'].indexOf(word.toLowerCase())
  if (at >= 0) return Math.min(at, count - 1)
  if (/^\d/.test(word)) return Math.min(Number.parseInt(word, 10) - 1, count - 1)
  if (/last|latest|newer/i.test(word)) return count - 1
  return Math.max(0, now === 0 && /other/i.test(word) ? count - 1 : now - 1)
}

/** The question of ours that an answer ended with. Our own words are data, so they are found literally. */
function questionIn(answer: string): FactData | undefined {
  const tail = answer.slice(-1500)
  return FACTS.filter(({ question }) => tail.includes(question)).at(-1)
}
