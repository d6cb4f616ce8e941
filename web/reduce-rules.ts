/** Sorts the rules: what any refusal may need, and parts by provider or product. */
import { fold, inOrder } from '../kb/ndr/phrases.ts'
import { reasonOfStatus } from '../kb/ndr/rules.ts'
import type { Rule, RuleFile } from '../kb/types.ts'
import { cover, type Sample } from './cover.ts'

/** Providers that come together: what refuses at one of them is one request away. */
const TOGETHER: Readonly<Record<string, string>> = {
  r1: 'exchange-online outlook-com',
  r2: 'gmail',
  r3: 'yahoo icloud att spectrum cox comcast godaddy rackspace',
  r4: 'mimecast proofpoint barracuda cisco-esa symantec-cloud trend-micro mcafee cloudflare',
  r5: 'orange gmx ionos t-online mail-ru yandex iua proton fastmail',
  r6: 'zoho tencent netease docomo kddi biglobe facebook amazon-ses sendgrid mailgun',
}
/** Products whose wording counts in every report: letters of it ask for the part. */
const WORDED: Readonly<Record<string, string>> = {
  r7: 'exchange',
  r8: 'postfix exim sendmail qmail domino others',
}

/** General rules that few refusals need: one part, for each part needs triggers of its own. */
const SELDOM = 'r9'

/** A rule with its place in its file. */
type Placed = { readonly file: string; readonly place: number; readonly rule: Rule }

export type RuleParts = {
  readonly base: string
  readonly parts: ReadonlyMap<string, string>
  readonly triggers: readonly (readonly [part: string, triggers: string])[]
  /** the part that holds this provider's rules */
  readonly partOf: (file: string) => string
}

/** `english`: some text, so that no trigger is an everyday word. */
export function ruleParts(
  files: readonly RuleFile[],
  english: string,
  samples: readonly Sample[],
): RuleParts {
  const isNews = newsOf(files)
  const isOften = oftenIn(samples)
  const providers = grouped(TOGETHER)
  const worded = grouped(WORDED)
  const bins = new Map<string, Placed[]>()
  const add = (part: string, placed: Placed) => bins.set(part, [...(bins.get(part) ?? []), placed])
  for (const { id, rules } of files) {
    const part = providers.get(id) ?? worded.get(id)
    byWords(telling(rules))
      .filter(isNews)
      .forEach((rule, place) => {
        const own = speaks(rule) || providers.has(id) ? (part ?? (isOften(rule) ? '' : SELDOM)) : ''
        add(own, { file: id, place, rule })
      })
  }
  const triggers: (readonly [string, string])[] = []
  for (const part of [...Object.keys(WORDED), SELDOM]) {
    const own = new Set((bins.get(part) ?? []).map(({ rule }) => rule))
    const others = files.flatMap(({ rules }) => rules.filter((rule) => !own.has(rule)))
    // what the reports before us hold tells what is met; what else may be said counts for products alone
    const elsewhere = part in WORDED ? `${english}\n${said(others)}` : ''
    const items = (bins.get(part) ?? []).map((it) => ({ it, words: it.rule.phrases }))
    const chosen = cover(items, elsewhere, samples)
    const left = new Set(chosen.left.map(({ it }) => it))
    bins.set(
      part,
      (bins.get(part) ?? []).filter((it) => !left.has(it)),
    )
    for (const it of left) add('', it)
    triggers.push([part, chosen.triggers.sort().join('|')])
  }
  return {
    base: packed(files, bins.get('') ?? []),
    parts: new Map(
      [...bins].filter(([part]) => part !== '').map(([part, all]) => [part, packed(files, all)]),
    ),
    triggers,
    partOf: (id) => providers.get(id) ?? '',
  }
}

/**
 * Is this more than the registry says? A provider's meaning of a code that is the registered one need
 * not be told, where nobody gives that code another.
 */
function newsOf(files: readonly RuleFile[]): (rule: Rule) => boolean {
  const codes = files.flatMap(({ rules }) => rules.filter((rule) => !speaks(rule)))
  const isRegistered = ({ enhancedStatusCode = '', permanent, reason }: Rule): boolean =>
    permanent === undefined && reasonOfStatus(enhancedStatusCode) === reason
  const bare = ({ enhancedStatusCode = '' }: Rule): string => enhancedStatusCode.slice(1)
  return (rule) =>
    speaks(rule) || !codes.every((other) => bare(other) !== bare(rule) || isRegistered(other))
}

/** Does it judge one of the reports before us? */
const oftenIn =
  (samples: readonly Sample[]) =>
  ({ phrases }: Rule): boolean =>
    samples.some(({ text }) => inOrder(text, phrases))

const speaks = ({ phrases }: Rule): boolean => phrases.length > 0

const said = (rules: readonly Rule[]): string =>
  rules.flatMap(({ phrases, examples }) => [...phrases, ...examples.map(fold)]).join('\n')

const grouped = (groups: Readonly<Record<string, string>>): Map<string, string> =>
  new Map(Object.entries(groups).flatMap(([part, ids]) => ids.split(' ').map((id) => [id, part])))

/** See `web/parser/packed.ts`. */
const packed = (files: readonly RuleFile[], rules: readonly Placed[]): string =>
  files
    .map(({ id }) => ({ id, own: rules.filter(({ file }) => file === id) }))
    .filter(({ own }) => own.length > 0)
    .map(({ id, own }) => [`@${id}`, ...lines(own)].join('\n'))
    .join('\n')

function lines(rules: readonly Placed[]): string[] {
  let before = ''
  let next = 0
  return [...rules]
    .sort((a, b) => a.place - b.place)
    .flatMap(({ place, rule }) => {
      const { phrases, reason, enhancedStatusCode, replyCode, permanent } = rule
      const fields = [phrases.join('|'), reason === before ? '' : reason, enhancedStatusCode]
      const jump = place === next ? [] : [`#${place}`]
      before = reason
      next = place + 1
      const flag = permanent === undefined ? '' : Number(permanent)
      return [...jump, [...fields, replyCode, flag].join('\t').trimEnd()]
    })
}

/**
 * Without the rules that a shorter one further down answers alike, where no rule of another meaning
 * stands between the two: the browser needs the meaning, not the rule's name.
 */
const telling = (rules: readonly Rule[]): Rule[] =>
  rules.filter((rule, at) => {
    const stop = rules.findIndex((other, i) => i > at && !isAlike(rule, other))
    const rest = rules.slice(at + 1, stop < 0 ? undefined : stop)
    return !speaks(rule) || !rest.some((other) => includes(rule, other))
  })

/** Neighbours of one meaning in the order of the alphabet: like words side by side pack better. */
function byWords(rules: readonly Rule[]): Rule[] {
  const runs: Rule[][] = []
  for (const rule of rules) {
    const run = runs.at(-1)
    if (run?.[0] && isAlike(run[0], rule)) run.push(rule)
    else runs.push([rule])
  }
  return runs.flatMap((run) => run.sort((a, b) => (a.phrases.join() < b.phrases.join() ? -1 : 1)))
}

const isAlike = (a: Rule, b: Rule): boolean => a.reason === b.reason && a.permanent === b.permanent

/** Does the second fit wherever the first does? */
const includes = (one: Rule, other: Rule): boolean =>
  speaks(other) &&
  inOrder(one.phrases.join('\0'), other.phrases) &&
  (other.enhancedStatusCode ?? one.enhancedStatusCode) === one.enhancedStatusCode &&
  (other.replyCode ?? one.replyCode) === one.replyCode
