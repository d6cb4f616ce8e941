/** The box to paste into: text, files by drop, paste and button. */
import { fill, type Words } from '../core/words.ts'
import { button, h, icon } from './dom.ts'

export type ComposerActions = {
  readonly words: Words
  readonly host: string
  send(text: string): void
  files(files: readonly File[]): void
  /** a paste into the empty box; true when it was taken and must not be shown there */
  pasted(text: string): boolean
  stop(): void
  wake(): void
}

export type Composer = {
  readonly node: HTMLFormElement
  readonly input: HTMLTextAreaElement
  setBusy(busy: boolean): void
  setTalking(talking: boolean): void
}

export function createComposer(act: ComposerActions): Composer {
  const { words } = act
  const input = h('textarea', {
    rows: 1,
    dir: 'auto',
    maxlength: 1_000_000,
    placeholder: words.placeholder,
    'aria-label': words.placeholder,
    'aria-describedby': 'private',
    autocomplete: 'off',
    spellcheck: 'false',
    onfocus: () => act.wake(),
  })
  let picker: HTMLInputElement | undefined
  // slow to make, and seldom used: not before somebody asks for it
  const createPicker = (): HTMLInputElement => {
    const made = h('input', {
      type: 'file',
      multiple: true,
      accept: '.eml,.msg,.txt,message/rfc822,text/plain',
      hidden: true,
      tabindex: -1,
      'aria-hidden': 'true',
      onchange: () => {
        act.files([...(made.files ?? [])])
        made.value = ''
      },
    })
    node.append(made)
    return made
  }
  const pick = () => {
    picker ??= createPicker()
    picker.click()
  }
  const open = button(icon('file'), pick, { class: 'file' })
  open.append(h('span', {}, words.open))
  const send = h(
    'button',
    { class: 'send', type: 'submit' },
    icon('send'),
    h('span', {}, words.send),
  )
  const stop = button(icon('stop'), act.stop, { class: 'send', hidden: true })
  stop.append(h('span', {}, words.stop))
  const node = h(
    'form',
    { class: 'composer', novalidate: true },
    h('div', { class: 'box' }, input, h('div', { class: 'row' }, open, stop, send)),
    h('p', { class: 'private', id: 'private' }, fill(words.private, { host: act.host })),
    h('div', { class: 'drop', 'aria-hidden': 'true' }, words.drop),
  )

  const submit = () => {
    const text = input.value.trim()
    if (text === '') {
      input.focus()
      return
    }
    input.value = ''
    act.send(text)
  }
  node.addEventListener('submit', (event) => {
    event.preventDefault()
    submit()
  })
  input.addEventListener('keydown', (event) => {
    // isComposing: Enter ends a word in Japanese and Chinese input, not the message
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    submit()
  })
  input.addEventListener('paste', (event) => {
    const files = [...(event.clipboardData?.files ?? [])]
    if (files.length > 0) {
      event.preventDefault()
      act.files(files)
      return
    }
    const text = event.clipboardData?.getData('text/plain') ?? ''
    const taken = input.value.trim() === '' && text.includes('\n') && act.pasted(text)
    if (taken) event.preventDefault()
  })
  return {
    node,
    input,
    setBusy(busy) {
      stop.hidden = !busy
    },
    setTalking(talking) {
      input.placeholder = talking ? words.more : words.placeholder
      input.setAttribute('aria-label', input.placeholder)
    },
  }
}

/** Files and text dropped anywhere on the chat. */
export function acceptDrops(
  target: HTMLElement,
  take: { files(files: readonly File[]): void; send(text: string): void },
): void {
  const over = (on: boolean) => target.toggleAttribute('data-drop', on)
  target.addEventListener('dragover', (event) => {
    event.preventDefault()
    over(true)
  })
  target.addEventListener('dragleave', (event) => {
    if (!target.contains(event.relatedTarget as Node | null)) over(false)
  })
  target.addEventListener('drop', (event) => {
    event.preventDefault()
    over(false)
    const files = [...(event.dataTransfer?.files ?? [])]
    const text = event.dataTransfer?.getData('text/plain') ?? ''
    if (files.length > 0) take.files(files)
    else if (text.trim() !== '') take.send(text)
  })
}
