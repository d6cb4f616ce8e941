/** A sheet at the side (or from below, where it is narrow) for a passage or a form. */
import type { Words } from '../core/words.ts'
import { button, h, icon } from './dom.ts'

export type Sheet = {
  /** Shows content under a title; focus goes in and, on closing, back to where it came from. */
  show(title: string, content: readonly Node[], from: HTMLElement): void
  close(): void
}

/** Made when it is first shown: most conversations have none. */
export function createSheet(words: Words, place: HTMLElement): Sheet {
  let opened: Opened | undefined
  let opener: HTMLElement | undefined
  const close = () => {
    if (!opened?.node.open) return
    opened.node.close()
    if (opener?.isConnected) opener.focus()
  }
  return {
    show(title, content, from) {
      opened ??= renderSheet(words, place, close)
      const { node, heading, body } = opened
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

type Opened = Readonly<{ node: HTMLDialogElement; heading: HTMLElement; body: HTMLElement }>

function renderSheet(words: Words, place: HTMLElement, close: () => void): Opened {
  const heading = h('h2', { tabindex: -1, id: 'sheet' })
  const body = h('div', { class: 'body' })
  const shut = button(icon('close'), close, { class: 'round', 'aria-label': words.close })
  const node = h(
    'dialog',
    { class: 'sheet', 'aria-labelledby': 'sheet' },
    h('div', { class: 'head' }, heading, shut),
    body,
  )
  node.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    close()
  })
  place.append(node)
  return { node, heading, body }
}
