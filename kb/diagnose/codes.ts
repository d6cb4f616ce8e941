/** Codes decoded: what the registries say, and what the refusing provider means by them. */
import type { Diagnosis, Recipient, ReplyCode, Report, Rule, StatusCode } from '../types.ts'
import { concerned } from './facts.ts'

export type CodeData = {
  readonly statusCodes: readonly StatusCode[]
  readonly replyCodes: readonly ReplyCode[]
  readonly ruleOf: (id: string) => Rule | undefined
}

type Decoded = Diagnosis['codes'][number]

/** Every code in a report, each once, with the meaning that the refusing side gives it where known. */
export function decodeReport(report: Report, data: CodeData): readonly Decoded[] {
  const decoded = concerned(report).flatMap((recipient) => decodeRecipient(recipient, data))
  const seen = new Set<string>()
  return decoded.filter(({ code }) => !seen.has(code) && seen.add(code))
}

function decodeRecipient(recipient: Recipient, data: CodeData): readonly Decoded[] {
  const rule = recipient.rule === null ? undefined : data.ruleOf(recipient.rule)
  const { enhancedStatusCode: enhanced, replyCode } = recipient
  const own = rule?.meaning
    ? [
        {
          code: enhanced ?? (replyCode === null ? 'text' : String(replyCode)),
          meaning: rule.meaning,
          source: rule.source,
        },
      ]
    : []
  return [
    ...own,
    ...(enhanced ? decodeStatus(enhanced, data) : []),
    ...(replyCode ? decodeReply(replyCode, data) : []),
  ]
}

/** An enhanced status code by the registry: the code itself, else its subject ("5.7.0"). */
export function decodeStatus(code: string, { statusCodes }: CodeData): readonly Decoded[] {
  const detail = code.slice(1)
  const found = statusCodes.find((one) => one.code === code || one.code === `X${detail}`)
  return found ? [{ code, meaning: classified(code, found.meaning), source: found.source }] : []
}

export function decodeReply(code: number, { replyCodes }: CodeData): readonly Decoded[] {
  const found = replyCodes.find((one) => one.code === code)
  return found ? [{ code: String(code), meaning: found.meaning, source: found.source }] : []
}

const CLASSES: Readonly<Record<string, string>> = {
  '2': 'success',
  '4': 'temporary',
  '5': 'permanent',
}

/** The registry words a code without its class; the first digit says whether it is final (RFC 3463, 3.1). */
function classified(code: string, meaning: string): string {
  const kind = CLASSES[code[0] ?? '']
  return kind ? `${meaning.replace(/\.$/, '')} (class ${code[0]}: ${kind}).` : meaning
}
