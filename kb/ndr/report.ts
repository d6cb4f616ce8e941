/** Puts a report together from everything that the parts of a text say. */

import type { Action, Evidence, Recipient, Report } from '../types.ts'
import type { Address } from './addresses.ts'
import { isAside } from './asides.ts'
import { type Found, hostAfter, NOTHING, readBlock, readBlocks, type Told } from './cause.ts'
import { classify } from './classify.ts'
import { findDate } from './dates.ts'
import type { Field } from './field-names.ts'
import { type FieldValue, type Group, groupsOf, untyped } from './fields.ts'
import { isLure, kindOf } from './kind.ts'
import { languageOf } from './language.ts'
import { type Form, matchingForms } from './markers.ts'
import { ONE_STATUS } from './patterns.ts'
import { findMentions, type Mention } from './recipients.ts'
import { type Reply, readReply, type Span } from './reply.ts'
import { addressIn, marksIn, type Scan } from './scan.ts'
import { checkRecipient, checkReport, createNotes, type Notes, note } from './signs.ts'
import { collapse, LONGEST_TEXT } from './text.ts'
import { type Exchange, readTranscript } from './transcript.ts'

/** What was found about one recipient, before it is judged. */
type Draft = {
  address: Found<string> | null
  original: Found<string> | null
  action: Found<Action> | null
  fieldStatus: Found<string> | null
  /** status in the machine's copy of the answer */
  answered: Found<string> | null
  told: Told
  diagnostic: Found<string> | null
  reply: Reply | null
  remote: Found<string> | null
  lastAttempt: Found<string> | null
  retryUntil: Found<string> | null
}

/** A report on more recipients is read up to here, and says so. */
export const MOST_RECIPIENTS = 300

/** Longest text that general wording is judged by. */
const LONGEST = 12_000

/** Reads a scanned text. */
export function assemble(s: Scan): Report {
  const forms = matchingForms(s.seen)
  const groups = groupsOf(s.text, s.fields).filter(tellsSomething).slice(0, MOST_RECIPIENTS)
  const mentions = findMentions(s)
  const drafts = draftsOf(s, groups, mentions)
  const evidence = {
    forms,
    actions: groups.flatMap((group) => actionOf(group)?.value ?? []),
    machine: groups.some(
      (g) => g.has('finalRecipient') || g.has('originalRecipient') || g.has('diagnosticCode'),
    ),
    listed: mentions.length > 0,
    answer: drafts.some(({ reply }) => reply?.code != null),
    bareStatus: drafts.some(({ reply }) => reply?.code == null && reply?.status != null),
    codeClass: classOf(drafts),
  }
  const lure = isLure(s, evidence)
  const kind = lure ? 'none' : kindOf(s, evidence)
  const form = kind === 'none' ? undefined : formFor(forms, kind)
  return finish(s, kind, form, drafts, lure)
}

function finish(
  s: Scan,
  kind: Report['kind'],
  form: Form | undefined,
  drafts: readonly Draft[],
  lure: boolean,
): Report {
  const notes = createNotes()
  const head = headOf(s)
  const reportingMta = reportingMtaOf(s)
  const machine = s.fields.some((f) => f.field === 'finalRecipient')
  const recipients =
    kind === 'none' || kind === 'auto-reply' || kind === 'complaint'
      ? []
      : drafts.map((draft) => judge(s, draft, kind, form, reportingMta?.value ?? null, notes))
  if (s.text.length >= LONGEST_TEXT) {
    note(notes, 'cut', `Only the first ${LONGEST_TEXT} characters were read.`)
  }
  if (recipients.length >= MOST_RECIPIENTS) {
    note(notes, 'too-many-recipients', `Only the first ${MOST_RECIPIENTS} recipients were read.`)
  }
  if (lure) {
    note(
      notes,
      'phishing-lure',
      'This looks like phishing that pretends to be a delivery report: do not click, do not sign in.',
    )
  }
  const report: Report = {
    kind,
    layout: form?.layout.id ?? (kind === 'none' ? null : machine ? 'dsn' : null),
    generator: {
      id: form?.layout.product ?? null,
      product: form?.layout.product ? form.layout.name : null,
      version: versionOf(s),
      host: kind === 'none' ? null : (reportingMta?.value ?? null),
    },
    language: languageOf(s.text.slice(s.body.start, s.body.end), form?.language),
    subject: head.subject,
    arrivalDate: head.arrivalDate,
    reportDate: head.reportDate,
    messageId: head.messageId,
    reportingMta: kind === 'none' ? null : (reportingMta?.value ?? null),
    recipients,
    text: s.text,
    warnings: notes.warnings,
    signs: notes.signs,
  }
  checkReport(notes, s, report)
  return report
}

