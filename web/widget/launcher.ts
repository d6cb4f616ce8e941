/**
 * The script tag: a round button at the corner, and the chat behind it, loaded on first interest.
 * Its options are data attributes of the tag; `window.bouncewise` is its API, before and after loading.
 */
import type { BouncewiseChat } from '../ui/element.ts'

type Args = readonly [command: string, ...args: unknown[]]

const TAG = 'bouncewise-widget'
const url = new URL(import.meta.url)
const data =
  document.querySelector<HTMLScriptElement>(
    `script[src*="${url.pathname}"][data-bouncewise],script[src="${url.href}"]`,
  )?.dataset ?? {}

const LABELS: Record<string, string> = {
  ar: 'عاد بريدك؟',
  cs: 'Vrátil se e-mail?',
  de: 'Mail zurückgekommen?',
  es: '¿Correo devuelto?',
  fr: 'Un e-mail est revenu ?',
  he: 'מייל חזר?',
  it: 'Un’e-mail è tornata?',
  ja: 'メールが戻ってきましたか？',
  nl: 'Mail teruggekomen?',
  pl: 'Wiadomość wróciła?',
  pt: 'Um e-mail voltou?',
  sv: 'Kom mejlet tillbaka?',
  zh: '邮件被退回？',
}

// !important in the shadow root wins over whatever a host page says about the element
const CSS = `:host{all:initial!important;display:block!important;position:fixed!important;inset:auto 20px 20px auto!important;inset-inline-start:auto!important;z-index:2147483647!important;margin:0!important;padding:0!important;border:0!important;background:none!important;overflow:visible!important;width:auto!important;height:auto!important;visibility:visible!important;opacity:1!important;transform:none!important;font:16px/1.4 system-ui,sans-serif!important}
:host([data-start]){inset:auto auto 20px 20px!important}
:host([data-open]) .go,:host([data-bare]) .go{display:none}
.go{display:flex;align-items:center;gap:10px;min-height:52px;padding:0 20px 0 16px;border:0;border-radius:26px;background:var(--bw-accent,#0b5b78);color:var(--bw-onAccent,#fff);font:600 16px/1.2 system-ui,sans-serif;cursor:pointer;box-shadow:0 6px 24px #0004}
.go:focus-visible{outline:3px solid #fff;outline-offset:-5px;box-shadow:0 0 0 3px #0b5b78}
svg{width:24px;height:24px;fill:none;stroke:currentColor;stroke-width:1.8}
dialog{position:fixed;inset:auto 20px 20px auto;width:min(440px,calc(100vw - 40px));height:min(720px,calc(100dvh - 40px));margin:0;padding:0;border:0;border-radius:18px;overflow:hidden;box-shadow:0 16px 60px #0005}
:host([data-start]) dialog{inset:auto auto 20px 20px}
dialog>*{display:block;height:100%}
@media(max-width:520px){dialog,:host([data-start]) dialog{inset:0;width:100vw;max-width:none;height:100dvh;max-height:none;border-radius:0}}
@media print{:host{position:absolute!important;inset:0 0 auto!important}:host(:not([data-bouncewise-print])){display:none!important}dialog,:host([data-start]) dialog{position:static;width:auto;height:auto;overflow:visible;box-shadow:none}dialog>*{height:auto}}`

class Widget extends HTMLElement {
  readonly #root = this.attachShadow({ mode: 'open' })
  readonly #dialog = document.createElement('dialog')
  #chat: Promise<BouncewiseChat> | undefined
  #opener: HTMLElement | null = null

