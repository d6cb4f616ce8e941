/** Delivers what waits in the outbox, one ticket after the other, until it is taken or given up. */
import type { Entry, Outbox } from './outbox.ts'
import type { Outcome } from './send.ts'

export type DeliveryEvent =
  | { readonly kind: 'delivered'; readonly entry: Entry }
  | { readonly kind: 'failed'; readonly entry: Entry }
  | { readonly kind: 'dead'; readonly entry: Entry }
  /** the disk did not do what it should; the ticket stays in memory and is tried again */
  | { readonly kind: 'disk'; readonly error: unknown }

export type DeliveryOptions = {
  readonly outbox: Outbox
  readonly tries: number
  send(entry: Entry, signal: AbortSignal): Promise<Outcome>
  tell(event: DeliveryEvent): void
  /** milliseconds before the next try; a test brings shorter ones */
  readonly delay?: (tries: number) => number
}

export type Delivery = {
  /** takes over a ticket that is on disk already */
  add(entry: Entry): void
  readonly waiting: number
  /** ends the try under way and stops; what waits stays on disk */
  close(): Promise<void>
}

const SECOND = 1000
const HOUR = 3600 * SECOND

/** 5 s, 10 s, 20 s … an hour, each up to a fifth longer, so that many tickets do not come at once. */
export const backOff = (tries: number): number =>
  Math.min(5 * SECOND * 2 ** (tries - 1), HOUR) * (1 + Math.random() / 5)

export function createDelivery(options: DeliveryOptions): Delivery {
  const { outbox, tell } = options
  const waiting = new Map<string, Entry>()
  const stop = new AbortController()
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | undefined

  const plan = () => {
    if (running || stop.signal.aborted) return
    const first = soonest(waiting)
    if (!first) return
    clearTimeout(timer)
    timer = setTimeout(run, Math.max(0, first.next - Date.now()))
  }
  const run = () => {
    running = work().finally(() => {
      running = undefined
      plan()
    })
  }
  const work = async () => {
    for (;;) {
      const entry = soonest(waiting)
      if (!entry || entry.next > Date.now() || stop.signal.aborted) return
      const outcome = await options.send(entry, stop.signal)
      // a try that we cut off ourselves is none
      if (stop.signal.aborted && outcome.kind !== 'delivered') return
      try {
        await settle(entry, outcome)
      } catch (error) {
        tell({ kind: 'disk', error })
        waiting.set(entry.ticket.id, { ...entry, next: Date.now() + 30 * SECOND })
      }
    }
  }
  const settle = async (entry: Entry, outcome: Outcome) => {
    const { id } = entry.ticket
    const tries = entry.tries + 1
    if (outcome.kind === 'delivered') {
      await outbox.remove(id)
      waiting.delete(id)
      return tell({ kind: 'delivered', entry: { ...entry, tries } })
    }
    const failed = { ...entry, tries, failure: outcome.failure }
    if (outcome.kind === 'refused' || tries >= options.tries) {
      await outbox.bury(failed)
      waiting.delete(id)
      return tell({ kind: 'dead', entry: failed })
    }
    const pause = Math.max((options.delay ?? backOff)(tries), outcome.waitMs)
    const later = { ...failed, next: Date.now() + pause }
    waiting.set(id, later)
    await outbox.put(later)
    tell({ kind: 'failed', entry: later })
  }
  return {
    add(entry) {
      waiting.set(entry.ticket.id, entry)
      plan()
    },
    get waiting() {
      return waiting.size
    },
    async close() {
      stop.abort()
      clearTimeout(timer)
      await running
    },
  }
}

function soonest(waiting: ReadonlyMap<string, Entry>): Entry | undefined {
  let first: Entry | undefined
  for (const entry of waiting.values()) if (!first || entry.next < first.next) first = entry
  return first
}
