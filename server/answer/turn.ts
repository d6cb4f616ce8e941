/** Everything that an answer to one message is made from. */
import { FACTS, PRODUCTS } from '../../kb/diagnose/data.ts'
import { concerned } from '../../kb/diagnose/facts.ts'
import type {
  Article,
  Audience,
  Diagnosis,
  Fact,
  Recipient,
  Report,
  Retrieval,
} from '../../kb/types.ts'
import { asksAnything, isStatement } from './asks.ts'
import type { Conversation } from './conversation.ts'
import type { FaqHit } from './faq.ts'
import type { CodesNamed, Intent, IntentId } from './intent.ts'
import { productsIn } from './sections.ts'
import type { Tools } from './tools/index.ts'

export type Turn = {
  readonly conversation: Conversation
  readonly report: Report | null
  readonly facts: readonly Fact[]
  readonly diagnosis: Diagnosis | null
  /** the diagnosis before the last message's facts */
  readonly previous: Diagnosis | null
  readonly audience: Audience
  readonly own: string
  readonly intents: readonly Intent[]
  readonly codes: CodesNamed
  readonly tools: Tools
  /** products that this is about: named just now, else known of the sending side */
  readonly products: ReadonlySet<string>
  readonly retrieval: Retrieval
  /** of talk inside a case: what is asked there in other words, the likeliest first */
  readonly faq: readonly FaqHit[]
  readonly articles: ReadonlyMap<string, Article>
}

export const asks = (turn: Turn, id: IntentId): boolean => turn.intents.some((one) => one.id === id)

/** The recipient that is talked about: the one that was picked, else the first that failed. */
export function focus(turn: Turn): Recipient | undefined {
  // where one was picked, the report of the turn speaks of that one alone
  return turn.report ? concerned(turn.report)[0] : undefined
}

/** The article of the likeliest cause, else the one of the reason. */
export function mainArticle({ diagnosis, articles, audience }: Turn): Article | undefined {
  const [first, second] = diagnosis?.causes ?? []
  // an admin knows that it waits, and wants to know why
  const behind =
    audience === 'admin' &&
    first?.articleId === 'delay-notice' &&
    (second?.likelihood ?? 0) >= WORTH
  const cause = behind ? second : first
  return cause ? articles.get(cause.articleId) : undefined
}
/** A cause less likely than this is not what an answer should be about. */
const WORTH = 0.1

/** Articles of the causes that are worth talking about, the leading one first: their ids. */
export const caseIds = (diagnosis: Diagnosis | null): readonly string[] => [
  ...new Set(
    diagnosis?.causes
      .filter(({ likelihood }, at) => at === 0 || likelihood >= WORTH_TALKING)
      .map(({ articleId }) => articleId),
  ),
]
const WORTH_TALKING = 0.15

/** The same, as far as they were loaded. */
export const caseArticles = ({ diagnosis, articles }: Turn): readonly Article[] =>
  caseIds(diagnosis).flatMap((id) => articles.get(id) ?? [])

export const codesOf = (report: Report | null): readonly string[] =>
  report
    ? [...new Set(concerned(report).flatMap(({ enhancedStatusCode }) => enhancedStatusCode ?? []))]
    : []

/** What a fact says, in the words of its option. */
export function labelOf({ name, value }: Fact): string | undefined {
  return FACTS.find(({ id }) => id === name)?.options.find((option) => option.value === value)
    ?.label
}

export const productName = (id: string): string => PRODUCTS.find((one) => one.id === id)?.name ?? id

const SERVERS: Readonly<Record<string, readonly string[]>> = {
  'exchange-2003': ['exchange-2003', 'exchange-2000'],
  'exchange-2007': ['exchange-2007'],
  'exchange-newer': ['exchange-2010', 'exchange-2013', 'exchange-2016', 'exchange-2019'],
  'microsoft-365': ['exchange-online'],
  google: ['gmail', 'google-workspace'],
  linux: ['postfix', 'exim', 'sendmail', 'qmail'],
}

/** Mail servers and services with commands and pages of their own. */
export const SERVER_IDS: ReadonlySet<string> = new Set(Object.values(SERVERS).flat())

/** "Exchange 2003, yes I know" holds for what is asked next, too; what the other side runs does not. */
function ourServersIn(earlier: readonly string[]): readonly string[] {
  const named = earlier
    .filter((text) => isStatement(text) || !asksAnything(text))
    .filter(
      (text) => !/\b(?:they|them|their|theirs|he|she|his|her|customers?|other side)\b/i.test(text),
    )
    .map((text) => [...productsIn(text)].filter((id) => SERVER_IDS.has(id)))
  return named.findLast((ids) => ids.length > 0) ?? []
}

/** Products named in the question, else the sending side's as far as it is known. */
export function productsOf(
  own: string,
  report: Report | null,
  facts: readonly Fact[],
  earlier: readonly string[] = [],
): ReadonlySet<string> {
  const named = [...productsIn(own)].filter((id) => id !== 'outlook')
  if (named.length > 0) return new Set(named)
  const told = facts.find(({ name }) => name === 'ourServer')?.value
  const before = told ? [] : ourServersIn(earlier)
  if (before.length > 0) return new Set(before)
  return new Set([
    ...(told ? (SERVERS[told] ?? []) : []),
    ...(report?.generator.id && !told ? [report.generator.id] : []),
  ])
}
