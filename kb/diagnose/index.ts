/** The face of diagnosis: what is known about a case in, ranked causes and what to do out. */
import type { Diagnosis, Fact, Reason, Report } from '../types.ts'
import { decodeReply, decodeReport, decodeStatus } from './codes.ts'
import { holds, type Known, known } from './condition.ts'
import { CODES, type DiagnosisData, REASONS, SHIPPED } from './data.ts'
import { concerned, factsOf, perFate } from './facts.ts'
import { questions } from './question.ts'
import { type Ranked, rank } from './rank.ts'
import { actorsFor, stepsFor } from './steps.ts'
import { eachOf, resendOf, speaking, summarise } from './summary.ts'

export { factsOf } from './facts.ts'
export { readFacts } from './said.ts'

/** Causes less likely than this are noise to a reader. */
const LEAST_LIKELIHOOD = 0.03
const CAUSES_SHOWN = 5

/**
 * Ranks what may be behind a report and what the person told. Null where neither says anything: an
 * ordinary question, a greeting line. Whatever the person says replaces what was known before.
 */
export function diagnose(
  report: Report | null,
  facts: readonly Fact[] = [],
  data: DiagnosisData = SHIPPED,
): Diagnosis | null {
  if (report === null) return judge(null, facts, data)
  // several fates in one report: all but the summary is about the first
  const [first, ...others] = perFate(report).map((one) => judge(one, facts, data))
  if (!first) return null
  return {
    ...first,
    summary: eachOf(
      report,
      [first, ...others].flatMap((one) => one?.summary ?? []),
    ),
    permanent: permanence(report, first.permanent),
    codes: [...decodeReport(report, CODES)],
  }
}

/** Judges a report whose recipients share one fate. */
function judge(main: Report | null, facts: readonly Fact[], data: DiagnosisData): Diagnosis | null {
  const all = merge(main ? factsOf(main) : [], facts)
  const about = known(all, main && main.kind !== 'none' ? main.text : '')
  const ranked = rank(data.causes, about)
  if ((main === null || main.kind === 'none') && ranked.length === 0) return null
  const reason = reasonOf(main, all)
  const reasonData = REASONS.get(reason)
  const lead = speaking(ranked, main)
  const fate = fateFor(main, about)
  return {
    summary: summarise(fate, reasonData, ranked),
    reason,
    permanent: permanence(main, lead?.cause.permanent ?? null),
    actors: [...actorsFor(lead?.cause.actors ?? reasonData?.actors ?? [], about)],
    resend: resendOf(fate, ranked, reasonData),
    codes: [...(main ? decodeReport(main, CODES) : codesTold(facts))],
    causes: ranked
      .filter(({ likelihood }) => likelihood >= LEAST_LIKELIHOOD)
      .slice(0, CAUSES_SHOWN)
      .map(shown),
    // steps of the likeliest cause: advice for three causes at once would be none
    nextSteps: stepsFor(ranked[0]?.cause, fate?.kind, about),
    questions: [...questions(ranked, main ? all : [...all, NO_REPORT], data.facts, about.text)],
  }
}

/** "Not now" is the end of a message whose program tries only once. */
const fateFor = (report: Report | null, about: Known): Report | null =>
  report?.kind === 'delay' && holds(['senderRetries=no'], about)
    ? { ...report, kind: 'failure' }
    : report

/** Questions may be asked of somebody who pasted nothing; causes must not rest on that. */
const NO_REPORT: Fact = { name: 'kind', value: 'none', from: 'report' }

/** What the person says last about a thing is what holds. */
function merge(reported: readonly Fact[], told: readonly Fact[]): readonly Fact[] {
  const latest = new Map(told.map((fact) => [keyOf(fact), fact]))
  const replaced = new Set(told.map(({ name }) => name).filter((name) => name !== 'code'))
  return [...reported.filter(({ name }) => !replaced.has(name)), ...latest.values()]
}

/** Of most things one value holds; several things can have been tried. */
export const keyOf = ({ name, value }: Fact): string =>
  name === 'tried' ? `${name}=${value}` : name

/** The reason of the first recipient that failed; of a case without a report, the one that was told. */
function reasonOf(report: Report | null, facts: readonly Fact[]): Reason {
  const first = report ? concerned(report)[0]?.reason : undefined
  const told = facts.find(({ name }) => name === 'reason')?.value as Reason | undefined
  return first ?? told ?? 'undefined'
}

function permanence(report: Report | null, supposed: boolean | null): boolean | null {
  if (report?.kind === 'delay') return false
  const told = new Set(report ? concerned(report).map(({ permanent }) => permanent) : [])
  // one was refused for good and another not: no one word is true of both
  if (told.size > 1) return null
  return [...told][0] ?? supposed
}

const codesTold = (facts: readonly Fact[]) =>
  facts.flatMap(({ name, value }) => {
    if (name === 'code') return decodeStatus(value, CODES)
    return name === 'replyCode' ? decodeReply(Number(value), CODES) : []
  })

const shown = ({ cause, likelihood, why }: Ranked): Diagnosis['causes'][number] => ({
  id: cause.id,
  title: cause.title,
  likelihood: Math.round(likelihood * 100) / 100,
  why: [...why],
  articleId: cause.article,
})
