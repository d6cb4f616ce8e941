/** The mail log of Kerio Connect: one line a delivery, its fields between commas. */
import type { Action } from '../../types.ts'
import { address, after, codesIn, linesOf } from './found.ts'
import { kindOf } from './postfix.ts'
import type { LogReading, LogRecipient } from './types.ts'

const ACTIONS: Readonly<Record<string, Action>> = {
  failed: 'failed',
  delayed: 'delayed',
  delivered: 'delivered',
  relayed: 'relayed',
}

// [24/Nov/2026 10:00:00] Sent: Queue-ID: 5b8a1c22-00000011, Recipient: <a@b.example>, Result: failed,
// Status: 5.1.1 550 5.1.1 User unknown, Remote-Host: 192.0.2.1, Msg-Id: <…>
export function readKerio(text: string): LogReading | undefined {
  const recipients: LogRecipient[] = []
  for (const line of linesOf(text)) {
    const field = (name: string, ...stops: string[]) =>
      after(text, `${name}: `, stops, line.start, line.end)
    const action = ACTIONS[field('Result', ',')?.value.toLowerCase() ?? '']
    if (action === undefined || !line.value.includes('Queue-ID: ')) continue
    const said = field('Status', ', Remote-Host: ', ', Msg-Id: ')
    recipients.push({
      finalRecipient: address(text, field('Recipient', ',')),
      action,
      ...(said ? codesIn(said) : {}),
      diagnosticCode: said,
      remoteMta: field('Remote-Host', ','),
    })
  }
  if (recipients.length === 0) return undefined
  return {
    text,
    layout: 'kerio-log',
    kind: kindOf(recipients),
    product: 'kerio',
    recipients,
    signs: ['log'],
  }
}
