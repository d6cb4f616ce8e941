/** What crosses between frames: `{ bouncewise: 1, … }` and nothing else. */
export const EVENTS = [
  'ready',
  'open',
  'close',
  'message',
  'citation',
  'feedback',
  'handoff',
  'error',
] as const

export const COMMANDS = ['open', 'close', 'ask', 'setContext', 'reset'] as const
export type Command = (typeof COMMANDS)[number]
