/** New chat, forget me, language. */
import { LOCALES, type Words } from '../core/words.ts'
import { button, h, icon } from './dom.ts'

export type MenuActions = {
  readonly words: Words
  readonly locale: string
  fresh(): void
  forget(): void
  speak(locale: string): void
}

export function createMenu({ words, locale, fresh, forget, speak }: MenuActions): HTMLElement {
  const close = () => {
    menu.open = false
    summary.focus()
  }
  const summary = h('summary', { 'aria-label': words.menu, class: 'round' }, icon('menu'))
  const languages = h('select', { onchange: () => speak(languages.value) })
  const does = (action: () => void) => () => {
    close()
    action()
  }
  const menu = h(
    'details',
    { class: 'menu' },
    summary,
    h(
      'div',
      { class: 'items' },
      button(words.fresh, does(fresh)),
      button(words.forget, does(forget)),
      h('label', {}, words.language, languages),
    ),
  )
  // names of languages are slow to come by: not before somebody looks
  menu.addEventListener('toggle', () => languages.append(...LOCALES.map(option)), { once: true })
  const option = (tag: string) =>
    h('option', { value: tag, lang: tag, selected: tag === locale }, nameOf(tag))
  menu.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !menu.open) return
    event.stopPropagation()
    close()
  })
  menu.addEventListener('focusout', (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget as Node)) menu.open = false
  })
  return menu
}

/** A language by its own name. */
const nameOf = (tag: string): string =>
  new Intl.DisplayNames(tag, { type: 'language' }).of(tag) ?? tag
