import type { Diagnosis } from '../../kb/types.ts'
import { loadConfig } from '../../server/config/index.ts'
import type { HandOff } from '../../server/handoff/schema.ts'
import type { Target } from '../../server/handoff/target.ts'
import type { Ticket } from '../../server/handoff/ticket.ts'

export const diagnosis: Diagnosis = {
  summary: 'The address does not exist there.',
  reason: 'userunknown',
  permanent: true,
  actors: ['sender'],
  resend: 'after-fix',
  codes: [{ code: '5.1.1', meaning: 'Bad destination mailbox', source: 'https://example.org' }],
  causes: [{ id: 'typo', title: 'A slip of the pen', likelihood: 0.7, why: [], articleId: 'typo' }],
  nextSteps: { sender: ['Check the address.'], admin: [] },
  questions: [],
} as unknown as Diagnosis

/** Victim's address and markup of every kind: what a hostile report would bring. */
export const PASTE =
  '<img src=https://evil.example.net/a.png> ![x](https://evil.example.net/b.png) {noformat} !https://evil.example.net/c.png!\nTo: victim@example.org'

export const handOff: HandOff = {
  facts: {
    kind: 'failure',
    reason: 'userunknown',
    enhancedStatusCode: '5.1.1',
    replyCode: 550,
    permanent: true,
    recipient: 'victim@example.org',
    remoteMta: 'mx1.example.org',
    layout: null,
  },
  diagnosis,
  conversation: [
    { role: 'user', content: PASTE },
    { role: 'assistant', content: 'The address does not exist.' },
  ],
  report: { kind: 'full', text: PASTE },
  contact: 'ann@example.com',
  note: 'Urgent, please.',
  locale: 'en',
  context: { building: 'North' },
}

export const ticket: Ticket = {
  id: 'BW-0123456789AB',
  at: '2026-11-24T10:00:00.000Z',
  key: '0123456789abcdef',
  repeated: false,
  count: 1,
  handOff,
}

export const target: Target = {
  kind: 'webhook',
  url: 'https://helpdesk.example.com',
  secret: 'a secret of some length',
  token: 'tok',
  user: 'agent@example.com',
  requester: 'mail-help@example.com',
  queue: '',
  contactIsRequester: false,
}

export const settingsOf = (env: Readonly<Record<string, string>>) => loadConfig(env)

export const webhookEnv = (url: string): Record<string, string> => ({
  BOUNCEWISE_HANDOFF: 'webhook',
  BOUNCEWISE_HANDOFF_URL: url,
  BOUNCEWISE_HANDOFF_SECRET: 'a secret of some length',
})
