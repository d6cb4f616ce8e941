/** What stands around a conversation, and where the focus goes in it. */
import { EXAMPLE } from '../core/example.ts'
import { warmUp } from '../core/read.ts'
import { isRightToLeft, type Words } from '../core/words.ts'
import { acceptDrops, type Composer, createComposer } from './composer.ts'
import { h } from './dom.ts'
import { renderBar, renderHello } from './frame.ts'
import { createMenu } from './menu.ts'
import { createSheet, type Sheet } from './sheet.ts'
import { createView, type View } from './view.ts'

export type ShellOptions = {
  readonly words: Words
  readonly locale: string
  readonly mode: string | null
  readonly title: string
  readonly greeting: string
  readonly host: string
  say(text: string): void
  sayFiles(files: readonly File[]): void
  pasted(text: string): boolean
  stop(): void
  reset(): void
  speak(locale: string): void
  close(): void
}

export type Shell = {
  readonly node: HTMLElement
  readonly log: HTMLElement
  readonly list: HTMLElement
  readonly composer: Composer
  readonly sheet: Sheet
  readonly view: View
  /** the one line that a screen reader hears */
  announce(text: string): void
}

export function createShell(options: ShellOptions): Shell {
  const { words, locale, mode, say, sayFiles, reset, close } = options
  const list = h('ol', { class: 'turns' })
  // not live: a screen reader would read every token of a growing answer; the status line speaks
  const log = h(
    'div',
    { class: 'log', role: 'log', 'aria-live': 'off', 'aria-label': words.chat, tabindex: 0 },
    renderHello(words, options.greeting, () => say(EXAMPLE)),
    list,
  )
  const composer = createComposer({ ...options, send: say, files: sayFiles, wake: warmUp })
  const status = h('p', { class: 'status', role: 'status' })
  const announce = (text: string) => {
    status.textContent = text
  }
  const menu = createMenu({
    words,
    locale,
    fresh: () => {
      reset()
      composer.input.focus()
    },
    forget: () => {
      reset()
      announce(words.forgotten)
    },
    speak: options.speak,
  })
  const bar = renderBar({
    words,
    menu,
    title: options.title,
    tag: mode === 'page' ? 'h1' : 'span',
    ...(mode === 'panel' && { close }),
  })
  const node = h(
    'div',
    { class: 'shell', lang: locale, dir: isRightToLeft(locale) ? 'rtl' : 'ltr' },
    bar,
    log,
    composer.node,
    status,
  )
  node.addEventListener('keydown', (event) => {
    if (event.key === 'F6') {
      event.preventDefault()
      goOn(log, composer.input)
    }
    if (event.key === 'Escape' && mode === 'panel') close()
  })
  acceptDrops(node, { files: sayFiles, send: say })
  const sheet = createSheet(words, node)
  return { node, log, list, composer, sheet, view: createView(log), announce }
}

/** F6 goes between the conversation and the box. */
const goOn = (log: HTMLElement, input: HTMLElement): void => {
  const inBox = (log.getRootNode() as ShadowRoot).activeElement === input
  if (inBox) log.focus()
  else input.focus()
}
