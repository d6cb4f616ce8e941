/** Where tickets go, read from the settings once. */
import type { HandOffSettings, TargetKind } from './settings.ts'
import { isAddress } from './settings.ts'
import type { Ticket } from './ticket.ts'

export type Target = {
  readonly kind: TargetKind
  readonly url: string
  readonly secret: string
  readonly token: string
  readonly user: string
  readonly requester: string
  readonly queue: string
  readonly contactIsRequester: boolean
}

export type HttpRequest = {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** A ticket as the request that makes it. Pure: `seconds` is the time of this very try. */
export type Adapter = (ticket: Ticket, target: Target, seconds: number) => HttpRequest

/** The target of these settings, or undefined where nobody can be asked. */
export function targetOf(settings: HandOffSettings): Target | undefined {
  if (settings.BOUNCEWISE_HANDOFF === 'off') return undefined
  return {
    kind: settings.BOUNCEWISE_HANDOFF,
    url: settings.BOUNCEWISE_HANDOFF_URL,
    secret: settings.BOUNCEWISE_HANDOFF_SECRET,
    token: settings.BOUNCEWISE_HANDOFF_TOKEN,
    user: settings.BOUNCEWISE_HANDOFF_USER,
    requester: settings.BOUNCEWISE_HANDOFF_REQUESTER,
    queue: settings.BOUNCEWISE_HANDOFF_QUEUE,
    contactIsRequester: settings.BOUNCEWISE_HANDOFF_CONTACT === 'requester',
  }
}

/**
 * In whose name the ticket is made. A helpdesk writes to its requester, so an address that anybody could
 * type makes it a relay for spam: only an operator who asked for it gets that, and an address of the
 * paste never comes here.
 */
export function requesterOf({ handOff }: Ticket, target: Target): string {
  const typed = handOff.contact?.trim() ?? ''
  return target.contactIsRequester && isAddress(typed) ? typed : target.requester
}

/** Address of an API below the helpdesk's root, which may itself have a path. */
export const below = (root: string, path: string): string =>
  `${root.replace(/[?#].*$/, '').replace(/\/+$/, '')}${path}`

export const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`

/** Text as HTML that shows it and does nothing else, for helpdesks that take only HTML. */
export const asHtml = (text: string): string =>
  `<pre>${text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)}</pre>`
