/** The host's side of the frame: `const chat = connect(iframe)`, then the same commands and events. */
import { COMMANDS, type Command, EVENTS } from './events.ts'

export type Framed = Record<Command, (...args: unknown[]) => void> & { disconnect(): void }

/** Connects to a Bouncewise page in a frame. Events are dispatched on the frame's element. */
export function connect(frame: HTMLIFrameElement): Framed {
  const { origin } = new URL(frame.src)
  let ready = false
  const waiting: unknown[] = []
  const post = (message: unknown) =>
    ready ? frame.contentWindow?.postMessage(message, origin) : void waiting.push(message)
  const receive = ({ source, origin: from, data }: MessageEvent) => {
    if (source !== frame.contentWindow || from !== origin || data?.bouncewise !== 1) return
    if (!EVENTS.includes(data.event)) return
    if (data.event === 'ready') {
      ready = true
      for (const message of waiting.splice(0)) post(message)
    }
    frame.dispatchEvent(
      new CustomEvent(`bouncewise:${data.event}`, {
        bubbles: true,
        composed: true,
        detail: data.detail,
      }),
    )
  }
  addEventListener('message', receive)
  const commands = COMMANDS.map((command) => [
    command,
    (...args: unknown[]) => post({ bouncewise: 1, command, args }),
  ])
  return {
    ...(Object.fromEntries(commands) as Record<Command, (...args: unknown[]) => void>),
    disconnect: () => removeEventListener('message', receive),
  }
}
