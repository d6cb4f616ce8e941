/** The chat: one custom element for the page and for every way of embedding it. */
import { createClient } from '../core/client.ts'
import { boxOf, createStore, type Keep, type Store } from '../core/store.ts'
import { type Theme, toCss } from '../core/theme.ts'
import { loadWords, pickLocale, type Words } from '../core/words.ts'
import { type Conversation, createConversation } from './conversation.ts'
import { makeRoomForKeyboard } from './keyboard.ts'
import { createPerson } from './person.ts'
import { printOnly, unfoldForPrint } from './print.ts'
import { createShell, type Shell } from './shell.ts'
import type { Kept } from './stage.ts'
import { sheets } from './styles.ts'

type Detail = Readonly<Record<string, unknown>>

const AUDIENCES = ['sender', 'admin'] as const
const HOUR = 60

export class BouncewiseChat extends HTMLElement {
  static readonly observedAttributes = ['locale', 'server', 'heading', 'greeting']

  readonly #root = this.attachShadow({ mode: 'open' })
  readonly #own: { theme?: CSSStyleSheet; room?: CSSStyleSheet } = {}
  #texts: Partial<Words> = {}
  #context: Record<string, string> = {}
  #shell: Shell | undefined
  #talk: Conversation | undefined
  #store: Store<Kept> | undefined
  #talking = false
  #drawing = 0
  #checking: ReturnType<typeof setTimeout> | undefined
  #gone: AbortController | undefined
  #ready: Promise<void> | undefined

  connectedCallback(): void {
    this.#gone = new AbortController()
    const { signal } = this.#gone
    unfoldForPrint(this.#root, signal)
    // inline, the page around it scrolls as it does for any other input
    if (this.#mode) makeRoomForKeyboard((css) => this.#style('room', css), signal)
    if (!this.#ready) this.#draw()
    void this.#whenReady().then(() => {
      // not without need: to listen makes a browser open both of its stores
      if (this.#isShared) addEventListener('storage', (event) => this.#otherTab(event), { signal })
    })
  }

  disconnectedCallback(): void {
    this.#gone?.abort()
  }

  attributeChangedCallback(_name: string, before: string | null, now: string | null): void {
    if (this.#ready && before !== now) this.#draw()
  }

  /* ---------------------------------------------------------------- what a host may call */

  /** Opens the panel it is in; `prefill` is put into the box, not sent. */
  open(prefill?: string): void {
    this.hidden = false
    void this.#whenReady().then(() => {
      const input = this.#shell?.composer.input
      if (prefill !== undefined && input) input.value = prefill
      input?.focus()
      this.#emit('open')
    })
  }

  close(): void {
    this.hidden = true
    this.#emit('close')
  }

  /** Asks a question, or reads a paste or a file (.eml, .msg). Resolves when the answer is complete. */
  async ask(input: string | File): Promise<void> {
    await this.#whenReady()
    if (typeof input === 'string') await this.#talk?.say(input)
    else await this.#talk?.sayFiles([input])
  }

  /** Facts about the case that the host knows; they go out with a hand-off only. */
  setContext(context: Readonly<Record<string, string>>): void {
    this.#context = { ...context }
  }

  /** Typed tokens; throws a TypeError that names a wrong one. */
  set theme(theme: Theme) {
    this.#style('theme', `:host{${toCss(theme)}}`)
    if (this.#shell) this.#checkColours()
  }

  /** Wordings of the host's own, by the names of `locales/en.json`. */
  set texts(texts: Partial<Words>) {
    this.#texts = texts
    if (this.#ready) this.#draw()
  }

  /** A new, empty conversation. */
  reset(): void {
    this.#talk?.clear()
    this.#shell?.sheet.close()
    this.#store?.clear()
    this.#shell?.announce('')
  }

  /** Leaves the page: nothing is shown, nothing goes on, nothing is kept. */
  destroy(): void {
    this.reset()
    this.remove()
  }

  /* ---------------------------------------------------------------- drawing */

  get #base(): string {
    return new URL(this.getAttribute('server') ?? '/', document.baseURI).href.replace(/\/?$/, '/')
  }

  get #mode(): string | null {
    return this.getAttribute('mode')
  }

  #style(name: 'theme' | 'room', css: string): void {
    this.#own[name] ??= new CSSStyleSheet()
    this.#own[name].replaceSync(css)
    this.#dress()
  }

