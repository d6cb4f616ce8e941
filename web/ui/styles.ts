/** The styles, as constructed sheets: no policy has to allow inline styles for them. */
import css from './chat.css'
import dark from './dark.css'
import turns from './turns.css'

const made = new Map<() => string, CSSStyleSheet>()

/** One sheet for all elements of a page. */
function shared(text: () => string): CSSStyleSheet {
  let sheet = made.get(text)
  if (!sheet) {
    sheet = new CSSStyleSheet()
    sheet.replaceSync(text())
    made.set(text, sheet)
  }
  return sheet
}

/** The dark colours are for two cases and stand in a file once. */
const first = (): string => {
  const tokens = dark.slice(dark.indexOf('{'))
  const system = ':host(:not([theme="light"]))'
  return `${css}@media screen{:host([theme="dark"])${tokens}}@media screen and (prefers-color-scheme:dark){${system}${tokens}}`
}
const later = (): string => turns

/** What the first view needs; what a conversation needs is read when there is one: it takes as long. */
export const sheets = (talking: boolean): CSSStyleSheet[] =>
  talking ? [shared(first), shared(later)] : [shared(first)]
