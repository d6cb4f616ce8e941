/**
 * Names the reason of one refusal. What the words say is asked first (the refusing provider's own
 * wording, the product that wrote the report, general wording), then codes: a code's registered
 * meaning is often not what its sender meant. Pure; the rule that spoke is part of the result.
 */
import type { Kind, Reason, RuleFile } from '../types.ts'
import type { Classification, ClassifyInput } from './classify-types.ts'
import { isWanting } from './parts.ts'
import { createMatcher, fold, type Rank } from './phrases.ts'
import { isProvider, type Refusers, refusersOf, speakers } from './refusers.ts'
import {
  anyClass,
  GENERAL,
  isHint,
  type Placed,
  reasonOfReply,
  reasonOfStatus,
  rulesFor,
} from './rules.ts'

/** Longer texts are read up to here: a refusal is a few lines, and hostile input can be megabytes. */
const LIMIT = 16_384

/** Kinds that are not failures have one reason each, whatever their text says. */
const SETTLED: Partial<Record<Kind, Reason>> = {
  success: 'delivered',
  'auto-reply': 'vacation',
  complaint: 'feedback',
}

/** Before a recipient was named, a refusal without words is about the host or the sender. */
const STAGES: Readonly<Record<string, Reason>> = {
  CONN: 'blocked',
  EHLO: 'blocked',
  HELO: 'blocked',
  MAIL: 'rejected',
}

export const classify = (input: ClassifyInput): Classification => {
  const settled = SETTLED[input.kind]
  if (settled) return judged(settled, null)
  const diagnostic = readable(input.diagnosticCode ?? '')
  const refusers = refusersOf(input, diagnostic)
  lookInto(refusers, diagnostic)
  const found =
    byWording(diagnostic, refusers, input) ??
    byCode(input, refusers, isTelling) ??
    byHint(input, diagnostic) ??
    byText(input, refusers) ??
    byStage(input) ??
    byCode(input, refusers, () => true) ??
    byReply(input) ??
    (diagnostic === '' ? 'undefined' : 'onhold')
  return typeof found === 'string'
    ? judged(found, refusers.providers[0] ?? null)
    : spoken(found, refusers)
}

const judged = (reason: Reason, provider: RuleFile | null): Classification => ({
  reason,
  rule: null,
  provider: provider?.id ?? null,
  permanent: null,
})

const spoken = ({ rule, file }: Placed, { providers }: Refusers): Classification => ({
  reason: rule.reason,
  rule: rule.id,
  provider: (providers.includes(file) ? file : providers[0])?.id ?? null,
  permanent: rule.permanent ?? null,
})

/* ------------------------------------------------------------ by wording */

const readable = (text: string): string => joined(fold(text.slice(0, LIMIT)))

/** "550-5.1.1 The account 550-5.1.1 that you 550 5.1.1 tried": the code again on every line. */
const joined = (text: string): string => {
  const first = /\b([245]\d\d)-([245]\.\d{1,3}\.\d{1,3} )?/.exec(text)
  if (!first) return text
  const [whole, code, status = ''] = first
  const from = first.index + whole.length
  const rest = text.slice(from)
  const again = rest.replaceAll(`${code}-${status}`, '').replaceAll(`${code} ${status}`, '')
  return text.slice(0, from) + again
}

/** The rules at hand, indexed. */
let rules: readonly Placed[] = []
let matcher = createMatcher([])

/** Indexes the rules anew where others are at hand than the last time. */
function lookInto({ providers, products }: Refusers, text: string): void {
  const fit = rulesFor([...providers, ...products], text)
  if (fit === rules) return
  rules = fit
  matcher = createMatcher(rules.map(({ rule }) => rule.phrases))
}

/** Refuser, then the report's writer, then the rest top to bottom; other providers do not count. */
const rankFor =
  ({ providers, products }: Refusers, input: ClassifyInput): Rank =>
  (index) => {
    const { rule, file } = rules[index] as Placed
    if (isHint(file) || !fits(rule, input)) return undefined
    const place = providers.indexOf(file)
    if (place >= 0) return index + place * 1e4
    if (products.includes(file)) return index + 2e4
    return isProvider(file) ? undefined : index + 3e4
  }

const fits = (rule: Placed['rule'], { enhancedStatusCode, replyCode }: ClassifyInput): boolean =>
  (rule.replyCode === undefined || rule.replyCode === replyCode) &&
  (rule.enhancedStatusCode === undefined || sameCode(rule.enhancedStatusCode, enhancedStatusCode))

const sameCode = (wanted: string, given: string | null): boolean =>
  given !== null && (wanted === given || wanted === anyClass(given))

const byWording = (text: string, refusers: Refusers, input: ClassifyInput): Placed | undefined =>
  text === '' ? undefined : rules[matcher.find(text, rankFor(refusers, input))]

const hintsOnly: Rank = (index) => (isHint((rules[index] as Placed).file) ? index : undefined)
const byHint = ({ enhancedStatusCode: code }: ClassifyInput, text: string): Placed | undefined =>
  code === null || isEmpty(code) ? rules[matcher.find(text, hintsOnly)] : undefined

/** "Undefined" without even a useful subject. */
const isEmpty = (code: string): boolean => /^.\.[0125]\.0$/.test(code)

/** The whole report may say in a sentence for people what the diagnostic left open. */
const byText = (input: ClassifyInput, refusers: Refusers): Placed | undefined => {
  if (isWanting()) return undefined
  const text = readable(input.text)
  const who = refusers.providers.length > 0 ? refusers : refusersOf(input, text)
  lookInto(who, text)
  return byWording(text, who, input)
}

/* ------------------------------------------------------------ by code */

const byCode = (
  input: ClassifyInput,
  refusers: Refusers,
  accepted: (code: string) => boolean,
): Placed | Reason | undefined =>
  input.enhancedStatusCode === null || !accepted(input.enhancedStatusCode)
    ? undefined
    : (ownMeaning(input, refusers) ?? reasonOfStatus(input.enhancedStatusCode))

/** What a provider, a product or everybody means by a code, where that is not what the registry says. */
const ownMeaning = (input: ClassifyInput, refusers: Refusers): Placed | undefined => {
  for (const file of [...speakers(refusers), GENERAL]) {
    const rule = file.rules.find(
      (each) => each.phrases.length === 0 && each.enhancedStatusCode && fits(each, input),
    )
    if (rule) return { rule, file }
  }
  return undefined
}

/** "Other or undefined" codes, and those that are used for everything, say less than any sentence. */
const isTelling = (code: string): boolean => !/\.0$|^.\.7\.1$/.test(code)

/** What is still being tried is late, whatever the code; else the command tells who was refused. */
const byStage = ({ action, kind, command }: ClassifyInput): Reason | undefined =>
  action === 'delayed' || kind === 'delay' ? 'expired' : STAGES[command ?? '']

const byReply = ({ replyCode }: ClassifyInput): Reason | undefined =>
  replyCode === null ? undefined : reasonOfReply(replyCode)
