/** Builds nodes. There is no way in here for HTML text, inline styles or script. */
type Attribute = string | number | boolean | null | undefined
type Handler = (event: Event) => void
export type Props = Readonly<Record<string, Attribute | Handler>>
export type Child = Node | string | number | false | null | undefined

/** An element with attributes, listeners ("onclick") and children. False and null leave things out. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  return fill(document.createElement(tag), props, children)
}

/** The same for SVG. */
export const s = (tag: string, props: Props = {}, ...children: Child[]): SVGElement =>
  fill(document.createElementNS('http://www.w3.org/2000/svg', tag) as SVGElement, props, children)

function fill<E extends Element>(element: E, props: Props, children: readonly Child[]): E {
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value)
    else if (value !== false && value != null)
      element.setAttribute(name, String(value === true ? '' : value))
  }
  element.append(...present(children))
  return element
}

/** Children without those that are left out. */
export const present = (children: readonly Child[]): (Node | string)[] =>
  children
    .filter((child) => child !== false && child != null)
    .map((child) => (child instanceof Node ? child : String(child)))

/** A plain button. */
export const button = (label: Child, onclick: () => void, props: Props = {}): HTMLButtonElement =>
  h('button', { type: 'button', ...props, onclick }, label)

const PATHS: Record<string, string> = {
  bad: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM8.5 8.5l7 7m0-7-7 7',
  wait: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Zm0 4.5V12l3 2',
  good: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Zm-4 9.2 2.8 2.8L16 9.5',
  plain: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Zm0 8v5m0-8.5v.1',
  file: 'M7 3h7l4 4v14H7zM14 3v4h4',
  close: 'M6 6l12 12M18 6 6 18',
  menu: 'M5 12h.1M12 12h.1M19 12h.1',
  send: 'M12 19V5m-6 6 6-6 6 6',
  stop: 'M8 8h8v8H8z',
  up: 'M7 11v9H4v-9zm0 0 4-7a2 2 0 0 1 2 2v3h5a2 2 0 0 1 2 2l-1.4 7a2 2 0 0 1-2 1.6H7',
  down: 'M7 13V4H4v9zm0 0 4 7a2 2 0 0 0 2-2v-3h5a2 2 0 0 0 2-2l-1.4-7a2 2 0 0 0-2-1.6H7',
  mail: 'M4 6h16v12H4zm0 .5 8 6.5 8-6.5',
}

/** A drawing that says nothing by itself; the words beside it do. */
export const icon = (name: string): SVGElement =>
  s(
    'svg',
    { viewBox: '0 0 24 24', class: 'icon', 'aria-hidden': 'true' },
    s('path', { d: PATHS[name] }),
  )

/** `URL.parse`, which older browsers do not have. */
export function toUrl(text: string, base?: string): URL | undefined {
  try {
    return new URL(text, base)
  } catch {
    return undefined
  }
}

/** An address, a host or a code: where it must break, it breaks after a dot or an @ and not within a word. */
export const breakable = (text: string): (Node | string)[] =>
  text
    .split(/(?<=[.@_/-])(?=.)/)
    .flatMap((part, index) => (index === 0 ? [part] : [document.createElement('wbr'), part]))
