/** Settings of the hand-off, and what must hold between them. */
import { type Static, Type } from 'typebox'

export const TARGETS = [
  'off',
  'webhook',
  'zendesk',
  'freshdesk',
  'zammad',
  'osticket',
  'jira',
] as const
export type TargetKind = Exclude<(typeof TARGETS)[number], 'off'>

const text = (description: string, maxLength = 2048) =>
  Type.String({ default: '', maxLength, description })

export const handOffSettings = {
  BOUNCEWISE_HANDOFF: Type.Unsafe<(typeof TARGETS)[number]>(
    Type.String({
      enum: [...TARGETS],
      default: 'off',
      description:
        'where "ask a person" goes: `off`, `webhook`, `zendesk`, `freshdesk`, `zammad`, `osticket` or `jira`; see docs/handoff.md',
    }),
  ),
  BOUNCEWISE_HANDOFF_URL: text(
    'address of the webhook, or root of the helpdesk (`https://example.zendesk.com`); https only',
  ),
  BOUNCEWISE_HANDOFF_SECRET: text('secret that signs the webhook, 16 characters at least', 4096),
  BOUNCEWISE_HANDOFF_TOKEN: text('API token or key of the helpdesk', 4096),
  BOUNCEWISE_HANDOFF_USER: text(
    'mail address of the agent whom the token belongs to (Zendesk, Jira Cloud)',
    254,
  ),
  BOUNCEWISE_HANDOFF_REQUESTER: text(
    'mail address of the account in whose name tickets are made (Freshdesk, Zammad, osTicket; optional for Zendesk)',
    254,
  ),
  BOUNCEWISE_HANDOFF_QUEUE: text(
    'group (Zammad), help topic’s number (osTicket), or service desk and request type as `1/10` (Jira)',
    200,
  ),
  BOUNCEWISE_HANDOFF_CONTACT: Type.Unsafe<'text' | 'requester'>(
    Type.String({
      enum: ['text', 'requester'],
      default: 'text',
      description:
        'what becomes of the contact that a person types: `text` in the ticket, or the ticket’s `requester`, to whom the helpdesk may then write unchecked',
    }),
  ),
  BOUNCEWISE_HANDOFF_DOMAIN: text(
    'your own mail domain, part of the key that makes one incident of one outage',
    253,
  ),
  BOUNCEWISE_HANDOFF_REPEAT_MINUTES: Type.Integer({
    minimum: 0,
    maximum: 10_080,
    default: 240,
    description: 'minutes in which a ticket with the same key is marked as repeated',
  }),
  BOUNCEWISE_HANDOFF_TRIES: Type.Integer({
    minimum: 1,
    maximum: 1000,
    default: 30,
    description:
      'deliveries that are tried, ever further apart, before a ticket goes to the dead letters; 30 take most of a day',
  }),
}

const Settings = Type.Object(handOffSettings)
export type HandOffSettings = Static<typeof Settings>

type Name = keyof HandOffSettings

const NEEDS: Readonly<Record<TargetKind, readonly Name[]>> = {
  webhook: ['BOUNCEWISE_HANDOFF_URL', 'BOUNCEWISE_HANDOFF_SECRET'],
  zendesk: ['BOUNCEWISE_HANDOFF_URL', 'BOUNCEWISE_HANDOFF_USER', 'BOUNCEWISE_HANDOFF_TOKEN'],
  freshdesk: ['BOUNCEWISE_HANDOFF_URL', 'BOUNCEWISE_HANDOFF_TOKEN', 'BOUNCEWISE_HANDOFF_REQUESTER'],
  zammad: [
    'BOUNCEWISE_HANDOFF_URL',
    'BOUNCEWISE_HANDOFF_TOKEN',
    'BOUNCEWISE_HANDOFF_REQUESTER',
    'BOUNCEWISE_HANDOFF_QUEUE',
  ],
  osticket: ['BOUNCEWISE_HANDOFF_URL', 'BOUNCEWISE_HANDOFF_TOKEN', 'BOUNCEWISE_HANDOFF_REQUESTER'],
  jira: ['BOUNCEWISE_HANDOFF_URL', 'BOUNCEWISE_HANDOFF_TOKEN', 'BOUNCEWISE_HANDOFF_QUEUE'],
}

/** What is wrong with these settings, in one line; undefined when they fit together. */
export function handOffFault(settings: HandOffSettings): string | undefined {
  const kind = settings.BOUNCEWISE_HANDOFF
  if (kind === 'off') return undefined
  const missing = NEEDS[kind].find((name) => settings[name] === '')
  if (missing) return `BOUNCEWISE_HANDOFF=${kind} needs ${missing}.`
  return urlFault(settings.BOUNCEWISE_HANDOFF_URL) ?? valueFault(kind, settings)
}

function urlFault(address: string): string | undefined {
  if (!URL.canParse(address)) return 'BOUNCEWISE_HANDOFF_URL must be an address.'
  const { protocol, hostname, username, password } = new URL(address)
  if (username || password) {
    return 'BOUNCEWISE_HANDOFF_URL must hold no user or password: there are settings for them.'
  }
  if (protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))) return undefined
  return 'BOUNCEWISE_HANDOFF_URL must begin with https:// (http only for this very machine).'
}

/** Plain http is for a helper on the same machine; nothing crosses a network unencrypted. */
const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host)

export const isAddress = (value: string): boolean =>
  /^[^\s<>()[\]{},;:"'@\\]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}$/i.test(value)

function valueFault(kind: TargetKind, settings: HandOffSettings): string | undefined {
  const { BOUNCEWISE_HANDOFF_QUEUE: queue, BOUNCEWISE_HANDOFF_REQUESTER: requester } = settings
  if (requester && !isAddress(requester)) {
    return 'BOUNCEWISE_HANDOFF_REQUESTER must be a mail address.'
  }
  if (kind === 'webhook' && settings.BOUNCEWISE_HANDOFF_SECRET.length < 16) {
    return 'BOUNCEWISE_HANDOFF_SECRET must have at least 16 characters.'
  }
  if (kind === 'jira' && !/^\d+\/\d+$/.test(queue)) {
    return 'BOUNCEWISE_HANDOFF_QUEUE must be service desk and request type, such as 1/10.'
  }
  if (kind === 'osticket' && queue && !/^\d+$/.test(queue)) {
    return 'BOUNCEWISE_HANDOFF_QUEUE must be the number of a help topic.'
  }
  if (kind === 'jira' && settings.BOUNCEWISE_HANDOFF_CONTACT === 'requester') {
    return 'BOUNCEWISE_HANDOFF_CONTACT=requester is not for Jira, which knows customers by account, not by address.'
  }
  return undefined
}
