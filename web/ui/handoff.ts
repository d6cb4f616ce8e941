/** The form for "ask a person": it shows exactly what goes out, before it goes. */
import { type Case, type HandOff, type Hide, handOffOf } from '../core/handoff.ts'
import { fill, type Words } from '../core/words.ts'
import { button, h } from './dom.ts'

export type HandOffForm = {
  readonly words: Words
  readonly case: Case
  /** resolves with the ticket's number, empty where the host makes it */
  send(payload: HandOff): Promise<string>
}

export async function renderHandOff({
  words,
  case: facts,
  send,
}: HandOffForm): Promise<HTMLElement> {
  const hide = await loadHide(facts)
  const hidden = h('input', { type: 'checkbox', checked: true })
  const contact = h('input', { type: 'text', maxlength: 200, autocomplete: 'email' })
  const note = h('textarea', { rows: 3, maxlength: 2000, dir: 'auto' })
  const shown = h('pre', { tabindex: 0, dir: 'ltr', translate: 'no' })
  const result = h('p', { role: 'status' })
  const payload = (): HandOff =>
    handOffOf(facts, hidden.checked ? hide : undefined, {
      contact: contact.value.trim(),
      note: note.value.trim(),
    })
  const show = () => {
    shown.textContent = JSON.stringify(payload(), null, 2)
  }
  const go = button(words.handOver, () => {
    go.disabled = true
    send(payload()).then(
      (id) => {
        form.replaceChildren(
          h('p', { class: 'done' }, id ? fill(words.handed, { id }) : words.thanks),
          result,
        )
        result.textContent = id ? fill(words.handed, { id }) : words.thanks
      },
      () => {
        go.disabled = false
        result.textContent = words.broken
      },
    )
  })
  go.className = 'primary'
  const form = h(
    'form',
    { class: 'handoff', oninput: show },
    h('label', {}, words.note, note),
    h('label', {}, words.contact, contact),
    h('label', { class: 'check' }, hidden, words.hide),
    h('p', {}, words.exact),
    shown,
    result,
    go,
  )
  form.addEventListener('submit', (event) => event.preventDefault())
  show()
  return form
}

/** Redaction is loaded with the form. Where it cannot be, hiding means leaving every text out. */
async function loadHide({ report }: Case): Promise<Hide> {
  try {
    const { createRedactor } = await import('../../kb/ndr/redact.ts')
    const redactor = createRedactor(report)
    return (text) => redactor.redact(text)
  } catch {
    return () => '…'
  }
}
