import type { Query } from '../../../kb/types.ts'
import type { Asked } from '../likeness.ts'
import { IndexUnusable, ModelUnavailable } from '../unusable.ts'

export type Call =
  | { readonly type: 'retrieve'; readonly query: Query }
  | { readonly type: 'embed'; readonly texts: readonly string[] }
  | { readonly type: 'likeness'; readonly text: string; readonly entries: readonly Asked[] }
  | { readonly type: 'check' }

export type Request = { readonly id: number; readonly call: Call }

export type Reply =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly failure: Failure }

/** An error on its way to another thread, which keeps no class. */
export type Failure = {
  readonly name: string
  readonly message: string
  readonly stack: string | undefined
}

export function toFailure(error: unknown): Failure {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), stack: undefined }
  const { name, message, stack, cause } = error
  const because = cause instanceof Error ? `\ncaused by ${cause.stack ?? cause.message}` : ''
  return { name, message, stack: `${stack ?? message}${because}` }
}

/** The error as it was thrown: those that are known keep their class. */
export function fromFailure({ name, message, stack }: Failure): Error {
  const error = new (KNOWN[name] ?? Error)(message)
  if (stack !== undefined) error.stack = stack
  return error
}

const KNOWN: Readonly<Record<string, new (message: string) => Error>> = {
  IndexUnusable,
  ModelUnavailable,
}
