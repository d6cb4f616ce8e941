/** What a person is told of a failure: in their language where we know it, in the server's words otherwise. */
import type { Failure } from './client.ts'
import { fill, type Words } from './words.ts'

export function messageOf({ code, message, retryAfter }: Failure, words: Words): string {
  if (code === 'offline' || code === 'cut' || code === 'origin') return words.offline
  if (code === 'too-many-requests') return fill(words.busy, { n: retryAfter || 60 })
  if (code === 'payload-too-large') return words.big
  return code === 'server' || message === code ? words.broken : message
}