  constructor() {
    super()
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(CSS)
    this.#root.adoptedStyleSheets = [sheet]
    const language = (data.locale ?? navigator.language).slice(0, 2)
    const go = document.createElement('button')
    const label = data.label ?? LABELS[language] ?? 'Mail came back?'
    go.className = 'go'
    go.type = 'button'
    go.lang = language
    go.append(drawing(), label)
    go.setAttribute('aria-haspopup', 'dialog')
    go.addEventListener('click', () => void this.open())
    // the panel is fetched when somebody is about to open it, not before
    for (const name of ['pointerenter', 'focus']) go.addEventListener(name, () => void this.load())
    this.#dialog.setAttribute('aria-label', label)
    this.#dialog.addEventListener('cancel', (event) => {
      event.preventDefault()
      void this.close()
    })
    this.#root.append(go, this.#dialog)
  }

  connectedCallback(): void {
    this.toggleAttribute('data-start', data.position === 'start')
    this.toggleAttribute('data-bare', data.launcher === 'none')
    // the top layer is above any z-index of the host
    this.popover = 'manual'
    this.showPopover?.()
  }

  load(): Promise<BouncewiseChat> {
    this.#chat ??= import('../ui/define.ts').then(() => {
      const chat = document.createElement('bouncewise-chat') as BouncewiseChat
      for (const [name, value] of Object.entries(data)) chat.setAttribute(name, value ?? '')
      chat.setAttribute('mode', 'panel')
      chat.setAttribute('server', data.server ?? new URL('.', url).href)
      chat.hidden = true
      chat.addEventListener('bouncewise:close', () => this.#hide())
      try {
        if (data.tokens) chat.theme = JSON.parse(data.tokens)
      } catch (error) {
        // a wrong colour is worth a line in the console, not the whole widget
        console.error(error)
      }
      this.#dialog.append(chat)
      return chat
    })
    return this.#chat
  }

  async open(prefill?: string): Promise<void> {
    this.#opener ??= document.activeElement as HTMLElement | null
    const chat = await this.load()
    if (!this.#dialog.open) {
      if (matchMedia('(max-width:520px)').matches) this.#dialog.showModal()
      else this.#dialog.show()
      this.toggleAttribute('data-open', true)
    }
    chat.open(prefill)
  }

  async close(): Promise<void> {
    ;(await this.#chat)?.close()
  }

  #hide(): void {
    this.#dialog.close()
    this.toggleAttribute('data-open', false)
    const back =
      this.#opener === this || !this.#opener?.isConnected
        ? this.#root.querySelector('button')
        : this.#opener
    back?.focus()
    this.#opener = null
  }
}

function drawing(): SVGElement {
  const make = (tag: string) =>
    document.createElementNS('http://www.w3.org/2000/svg', tag) as SVGElement
  const svg = make('svg')
  const path = make('path')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('aria-hidden', 'true')
  path.setAttribute('d', 'M4 6h16v12H4zm0 .5 8 6.5 8-6.5')
  svg.append(path)
  return svg
}

/** One widget a page, however often the script is loaded; it comes back when a router swaps the body. */
function mount(): Widget {
  if (!customElements.get(TAG)) customElements.define(TAG, Widget)
  const widget = (document.querySelector(TAG) ?? document.createElement(TAG)) as Widget
  const attach = () => {
    if (widget.dataset.gone === undefined && !widget.isConnected) document.body.append(widget)
  }
  attach()
  const watch = new MutationObserver(attach)
  watch.observe(document.documentElement, { childList: true, subtree: true })
  return widget
}

async function run([command, ...args]: Args): Promise<unknown> {
  if (command === 'on')
    return document.addEventListener(`bouncewise:${args[0]}`, args[1] as EventListener)
  let widget = document.querySelector<Widget>(TAG)
  if (command === 'destroy') {
    if (!widget) return
    widget.dataset.gone = ''
    ;(await widget.load()).destroy()
    return widget.remove()
  }
  widget ??= mount()
  if (command === 'open') return widget.open(args[0] as string | undefined)
  if (command === 'close') return widget.close()
  const chat = await widget.load()
  if (command === 'ask') await widget.open()
  const call = chat[command as 'ask' | 'reset' | 'setContext'] as
    | ((...args: unknown[]) => unknown)
    | undefined
  if (!call) throw new TypeError(`Bouncewise has no command "${command}"`)
  return call.apply(chat, args)
}

type Api = { push(args: Args): void; loaded?: boolean } & Record<string, unknown>

const page = window as unknown as { bouncewise?: Api | Args[] }
const early = page.bouncewise ?? []

if (Array.isArray(early)) {
  const names = ['open', 'close', 'ask', 'setContext', 'reset', 'destroy', 'on']
  page.bouncewise = {
    ...Object.fromEntries(
      names.map((name) => [name, (...args: unknown[]) => run([name, ...args])]),
    ),
    push: (args: Args) => void run(args),
  }
  mount()
  for (const args of early) void run(args)
}
