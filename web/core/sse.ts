/** Reads a `text/event-stream` body. The frames' `data` is the event without its type; of `done`, the whole answer. */
import type { AnswerEvent } from '../../kb/types.ts'

export type Frame = { readonly event: string; readonly data: string }

/** Splits a body into frames, wherever the network cut it. Comments (heartbeats) only make `heard` run. */
export async function* readFrames(
  body: ReadableStream<Uint8Array>,
  heard: () => void = () => {},
): AsyncGenerator<Frame> {
  const reader = body.pipeThrough(decoder()).getReader()
  let rest = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      heard()
      rest += value ?? ''
      const frames = rest.split(/\r?\n\r?\n/)
      rest = frames.pop() ?? ''
      for (const text of frames) {
        const frame = toFrame(text)
        if (frame) yield frame
      }
      // what comes after the last blank line is half a frame: the connection was cut
      if (done) return
    }
  } finally {
    await reader.cancel().catch(() => {})
  }
}

function toFrame(text: string): Frame | undefined {
  let event = 'message'
  const data: string[] = []
  for (const line of text.split(/\r?\n/)) {
    const [, field, value] = /^(event|data): ?(.*)$/.exec(line) ?? []
    if (field === 'event') event = value ?? ''
    if (field === 'data') data.push(value ?? '')
  }
  return data.length > 0 ? { event, data: data.join('\n') } : undefined
}

const TYPES = ['report', 'diagnosis', 'answer', 'done', 'failed']

/** A frame as an event; undefined for a type that a newer server may send. */
export function toEvent({ event, data }: Frame): AnswerEvent | undefined {
  if (!TYPES.includes(event)) return undefined
  const held = JSON.parse(data) as object
  return { ...(event === 'done' ? { result: held } : held), type: event } as AnswerEvent
}

/** The two platforms' types disagree about what a decoder takes; both take bytes. */
const decoder = () => new TextDecoderStream() as unknown as TransformStream<Uint8Array, string>
