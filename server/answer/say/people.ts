/** The recipients that a report names, and what became of each. */
import type { Report } from '../../../kb/types.ts'
import { asCode, type Draft } from '../draft.ts'
import type { Turn } from '../turn.ts'

const SHOWN = 12

/** Was it delivered to the others? */
export function others({ report }: Turn, draft: Draft): void {
  if (report && report.recipients.length > 1) draft.add(recipientList(report))
}

export function recipientList(report: Report): string {
  const { recipients } = report
  const lines = recipients.slice(0, SHOWN).map((one) => {
    const codes = [one.replyCode, one.enhancedStatusCode].filter((code) => code !== null).join(' ')
    const state = one.action ?? (report.kind === 'delay' ? 'delayed' : 'failed')
    const name = asCode(one.finalRecipient ?? one.originalRecipient ?? 'address not told')
    return `- ${name}: ${STATES[state]}${codes ? ` (\`${codes}\`)` : ''}`
  })
  const more = recipients.length > SHOWN ? [`- and ${recipients.length - SHOWN} more`] : []
  const count = recipients.length === 1 ? 'one recipient' : `${recipients.length} recipients`
  return `This report names ${count}:\n\n${[...lines, ...more].join('\n')}\n\nA recipient that it does not name is not part of this failure.`
}

const STATES = {
  failed: 'not delivered',
  delayed: 'delayed, still being tried',
  delivered: 'delivered',
  relayed: 'handed on to a server that sends no reports',
  expanded: 'delivered to a list and handed on to its members',
} as const