/** The first form of the kind that was settled on; a layout's other form otherwise. */
const formFor = (forms: readonly Form[], kind: Report['kind']): Form | undefined =>
  forms.find((form) => form.kind === kind) ??
  forms.find((form) => form.kind !== 'auto-reply') ??
  forms[0]

const tellsSomething = (group: Group): boolean =>
  group.has('finalRecipient') ||
  group.has('originalRecipient') ||
  group.has('diagnosticCode') ||
  /\b[245]\.\d{1,3}\.\d{1,3}\b/.test(group.get('status')?.value ?? '')

function classOf(drafts: readonly Draft[]): string | null {
  for (const { reply, fieldStatus } of drafts) {
    const code = String(reply?.code?.value ?? reply?.status?.value ?? fieldStatus?.value ?? '')
    if (code) return code.charAt(0)
  }
  return null
}

/* ------------------------------------------------------------ drafts */

function draftsOf(s: Scan, groups: readonly Group[], mentions: readonly Mention[]): Draft[] {
  const transcript = readTranscript(s)
  if (groups.length > 0)
    return groups.map((group) => fromGroup(s, group, groups, mentions, transcript))
  const named =
    mentions.length > 0 ? mentions.map((m) => fromMention(s, m, mentions, transcript)) : []
  if (named.length > 0) return named
  const answered = transcript.filter(({ address }) => address !== null)
  if (answered.length > 0) return unique(answered.map((each) => fromExchange(s, each)))
  return [fromWhole(s, transcript)]
}

function unique(drafts: readonly Draft[]): Draft[] {
  const seen = new Set<string>()
  return drafts.filter(({ address }) => {
    const key = address?.value.toLowerCase() ?? ''
    return seen.has(key) ? false : seen.add(key)
  })
}

const BLANK: Draft = {
  address: null,
  original: null,
  action: null,
  fieldStatus: null,
  answered: null,
  told: NOTHING,
  diagnostic: null,
  reply: null,
  remote: null,
  lastAttempt: null,
  retryUntil: null,
}

/** RFC 3464: what the machine says counts; the words for people add what it leaves out. */
function fromGroup(
  s: Scan,
  group: Group,
  groups: readonly Group[],
  mentions: readonly Mention[],
  transcript: readonly Exchange[],
): Draft {
  const final = addressField(s, group.get('finalRecipient'))
  const original = addressField(s, group.get('originalRecipient'))
  const mention =
    matching(mentions, final, original) ??
    (groups.length === 1 && mentions.length === 1 ? mentions[0] : undefined)
  const human = mention
    ? withTranscript(s, readBlocks(s, mention.blocks), mention.address.value, transcript)
    : groups.length === 1
      ? withTranscript(s, answerIn(s), final?.value ?? '', transcript)
      : NOTHING
  const field = group.get('diagnosticCode')
  const code = field && untyped(field, s.text)
  const diagnostic = code?.value ? { value: code.value, start: code.start, end: code.end } : null
  const remoteField = group.get('remoteMta')
  const fieldReply = diagnostic ? readReply(s.text, diagnostic.start, diagnostic.end) : null
  return {
    address: final ?? original ?? (mention ? spanned(mention.address) : null),
    original,
    action: actionOf(group),
    fieldStatus: statusField(group.get('status')),
    told: human,
    diagnostic: diagnostic ?? human.diagnostic,
    answered: fieldReply?.status ?? null,
    reply: mergedReply(fieldReply, human.reply),
    remote: (remoteField && hostAfter(s.text, untyped(remoteField, s.text).start)) ?? human.remote,
    lastAttempt: dateField(group.get('lastAttemptDate')),
    retryUntil: dateField(group.get('willRetryUntil')),
  }
}

const spanned = ({ value, start, end }: Address): Found<string> => ({ value, start, end })

/** An answer somewhere in the readable part; its other words are about nobody in particular. */
function answerIn(s: Scan): Told {
  const told = readBlock(s, s.body)
  return told.reply?.code ? told : NOTHING
}

