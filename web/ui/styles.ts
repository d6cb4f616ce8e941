/** The styles, as a constructed sheet: no policy has to allow inline styles for it. */
import css from './chat.css'
import dark from './dark.css'

let shared: CSSStyleSheet | undefined

/** One sheet for all elements of a page. The dark colours are for two cases and stand in a file once. */
export function sheet(): CSSStyleSheet {
  if (!shared) {
    shared = new CSSStyleSheet()
    const tokens = dark.slice(dark.indexOf('{'))
    const system = ':host(:not([theme="light"]))'
    shared.replaceSync(
      `${css}@media screen{:host([theme="dark"])${tokens}}@media screen and (prefers-color-scheme:dark){${system}${tokens}}`,
    )
  }
  return shared
}
