/** Hand-off: from what a person sent to a ticket in the helpdesk, with nothing lost between. */
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { adapters } from './adapters/index.ts'
import { createDelivery, type DeliveryEvent } from './delivery.ts'
import { dedupeKey } from './key.ts'
import { openOutbox } from './outbox.ts'
import { openRecent } from './recent.ts'
import type { HandOff } from './schema.ts'
import { type Outcome, send } from './send.ts'
import type { HandOffSettings } from './settings.ts'
import { type Target, targetOf } from './target.ts'
import type { Ticket } from './ticket.ts'

export type { DeliveryEvent } from './delivery.ts'

/** More than this wait for a helpdesk that does not answer: somebody fills the disk. */
export const MAX_WAITING = 5000

export type HandOffs = {
  /** resolves once the ticket is on disk; undefined when too many wait */
  accept(handOff: HandOff): Promise<Ticket | undefined>
  readonly waiting: number
  /** files of the outbox that could not be read at start; they are left alone */
  readonly unreadable: number
  close(): Promise<void>
}

export type HandOffOptions = {
  readonly settings: HandOffSettings
  readonly dataDir: string
  tell(event: DeliveryEvent): void
  readonly delay?: (tries: number) => number
}

/** Opens the outbox and goes on with what a former process left; undefined when hand-off is off. */
export async function openHandOffs(options: HandOffOptions): Promise<HandOffs | undefined> {
  const { settings, tell, delay } = options
  const target = targetOf(settings)
  if (!target) return undefined
  const folder = join(options.dataDir, 'handoff')
  const outbox = await openOutbox(folder)
  const recent = await openRecent(folder, settings.BOUNCEWISE_HANDOFF_REPEAT_MINUTES * 60_000)
  const delivery = createDelivery({
    outbox,
    tell,
    tries: settings.BOUNCEWISE_HANDOFF_TRIES,
    send: ({ ticket }, signal) => deliver(ticket, target, signal),
    ...(delay && { delay }),
  })
  const { entries, unreadable } = await outbox.load()
  // a start tries at once: something may have been mended; a dead letter moved back has all its tries again
  for (const entry of entries) {
    const spent = entry.tries >= settings.BOUNCEWISE_HANDOFF_TRIES
    delivery.add({ ...entry, next: Date.now(), tries: spent ? 0 : entry.tries })
  }
  return {
    async accept(handOff) {
      if (delivery.waiting >= MAX_WAITING) return undefined
      const now = Date.now()
      const key = dedupeKey(handOff, settings.BOUNCEWISE_HANDOFF_DOMAIN)
      const count = key ? await recent.count(key, now) : 1
      const ticket: Ticket = {
        id: `BW-${randomBytes(6).toString('hex').toUpperCase()}`,
        at: new Date(now).toISOString(),
        ...(key && { key }),
        repeated: count > 1,
        count,
        handOff,
      }
      const entry = { ticket, tries: 0, next: now }
      await outbox.put(entry)
      delivery.add(entry)
      return ticket
    },
    get waiting() {
      return delivery.waiting
    },
    unreadable,
    close: () => delivery.close(),
  }
}

/** A ticket that cannot even be written as a request would stop those behind it: it is given up, not lost. */
async function deliver(ticket: Ticket, target: Target, signal: AbortSignal): Promise<Outcome> {
  const request = () => adapters[target.kind](ticket, target, Math.floor(Date.now() / 1000))
  try {
    return await send(request(), signal)
  } catch {
    return { kind: 'refused', failure: 'request' }
  }
}