/** The machine's answer; a code that it lacks comes from the words for people. */
function mergedReply(machine: Reply | null, human: Reply | null): Reply | null {
  return machine ? { ...machine, code: machine.code ?? human?.code ?? null } : human
}

function fromMention(
  s: Scan,
  mention: Mention,
  mentions: readonly Mention[],
  transcript: readonly Exchange[],
): Draft {
  const { address } = mention
  const blocks = readBlocks(s, mention.blocks)
  const isOthers = (at: number): boolean =>
    mentions.some((each) =>
      each.blocks.some((b) => b.start <= at && at < b.end && !mention.blocks.includes(b)),
    )
  const outside = withOutside(s, blocks, address.start, isOthers)
  const told = withTranscript(s, outside, address.value, transcript)
  return {
    ...BLANK,
    address: { value: address.value, start: address.start, end: address.end },
    original: expandedFrom(s, mention),
    told,
    diagnostic: told.diagnostic,
    reply: told.reply,
    remote: told.remote,
  }
}

function fromExchange(s: Scan, exchange: Exchange): Draft {
  const told = readExchange(s, exchange)
  const address = exchange.address
  return {
    ...BLANK,
    address: address && { value: address.value, start: address.start, end: address.end },
    told,
    diagnostic: told.diagnostic,
    reply: told.reply,
    remote: told.remote,
  }
}

/** Nobody is listed: one recipient whom the header or the answer may name, or nobody. */
function fromWhole(s: Scan, transcript: readonly Exchange[]): Draft {
  const told = withTranscript(s, wholeBody(s), '', transcript)
  const failed = s.fields.find((field) => field.field === 'failedRecipients')
  const address =
    addressField(s, failed) ??
    addressInAnswer(s, told) ??
    addressBefore(s, told) ??
    soleAddress(s, told) ??
    addressOfOriginal(s) ??
    soleTo(s)
  return {
    ...BLANK,
    address,
    told,
    diagnostic: told.diagnostic,
    reply: told.reply,
    remote: told.remote,
  }
}

/** Longer texts without an answer or a cause are boilerplate: what they begin with is no diagnosis. */
const SHORT = 400

function wholeBody(s: Scan): Told {
  const told = readBlock(s, s.body)
  const telling = told.reply !== null || marksIn(s, s.body, 'cause').length > 0
  return telling || s.body.end - s.body.start < SHORT ? told : NOTHING
}

/** The answer of the server when the list itself gives none: from the transcript. */
function withTranscript(
  s: Scan,
  told: Told,
  address: string,
  transcript: readonly Exchange[],
): Told {
  if (transcript.length === 0) return told
  const own = transcript.find((each) => each.address?.value.toLowerCase() === address.toLowerCase())
  const exchange =
    own ??
    transcript.find((each) => each.address === null) ??
    (address === '' ? transcript[0] : undefined)
  if (!exchange) return told
  const said = readExchange(s, exchange)
  if (!told.reply) return { ...said, diagnostic: said.diagnostic ?? told.diagnostic }
  const same = told.reply.code?.value === said.reply?.code?.value
  return {
    ...told,
    remote: told.remote ?? said.remote,
    command: told.command ?? said.command,
    reply:
      told.reply.status || !same || !said.reply
        ? told.reply
        : { ...told.reply, status: said.reply.status },
    // "(reason: …)" holds only the first line of a long answer
    diagnostic: same && said.diagnostic ? said.diagnostic : told.diagnostic,
  }
}

function readExchange(s: Scan, exchange: Exchange): Told {
  // "554 <user@example.com>... 550 Host unknown": the second code is the answer
  const inner = s.text.slice(exchange.start, exchange.end).search(/\.\.\. [45]\d\d /)
  const told = readBlock(
    s,
    inner < 0 ? exchange : { ...exchange, start: exchange.start + inner + 4 },
  )
  const own =
    exchange.own && told.reply && !told.reply.status ? ownStatus(s, exchange.own, told.reply) : null
  const whole = collapse(s.text.slice(exchange.start, exchange.end).replace(/\n<<</g, '\n'))
  return {
    ...told,
    diagnostic: { value: whole, start: exchange.start, end: exchange.end },
    reply: own && told.reply ? { ...told.reply, status: own } : told.reply,
    remote: exchange.host ?? told.remote,
    command: exchange.command ?? told.command,
  }
}

