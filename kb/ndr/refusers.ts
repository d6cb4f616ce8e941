/** Tells whose words a refusal is made of: by host, by unmistakable wording, by the report's writer. */
import type { RuleFile } from '../types.ts'
import type { ClassifyInput } from './classify-types.ts'
import { createMatcher, type Rank } from './phrases.ts'
import { PRODUCTS, PROVIDERS } from './rules.ts'

/** Whose rules are believed, in this order. */
export type Refusers = {
  /** who refused */
  readonly providers: readonly RuleFile[]
  /** who wrote the report */
  readonly products: readonly RuleFile[]
  /** is anybody but the report's writer named as the one who refused? */
  readonly named: boolean
}

export const isProvider = (file: RuleFile): boolean => providers.has(file)

/** `wording` is folded: what the refuser said, or the whole report. */
export const refusersOf = (input: ClassifyInput, wording: string): Refusers => {
  const known = [providerOfHost(input.remoteMta), providerOfMark(wording)].filter(
    (file) => file !== undefined,
  )
  const mailbox = known.length > 0 || input.remoteMta !== null ? undefined : mailboxOf(input)
  return {
    providers: mailbox ? [mailbox] : known,
    products: productFiles.get(input.product ?? '') ?? [],
    named: known.length > 0 || input.remoteMta !== null,
  }
}

/** Whose codes these are: the refuser's; the writer's own only where nobody else is named. */
export const speakers = ({ providers, products, named }: Refusers): readonly RuleFile[] => [
  ...providers,
  ...products.filter((file) => !named || !isProvider(file)),
]

const providers: ReadonlySet<RuleFile> = new Set(PROVIDERS)
const byHost = new Map(PROVIDERS.flatMap((file) => file.hosts.map((host) => [host, file])))

const productFiles = new Map<string, RuleFile[]>()
for (const file of [...PROVIDERS, ...PRODUCTS])
  for (const product of file.products ?? [])
    productFiles.set(product, [...(productFiles.get(product) ?? []), file])

const marked = PROVIDERS.flatMap((file) => (file.marks ?? []).map((mark) => ({ file, mark })))
const marks = createMatcher(marked.map(({ mark }) => [mark]))
const asListed: Rank = (mark) => mark

const providerOfMark = (text: string): RuleFile | undefined =>
  marked[marks.find(text, asListed)]?.file

/** "mx1.mail.icloud.com" is looked up whole, then without its first label, and so on. */
const providerOfHost = (host: string | null): RuleFile | undefined => {
  let rest = (host ?? '').toLowerCase().slice(0, 255)
  while (rest !== '') {
    const file = byHost.get(rest)
    if (file) return file
    const dot = rest.indexOf('.')
    rest = dot < 0 ? '' : rest.slice(dot + 1)
  }
  return undefined
}

/** A mailbox's domain is its provider's where the provider is one that sells no other domains. */
const mailboxOf = ({ finalRecipient }: ClassifyInput): RuleFile | undefined =>
  providerOfHost(finalRecipient?.slice(finalRecipient.lastIndexOf('@') + 1) ?? null)
