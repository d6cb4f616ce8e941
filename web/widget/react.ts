/**
 * A React component made from your own React, so that no second copy is loaded:
 *
 *   import * as React from 'react'
 *   import { createBouncewise } from 'https://mail-help.example.com/react.js'
 *   const Bouncewise = createBouncewise(React)
 */
type Ref = { current: HTMLElement | null }
type ReactLike = {
  createElement(tag: string, props: object): unknown
  useRef(value: null): Ref
  useEffect(effect: () => undefined | (() => void), deps?: readonly unknown[]): void
}

type Props = Readonly<Record<string, unknown>> & {
  readonly server?: string
  readonly theme?: object
  readonly context?: Readonly<Record<string, string>>
}

/** `<Bouncewise server locale onMessage={…} …/>`: "onX" props listen to `bouncewise:x`. */
export function createBouncewise(react: ReactLike): (props: Props) => unknown {
  // biome-ignore lint/correctness/noComponentHookFactories: the host's React is the argument; called once
  return function Bouncewise({ theme, context, ...props }) {
    const ref = react.useRef(null)
    const entries = Object.entries(props)
    const listeners = entries.filter(([, value]) => typeof value === 'function')
    react.useEffect(() => {
      void import('../ui/define.ts')
    }, [])
    react.useEffect(() => {
      const element = ref.current
      const pairs = listeners.map(
        ([name, value]) =>
          [
            `bouncewise:${name.slice(2).toLowerCase()}`,
            (event: Event) => (value as (e: Event) => void)(event),
          ] as const,
      )
      for (const pair of pairs) element?.addEventListener(...pair)
      return () => {
        for (const pair of pairs) element?.removeEventListener(...pair)
      }
    })
    react.useEffect(() => {
      const element = ref.current
      void customElements.whenDefined('bouncewise-chat').then(() => {
        if (element && theme) Object.assign(element, { theme })
        const chat = element as unknown as { setContext(context: object): void } | null
        if (context) chat?.setContext(context)
      })
    }, [theme, context])
    const attributes = Object.fromEntries(
      entries.filter(([, value]) => typeof value !== 'function'),
    )
    return react.createElement('bouncewise-chat', {
      server: new URL('.', import.meta.url).href,
      ...attributes,
      ref,
    })
  }
}