/** sendmail's own line names the status that the answer lacks: "550 5.1.1 <…>... User unknown" */
function ownStatus(s: Scan, line: Span, answer: Reply): Found<string> | null {
  const own = readReply(s.text, line.start, line.end)
  return own?.code?.value === answer.code?.value ? (own?.status ?? null) : null
}

/** A cause that is told once for all, before the recipients or after them; not what another was told. */
function withOutside(
  s: Scan,
  told: Told,
  address: number,
  isOthers: (at: number) => boolean,
): Told {
  if (told.reply?.code) return told
  const speaks = told.reply !== null || told.diagnostic !== null
  const causes = marksIn(s, s.body, 'cause').filter(({ start }) => !speaks || !isOthers(start))
  for (const cause of causes) {
    const end = cause.end < address ? beforeLead(s, cause.end, address) : s.body.end
    const read = readBlock(s, { start: cause.end, end: Math.max(cause.end, end) })
    // Thunderbird: "The mail server responded: 5.1.1 …. Please check the message recipient …"
    const coded = read.reply?.code || (cause.end < address && read.reply && !told.reply)
    if (coded || (!speaks && (read.reply || read.diagnostic))) return read
  }
  if (speaks) return told
  const line = s.text.lastIndexOf('\n', address - 1) + 1
  const read = readBlock(s, { start: s.body.start, end: s.body.end })
  if (read.reply?.code) return read
  const head = s.text.slice(line, address)
  return /\p{L}{3}/u.test(head)
    ? readBlock(s, { start: line, end: s.body.end })
    : { ...told, around: read.around }
}

/** "…: User unknown. Please check the message recipient bob@example.org": what leads to an address is no answer. */
const beforeLead = (s: Scan, from: number, address: number): number =>
  marksIn(s, { start: from, end: address }, 'lead').find(
    (mark) => address - mark.end < SHORT && GAP.test(s.text.slice(mark.end, address)),
  )?.start ?? address

