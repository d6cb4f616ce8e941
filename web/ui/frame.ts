/** What stands around a conversation: the bar above it, and the greeting while there is none. */
import type { Words } from '../core/words.ts'
import { button, h, icon } from './dom.ts'

export type BarOptions = {
  readonly words: Words
  readonly menu: HTMLElement
  readonly title: string
  /** a page has it as its heading; what is embedded leaves the headings to its host */
  readonly tag: 'h1' | 'span'
  /** a panel can be closed */
  readonly close?: () => void
}

export function renderBar({ words, menu, title, tag, close }: BarOptions): HTMLElement {
  return h(
    'div',
    { class: 'bar' },
    h(tag, { class: 'brand' }, icon('mail'), title),
    menu,
    close && button(icon('close'), close, { class: 'round', 'aria-label': words.close }),
  )
}

export function renderHello(words: Words, greeting: string, example: () => void): HTMLElement {
  return h(
    'div',
    { class: 'hello' },
    h('h2', {}, greeting),
    h('p', {}, words.sub),
    button(words.example, example, { class: 'chip' }),
  )
}
