/** The page's side of the frame: events out to the one host, commands in from the one host. */
import type { BouncewiseChat } from '../ui/element.ts'
import { COMMANDS, EVENTS } from './events.ts'

type Message = {
  readonly bouncewise?: unknown
  readonly command?: unknown
  readonly args?: unknown
}

/** The host's origin, as the browser tells it; without it nothing is sent and nothing obeyed. */
function hostOrigin(): string | undefined {
  const [origin] = location.ancestorOrigins ?? []
  if (origin) return origin
  return /^https?:\/\/[^/]+/.exec(document.referrer)?.[0]
}

export function talkToHost(chat: Element): void {
  const origin = hostOrigin()
  if (!origin || origin === 'null') return
  const post = (event: string, detail: unknown) =>
    window.parent.postMessage({ bouncewise: 1, event, detail }, origin)
  for (const name of EVENTS) {
    chat.addEventListener(`bouncewise:${name}`, (event) =>
      post(name, (event as CustomEvent).detail),
    )
  }
  addEventListener('message', ({ source, origin: from, data }: MessageEvent<Message | null>) => {
    if (source !== window.parent || from !== origin || data?.bouncewise !== 1) return
    const command = COMMANDS.find((one) => one === data.command)
    if (!command || !Array.isArray(data.args)) return
    const call = (chat as BouncewiseChat)[command] as (...args: unknown[]) => unknown
    call.apply(chat, data.args)
  })
  post('ready', {})
}
