/**
 * Names the reason of one refusal. What the words say is asked first (the refusing provider's own
 * wording, the product that wrote the report, general wording), then codes: a code's registered
 * meaning is often not what its sender meant. Pure; the rule that spoke is part of the result.
 */
import type { Kind, Reason } from '../types.ts'
import type { Classification, ClassifyInput } from './classify-types.ts'
import { createMatcher, fold, type Rank } from './phrases.ts'
import {
  anyClass,
  type Placed,
  PRODUCTS,
  PROVIDERS,
  RULES,
  reasonOfReply,
  reasonOfStatus,
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

type RuleFile = Placed['file']

/** Who may have refused, in the order in which their rules are believed. */
type Refusers = { readonly providers: readonly RuleFile[]; readonly product: RuleFile | undefined }

export const classify = (input: ClassifyInput): Classification => {
  const settled = SETTLED[input.kind]
  if (settled) return judged(settled)
  const diagnostic = fold((input.diagnosticCode ?? '').slice(0, LIMIT))
  const refusers = refusersOf(input, diagnostic)
  const found =
    byWording(diagnostic, refusers) ??
    byCode(input, refusers, isTelling) ??
    byText(input, refusers) ??
    byStage(input) ??
    byCode(input, refusers, () => true) ??
    byReply(input) ??
    (diagnostic === '' ? 'undefined' : 'onhold')
  const provider = refusers.providers[0]?.id ?? null
  return typeof found === 'string' ? judged(found, provider) : spoken(found, provider)
}

const judged = (reason: Reason, provider: string | null = null): Classification => ({
  reason,
  rule: null,
  provider,
  permanent: null,
})

const spoken = ({ rule, file }: Placed, provider: string | null): Classification => ({
  reason: rule.reason,
  rule: rule.id,
  provider: providerFiles.has(file) ? file.id : provider,
  permanent: rule.permanent ?? null,
})

/* ------------------------------------------------------------ who refused */

const providerFiles: ReadonlySet<RuleFile> = new Set(PROVIDERS)
const providerByHost = new Map(PROVIDERS.flatMap((file) => file.hosts.map((host) => [host, file])))
const productFiles = new Map(
  PRODUCTS.flatMap((file) => (file.products ?? []).map((product) => [product, file])),
)
const marked = PROVIDERS.flatMap((file) => (file.marks ?? []).map((mark) => ({ file, mark })))
const marks = createMatcher(marked.map(({ mark }) => [mark]))
const inOrderOfFiles: Rank = (mark) => mark

/** "mx1.mail.icloud.com" is looked up whole, then without its first label, and so on. */
const providerOfHost = (host: string | null): RuleFile | undefined => {
  let rest = (host ?? '').toLowerCase().slice(0, 255)
  while (rest !== '') {
    const file = providerByHost.get(rest)
    if (file) return file
    const dot = rest.indexOf('.')
    rest = dot < 0 ? '' : rest.slice(dot + 1)
  }
  return undefined
}

const providerOfMark = (text: string): RuleFile | undefined =>
  marked[marks.find(text, inOrderOfFiles)]?.file

const refusersOf = (input: ClassifyInput, diagnostic: string): Refusers => {
  const host = providerOfHost(input.remoteMta)
  const mark = providerOfMark(diagnostic)
  const domain = input.finalRecipient?.slice(input.finalRecipient.lastIndexOf('@') + 1) ?? null
  const known = [host, mark].filter((file) => file !== undefined)
  const mailbox =
    known.length === 0 && input.remoteMta === null ? providerOfHost(domain) : undefined
  return {
    providers: mailbox ? [mailbox] : known,
    product: input.product === null ? undefined : productFiles.get(input.product),
  }
}

/* ------------------------------------------------------------ by wording */

const matcher = createMatcher(RULES.map(({ rule }) => rule.phrases))

/** Provider, then product, then the rest top to bottom; other providers' wording does not count. */
const rankFor =
  (input: Codes, { providers, product }: Refusers): Rank =>
  (index) => {
    const { rule, file } = RULES[index] as Placed
    if (!fits(rule, input)) return undefined
    if (!providerFiles.has(file)) return file === product ? index + 2e4 : index + 3e4
    const place = providers.indexOf(file)
    return place < 0 ? undefined : index + place * 1e4
  }

type Codes = Pick<ClassifyInput, 'enhancedStatusCode' | 'replyCode'>

const fits = (rule: Placed['rule'], { enhancedStatusCode, replyCode }: Codes): boolean =>
  (rule.replyCode === undefined || rule.replyCode === replyCode) &&
  (rule.enhancedStatusCode === undefined || sameCode(rule.enhancedStatusCode, enhancedStatusCode))

const sameCode = (wanted: string, given: string | null): boolean =>
  given !== null && (wanted === given || wanted === anyClass(given))

const byWording = (
  text: string,
  refusers: Refusers,
  codes: Codes = NO_CODES,
): Placed | undefined =>
  text === '' ? undefined : RULES[matcher.find(text, rankFor(codes, refusers))]

const NO_CODES: Codes = { enhancedStatusCode: null, replyCode: null }

/** The whole report may say in a sentence for people what the diagnostic left open. */
const byText = (input: ClassifyInput, refusers: Refusers): Placed | undefined => {
  const text = fold(input.text.slice(0, LIMIT))
  if (refusers.providers.length > 0) return byWording(text, refusers, input)
  return byWording(text, refusersOf(input, text), input)
}

/* ------------------------------------------------------------ by code */

const byCode = (
  input: ClassifyInput,
  refusers: Refusers,
  accepted: (code: string) => boolean,
): Placed | Reason | undefined => {
  const code = input.enhancedStatusCode
  if (code === null || !accepted(code)) return undefined
  return ownMeaning(code, refusers) ?? reasonOfStatus(code)
}

/** What a provider or product means by a code, where that is not what the registry says. */
const ownMeaning = (code: string, { providers, product }: Refusers): Placed | undefined => {
  for (const file of [...providers, product])
    for (const rule of file?.rules ?? [])
      if (
        rule.phrases.length === 0 &&
        rule.enhancedStatusCode &&
        sameCode(rule.enhancedStatusCode, code)
      )
        return file && { rule, file }
  return undefined
}

/** "Other or undefined" codes, and those that are used for everything, say less than any sentence. */
const isTelling = (code: string): boolean => !/\.0$|^.\.7\.1$|^.\.[15]\.0$/.test(code)

/** What is still being tried is late, whatever the code; else the command tells who was refused. */
const byStage = ({ action, kind, command }: ClassifyInput): Reason | undefined =>
  action === 'delayed' || kind === 'delay' ? 'expired' : STAGES[command ?? '']

const byReply = ({ replyCode }: ClassifyInput): Reason | undefined =>
  replyCode === null ? undefined : reasonOfReply(replyCode)
