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
  const does = (action: () => void) => () => {
    close()
    action()
  }
  const menu = h('details', { class: 'menu' }, summary)
  const option = (tag: string) =>
    h('option', { value: tag, lang: tag, selected: tag === locale }, nameOf(tag))
  // not before somebody looks: names of languages are slow to come by
  const furnish = () => {
    const languages = h('select', { onchange: () => speak(languages.value) })
    languages.append(...LOCALES.map(option))
    const label = h('label', {}, words.language, languages)
    const buttons = [button(words.fresh, does(fresh)), button(words.forget, does(forget))]
    menu.append(h('div', { class: 'items' }, ...buttons, label))
  }
  // a key makes a click too
  summary.addEventListener('click', furnish, { once: true })
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