  /** Our sheets are shared; a host's tokens and the room above a keyboard are each element's own. */
  #dress(talking = false): void {
    this.#talking ||= talking
    const { theme, room } = this.#own
    const own = [theme, room].filter((one) => one !== undefined)
    this.#root.adoptedStyleSheets = [...sheets(this.#talking), ...own]
  }

  #whenReady(): Promise<void> {
    return this.#ready ?? Promise.resolve()
  }

  #draw(): void {
    const drawing = ++this.#drawing
    const wish = this.getAttribute('locale')
    const locale = pickLocale(wish ? [wish] : navigator.languages)
    this.#ready = loadWords(locale).then((words) => {
      if (drawing !== this.#drawing) return
      const first = !this.#shell
      this.#build({ ...words, ...this.#texts }, locale)
      if (!first) return
      this.#emit('ready')
      this.#checkColours()
    })
  }

  /** For whoever embeds the chat, not for the person: later, and not on our own page. */
  #checkColours(): void {
    if (this.#mode === 'page') return
    clearTimeout(this.#checking)
    this.#checking = setTimeout(() => {
      const check = () => import('./contrast.ts').then((part) => part.warnOfContrast(this.#root))
      if (this.isConnected) check().catch(() => {})
    }, 1000)
  }

  #build(words: Words, locale: string): void {
    const base = this.#base
    const emit = (name: string, detail?: Detail) => this.#emit(name, detail)
    const kept = this.#talk?.keep()
    this.#talk?.drop()
    const client = createClient(base)
    const shell = createShell({
      words,
      locale,
      mode: this.#mode,
      title: this.getAttribute('heading') ?? 'Bouncewise',
      greeting: this.getAttribute('greeting') ?? words.lead,
      host: new URL(base).host,
      say: (text) => void talk.say(text),
      sayFiles: (files) => void talk.sayFiles(files),
      pasted: (text) => talk.pasted(text),
      stop: () => talk.stop(),
      reset: () => this.reset(),
      speak: (one) => this.setAttribute('locale', one),
      close: () => this.close(),
    })
    const store = this.#createStore(base)
    const talk = createConversation({
      ...{ words, locale, base, shell, client, store, emit },
      audience: AUDIENCES.find((one) => one === this.getAttribute('audience')),
      confirm: () => this.hasAttribute('confirm'),
      person: createPerson({
        client,
        byHost: () => this.getAttribute('handoff') === 'event',
        emit: (detail) => emit('handoff', detail),
      }),
      context: () => this.#context,
      dress: () => this.#dress(true),
      print: () => printOnly(this),
    })
    this.#shell = shell
    this.#store = store
    this.#talk = talk
    this.#dress()
    this.#root.replaceChildren(shell.node)
    talk.restore(kept ?? store.load())
  }

  /* ---------------------------------------------------------------- what is kept */

  #createStore(base: string): Store<Kept> {
    const keep = (this.getAttribute('keep') ?? 'session') as Keep
    const minutes = Number(this.getAttribute('ttl')) || 8 * HOUR
    return createStore<Kept>(boxOf(keep), `bouncewise:${base}`, minutes)
  }

  get #isShared(): boolean {
    return this.getAttribute('keep') === 'local'
  }

  /** Another tab of the same portal went on; only where the host chose to share (`keep="local"`). */
  #otherTab(event: StorageEvent): void {
    if (event.key !== `bouncewise:${this.#base}` || event.storageArea !== boxOf('local')) return
    if (!this.#talk?.isRunning()) this.#talk?.restore(this.#store?.load())
  }

  #emit(name: string, detail: Detail = {}): void {
    const init = { bubbles: true, composed: true, detail }
    this.dispatchEvent(new CustomEvent(`bouncewise:${name}`, init))
  }
}
