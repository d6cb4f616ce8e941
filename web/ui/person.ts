/** The way to a person: whether there is one, and who takes the ticket. */
import { type Client, Failure } from '../core/client.ts'

export type Receipt = {
  /** the ticket's number; empty where the host makes it */
  readonly id: string
  /** others have reported the same of late */
  readonly repeated: boolean
}

export type PersonOptions = {
  readonly client: Client
  /** the host makes its own tickets (`handoff="event"`) */
  readonly byHost: () => boolean
  readonly emit: (detail: Readonly<Record<string, unknown>>) => void
}

export type Person = {
  /** asks the server once; what could not be asked is asked again next time */
  available(): Promise<boolean>
  send(payload: unknown): Promise<Receipt>
}

export function createPerson({ client, byHost, emit }: PersonOptions): Person {
  let asked: Promise<boolean> | undefined
  const ask = (): Promise<boolean> =>
    client.json<{ readonly enabled: boolean }>('api/handoff').then(
      ({ enabled }) => enabled,
      () => {
        asked = undefined
        return false
      },
    )
  return {
    available() {
      if (byHost()) return Promise.resolve(true)
      asked ??= ask()
      return asked
    },
    async send(payload) {
      if (byHost()) {
        emit({ payload })
        return { id: '', repeated: false }
      }
      try {
        const receipt = await client.json<Receipt>('api/handoff', payload)
        emit({ id: receipt.id })
        return receipt
      } catch (error) {
        if (error instanceof Failure && error.code === 'handoff-off') asked = Promise.resolve(false)
        throw error
      }
    },
  }
}