const GAP = /^[\s<"':(]{0,8}$/

/** "(expanded from <alias@example.com>)", "(ultimately generated from alias@example.com)" */
const EXPANDED = /(?:expanded\s+from:?|generated\s+from)\s+<?([^\s<>()]{1,128}@[^\s<>()]{1,255})/i

function expandedFrom(s: Scan, mention: Mention): Found<string> | null {
  for (const block of mention.blocks) {
    const match = EXPANDED.exec(s.text.slice(block.start, Math.min(block.end, block.start + 600)))
    if (!match?.[1]) continue
    const start = block.start + match.index + match[0].lastIndexOf(match[1])
    return { value: match[1], start, end: start + match[1].length }
  }
  return null
}

/** "550 5.1.1 <user@example.com>: …", but not "553 5.1.8 <sender@example.com>... Domain of sender" */
function addressInAnswer(s: Scan, told: Told): Found<string> | null {
  const { diagnostic } = told
  if (
    !diagnostic ||
    !told.reply ||
    /sender|mail from|mailfrom|disallowed as/i.test(diagnostic.value)
  )
    return null
  const address = s.addresses.find(
    ({ start, end }) => start >= diagnostic.start && end <= diagnostic.end,
  )
  return address && !isAside(s.text, address, s.signatures) ? spanned(address) : null
}

/** "Some recipients failed: <bob@example.org> 450 4.7.1 …", "Couldn't send to bob@example.org: 550 …" */
function addressBefore(s: Scan, { reply }: Told): Found<string> | null {
  const address = reply?.code && s.addresses.findLast(({ outerEnd }) => outerEnd <= reply.start)
  if (!reply || !address) return null
  if (!/^>?[:,;]?[\s"'(-]{1,4}$/.test(s.text.slice(address.outerEnd, reply.start))) return null
  const head = s.text.slice(Math.max(0, address.outerStart - 40), address.outerStart)
  if (/sender|mail from|\bfrom\b/i.test(head)) return null
  return isAside(s.text, address, s.signatures) ? null : spanned(address)
}

/** "bob@example.org Unrouteable address": one line without a code, about the one address in it. */
function soleAddress(s: Scan, told: Told): Found<string> | null {
  const [only, another] = s.addresses
  if (!only || another || told.reply || s.sections || s.text.length >= LONGEST_LINE) return null
  // "Task 'ann@example.com - Sending' reported error": the account, not the recipient
  if (/sender|mail from|^(?:from|von|de):|\b(?:task|aufgabe) ['"]/im.test(s.text)) return null
  return isAside(s.text, only, s.signatures) ? null : spanned(only)
}

/** "To: bob@example.org" in a report of a known layout that lists nobody: the message had that one recipient. */
function soleTo(s: Scan): Found<string> | null {
  const end = s.sections?.human.end ?? Infinity
  const to = s.fields.filter(({ field, nameStart }) => field === 'to' && nameStart < end)
  const [only] = to
  if (matchingForms(s.seen).length === 0) return null
  if (!only || to.length > 1 || only.value.split('@').length !== 2) return null
  return addressField(s, only)
}

function addressOfOriginal(s: Scan): Found<string> | null {
  const { start, end } = s.sections?.original ?? { start: 0, end: 0 }
  const to = s.fields.find((f) => f.field === 'to' && f.nameStart >= start && f.end <= end)
  return addressField(s, to)
}

/* ------------------------------------------------------------ fields */

function matching(
  mentions: readonly Mention[],
  ...wanted: readonly (Found<string> | null)[]
): Mention | undefined {
  const values = wanted.flatMap((each) => each?.value.toLowerCase() ?? [])
  return mentions.find(({ address }) => values.includes(address.value.toLowerCase()))
}

function addressField(s: Scan, field: FieldValue | undefined): Found<string> | null {
  if (!field || field.value === '') return null
  const address = addressIn(s, field)
  if (address) return { value: address.value, start: address.start, end: address.end }
  // sendmail names local users without a domain
  const bare = untyped(field, s.text)
  const name = /^<?([\w.+=-]{1,128})>?$/.exec(bare.value)?.[1]
  if (!name || field.field === 'to') return null
  const start = s.text.indexOf(name, bare.start)
  return { value: name, start, end: start + name.length }
}

const ACTION = /^(failed|failure|delayed|delivered|relayed|expanded)\b/i

function actionOf(group: Group): Found<Action> | null {
  const field = group.get('action')
  const match = field && ACTION.exec(field.value)
  if (!field || !match?.[1]) return null
  const word = match[1].toLowerCase()
  const value = (word === 'failure' ? 'failed' : word) as Action
  return { value, start: field.start, end: field.start + word.length }
}

function statusField(field: FieldValue | undefined): Found<string> | null {
  if (!field) return null
  const match = ONE_STATUS.exec(field.value)
  if (!match?.[1]) return null
  return {
    value: match[1].replace(/\s+/g, ''),
    start: field.start + match.index,
    end: field.start + match.index + match[1].length,
  }
}

function dateField(field: FieldValue | undefined): Found<string> | null {
  const date = field && findDate(field.value)
  return field && date
    ? { value: date.iso, start: field.start + date.start, end: field.start + date.end }
    : null
}

/** The host that wrote the report. */
function reportingMtaOf(s: Scan): Found<string> | null {
  const field = s.fields.find((each) => each.field === 'reportingMta')
  const named = field && hostAfter(s.text, untyped(field, s.text).start)
  if (named) return named
  for (const mark of marksIn(s, s.body, 'host')) {
    const host = hostAfter(s.text, mark.end)
    if (host) return host
  }
  return exchange2003Host(s)
}

/** "<mail.example.com #4.4.7>": Exchange 2000 and 2003 name themselves before the code. */
const EXCHANGE_2003_HOST = /<\s?([\w-]{1,63}(?:\.[\w-]{1,63}){1,8}) #[245]\.\d{1,3}\.\d{1,3}/

function exchange2003Host(s: Scan): Found<string> | null {
  const match = EXCHANGE_2003_HOST.exec(s.text)
  if (!match?.[1]) return null
  const start = s.text.indexOf(match[1], match.index)
  return { value: match[1], start, end: start + match[1].length }
}

function versionOf(s: Scan): string | null {
  const mark = marksIn(s, s.body, 'version')[0]
  const match = mark && /^\s?([\d][\w.-]{0,30})/.exec(s.text.slice(mark.end, mark.end + 40))
  return match?.[1]?.replace(/[.,]$/, '') ?? null
}

/* ------------------------------------------------------------ header of the report and the original */

type Head = Pick<Report, 'subject' | 'arrivalDate' | 'reportDate' | 'messageId'>

function headOf(s: Scan): Head {
  const originalFrom = s.sections?.original.start ?? startOfOriginal(s)
  const first = (field: Field, original: boolean): FieldValue | undefined =>
    s.fields.find((each) => each.field === field && each.nameStart >= originalFrom === original)
  const pick = (field: Field): FieldValue | undefined => first(field, true) ?? first(field, false)
  const arrival =
    s.fields.find((each) => each.field === 'arrivalDate') ??
    first('sent', true) ??
    first('sent', false) ??
    first('date', true)
  return {
    subject: pick('subject')?.value || null,
    arrivalDate: dateField(arrival)?.value ?? receivedAt(s),
    reportDate: dateField(first('date', false))?.value ?? reachedAt(s),
    messageId: messageIdIn(first('messageId', true) ?? first('messageId', false)),
  }
}

/** Where the text begins to speak of the returned message. */
function startOfOriginal(s: Scan): number {
  const mark = s.marks.find(
    ({ role, start }) => role === 'original' || (role === 'end' && start >= s.body.end),
  )
  return mark?.start ?? s.fields[0]?.nameStart ?? 0
}

const messageIdIn = (field: FieldValue | undefined): string | null =>
  /<[^<>\s]{1,400}>/.exec(field?.value ?? '')?.[0] ?? null

/** sendmail: "The original message was received at Thu, 29 Apr 2010 23:34:45 +0900" */
function receivedAt(s: Scan): string | null {
  const at = s.lower.indexOf('original message was received')
  return at < 0 ? null : (findDate(s.text.slice(at, at + 120))?.iso ?? null)
}

/** Exchange: "could not be reached: on 8/20/2008 11:34 PM", "user@example.com on 4/29/2001 11:34 PM" */
function reachedAt(s: Scan): string | null {
  const list = marksIn(s, s.body, 'list')[0]
  if (!list) return null
  const piece = s.text.slice(list.end, Math.min(s.body.end, list.end + 200))
  const at = piece.search(/\bon\s/)
  return at < 0 ? null : (findDate(piece.slice(at, at + 60))?.iso ?? null)
}

/* ------------------------------------------------------------ judging */

function judge(
  s: Scan,
  draft: Draft,
  kind: Report['kind'],
  form: Form | undefined,
  reportingMta: string | null,
  notes: Notes,
): Recipient {
  const status = bestStatus(draft)
  const { reply, told } = draft
  // of a question that names a code, the words are the person's
  const spoken =
    (form === undefined && isAsked(s)) || (kind === 'success' && !isSaid(draft))
      ? null
      : draft.diagnostic
  const judged = classify({
    diagnosticCode: wordsOf(draft),
    text: s.text.slice(s.body.start, Math.min(s.body.end, s.body.start + LONGEST)),
    enhancedStatusCode: status?.value ?? null,
    replyCode: reply?.code?.value ?? null,
    remoteMta: draft.remote?.value ?? null,
    reportingMta,
    product: form?.layout.product ?? null,
    command: told.command,
    action: draft.action?.value ?? null,
    kind,
    finalRecipient: draft.address?.value ?? null,
  })
  const recipient: Recipient = {
    finalRecipient: draft.address?.value ?? null,
    originalRecipient: draft.original?.value ?? null,
    action: draft.action?.value ?? arrival(s, kind, form, told.around),
    enhancedStatusCode: status?.value ?? null,
    replyCode: reply?.code?.value ?? null,
    diagnosticCode: spoken?.value ?? null,
    remoteMta: draft.remote?.value ?? null,
    reason: judged.reason,
    permanent: permanenceOf(
      draft.action?.value === 'delayed' ? 'delay' : kind,
      status?.value ?? null,
      reply?.code?.value ?? null,
      judged,
      form === undefined && s.sections === null && s.text.length < LONGEST_LINE,
    ),
    rule: judged.rule,
    provider: judged.provider,
    command: told.command,
    lastAttemptDate: draft.lastAttempt?.value ?? null,
    willRetryUntil: draft.retryUntil?.value ?? null,
    evidence: evidenceOf({ ...draft, diagnostic: spoken }, status),
  }
  checkRecipient(notes, recipient, reply, draft.fieldStatus?.value ?? null)
  return recipient
}

/** Handed on to a server that tells no more, in the words of those who say so. */
const HANDED_ON =
  /\brelay|delivery via |non[- ]dsn|\bno (?:delivery )?notification|notification (?:was|wurde) (?:not|nicht)|not (?:send|generate\w*) (?:delivery )?notification|keine zustellungsbenachrichtigung|weitergeleitet|aucune notification|no envió|nessuna notifica|geen bezorg|não enviou/i
const ARRIVED = /deliver|zugestellt|remis|entreg|recapitat|consegnat|bezorgd/i

/** An answer or a sentence about the delivery; "Bob Miller (bob@example.org)" is neither. */
const isSaid = ({ diagnostic, reply }: Draft): boolean =>
  reply !== null ||
  (diagnostic !== null && (HANDED_ON.test(diagnostic.value) || ARRIVED.test(diagnostic.value)))

/** What a notice of success says in words; a receipt of reading says nothing of the delivery. */
function arrival(
  s: Scan,
  kind: Report['kind'],
  form: Form | undefined,
  around: string,
): Action | null {
  if (kind !== 'success' || form?.layout.id === 'read-receipt') return null
  if (HANDED_ON.test(around)) return 'relayed'
  if (/\bdelivered to (?:mailbox|file|command)/i.test(around)) return 'delivered'
  const body = s.text.slice(s.body.start, Math.min(s.body.end, s.body.start + LONGEST))
  return HANDED_ON.test(body) ? 'relayed' : ARRIVED.test(body) ? 'delivered' : null
}

/** A person's question or a code alone, not a server's words. */
const isAsked = ({ text }: Scan): boolean =>
  text.length < 300 &&
  (/\?|^\s*(?:what|why|how|was|warum|wie|que|pourquoi)\b/i.test(text) || !/\p{L}{2}/u.test(text))

/** x.0.0 says nothing: any other code says more. The server's own answer goes before the field. */
function bestStatus(draft: Draft): Found<string> | null {
  const { answered, fieldStatus, reply, told } = draft
  const all = [answered, fieldStatus, reply?.status, told.reply?.status].filter(
    (each) => each != null,
  )
  return all.find(({ value }) => !/^[245]\.0\.0$/.test(value)) ?? all[0] ?? null
}

/** The answer with the words around it: "sender was rejected", "in reply to MAIL FROM". */
function wordsOf(draft: Draft): string | null {
  const words = wordsAround(draft)
  const { code, status } = draft.reply ?? {}
  if (!words || !code) return words
  // the code that every line of a long answer begins with stands between its words
  return words
    .replaceAll(' <<< ', ' ')
    .replaceAll(` ${code.value}-${status?.value ?? ''} `, ' ')
    .replaceAll(` ${code.value} ${status?.value ?? ''} `, (whole, at: number) =>
      at < 40 ? whole : ' ',
    )
}

function wordsAround({ diagnostic, told }: Draft): string | null {
  const around = collapse(told.around.slice(0, 2000))
  if (!diagnostic) return around || null
  if (around === '' || around.includes(diagnostic.value)) return around || diagnostic.value
  return diagnostic.value
}

/** A sentence without a report around it and without a code does not say that it is final. */
const LONGEST_LINE = 240
const FINAL_BY_NATURE = new Set(['userunknown', 'hostunknown', 'hasmoved', 'norelaying'])

function permanenceOf(
  kind: Report['kind'],
  status: string | null,
  replyCode: number | null,
  judged: { readonly permanent: boolean | null; readonly reason: string },
  unframed: boolean,
): boolean | null {
  if (kind === 'success') return null
  if (kind === 'delay') return false
  const classes = [
    status?.charAt(0),
    replyCode === null ? undefined : String(replyCode).charAt(0),
  ].filter(Boolean)
  // class 4 and yet given up, or two codes that disagree: the text supports both
  if (classes.includes('4')) return null
  if (classes.includes('5')) return true
  if (unframed && !FINAL_BY_NATURE.has(judged.reason)) return judged.permanent
  return judged.permanent ?? (judged.reason === 'expired' ? null : true)
}

function evidenceOf(draft: Draft, status: Found<string> | null): Evidence[] {
  const spans: readonly (readonly [string, { start: number; end: number } | null | undefined])[] = [
    ['finalRecipient', draft.address],
    ['originalRecipient', draft.original],
    ['action', draft.action],
    ['enhancedStatusCode', status],
    ['replyCode', draft.reply?.code],
    ['diagnosticCode', draft.diagnostic],
    ['remoteMta', draft.remote],
    ['lastAttemptDate', draft.lastAttempt],
    ['willRetryUntil', draft.retryUntil],
  ]
  return spans.flatMap(([field, span]) =>
    span ? [{ field, start: span.start, end: span.end }] : [],
  )
}
