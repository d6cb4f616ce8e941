/** A sheet at the side (or from below, where it is narrow) for a passage or a form. */
import type { Words } from '../core/words.ts'
import { button, h, icon } from './dom.ts'

export type Sheet = {
  readonly node: HTMLElement
  /** Shows content under a title; focus goes in and, on closing, back to where it came from. */
  show(title: string, content: readonly Node[], from: HTMLElement): void
  close(): void
}

export function createSheet(words: Words): Sheet {
  const heading = h('h2', { tabindex: -1 })
  const body = h('div', { class: 'body' })
  let opener: HTMLElement | undefined
  const close = () => {
    if (!node.open) return
    node.close()
    if (opener?.isConnected) opener.focus()
  }
  const shut = button(icon('close'), close, { class: 'round', 'aria-label': words.close })
  const node = h(
    'dialog',
    { class: 'sheet', 'aria-labelledby': 'sheet' },
    h('div', { class: 'head' }, heading, shut),
    body,
  )
  heading.id = 'sheet'
  node.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    close()
  })
  return {
    node,
    show(title, content, from) {
      opener = from
      heading.textContent = title
      body.replaceChildren(...content)
      if (!node.open) node.show()
      body.scrollTop = 0
      heading.focus()
    },
    close,
  }
}
