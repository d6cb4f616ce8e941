/** The form for "ask a person": it shows exactly what goes out, before it goes. */
import { Failure } from '../core/client.ts'
import { messageOf } from '../core/failure-text.ts'
import { type Case, type HandOff, type Hide, handOffOf } from '../core/handoff.ts'
import { fill, type Words } from '../core/words.ts'
import { button, h } from './dom.ts'
import type { Receipt } from './person.ts'

export type HandOffForm = {
  readonly words: Words
  readonly case: Case
  send(payload: HandOff): Promise<Receipt>
}

export async function renderHandOff(options: HandOffForm): Promise<HTMLElement> {
  const { words, case: facts, send } = options
  const hide = await loadHide(facts)
  const hidden = h('input', { type: 'checkbox', checked: true })
  const contact = h('input', { type: 'text', maxlength: 200, autocomplete: 'email' })
  const note = h('textarea', { rows: 3, maxlength: 2000, dir: 'auto' })
  const shown = h('pre', { tabindex: 0, dir: 'ltr', translate: 'no' })
  const result = h('p', { role: 'status', class: 'result', tabindex: -1 })
  const payload = (): HandOff =>
    handOffOf(facts, hidden.checked ? hide : undefined, {
      contact: contact.value.trim(),
      note: note.value.trim(),
    })
  const show = () => {
    shown.textContent = JSON.stringify(payload(), null, 2)
  }
  const go = button(
    words.handOver,
    () => {
      go.disabled = true
      result.textContent = ''
      send(payload()).then(
        (receipt) => {
          result.classList.add('done')
          result.textContent = thank(receipt, words)
          form.replaceChildren(result)
          // the button that had the focus is gone
          result.focus()
        },
        (error: unknown) => {
          go.disabled = false
          result.textContent = error instanceof Failure ? messageOf(error, words) : words.broken
        },
      )
    },
    { class: 'primary' },
  )
  const form = h(
    'form',
    { class: 'handoff', oninput: show },
    h('label', {}, words.note, note),
    h('label', {}, words.contact, contact),
    h('label', { class: 'check' }, hidden, words.hide),
    h('p', { class: 'muted' }, words.exact),
    shown,
    result,
    go,
  )
  form.addEventListener('submit', (event) => event.preventDefault())
  show()
  return form
}

function thank({ id, repeated }: Receipt, words: Words): string {
  const said = id ? fill(words.handed, { id }) : words.thanks
  return repeated ? `${said} ${words.same}` : said
}

/** Redaction is loaded with the form. Where it cannot be, hiding means leaving every text out. */
async function loadHide({ report }: Case): Promise<Hide | 'everything'> {
  try {
    const { createRedactor } = await import('../../kb/ndr/redact.ts')
    const redactor = createRedactor(report)
    return remember((text) => redactor.redact(text))
  } catch {
    return 'everything'
  }
}

/** The form is shown anew at every key; a text of a megabyte is redacted once. */
function remember(hide: Hide): Hide {
  const known = new Map<string, string>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    const hidden = hide(text)
    known.set(text, hidden)
    return hidden
  }
}
