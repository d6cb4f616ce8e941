/** The chat: one custom element for the page and for every way of embedding it. */
import type { Audience, ChatMessage, Report } from '../../kb/types.ts'
import { type Client, createClient, Failure } from '../core/client.ts'
import { EXAMPLE } from '../core/example.ts'
import { messageOf } from '../core/failure-text.ts'
import { opinionOf, type Rating } from '../core/opinion.ts'
import { readFile, readPaste, warmUp } from '../core/read.ts'
import { boxOf, createStore, type Keep, type Store } from '../core/store.ts'
import { type Theme, toCss } from '../core/theme.ts'
import { isRightToLeft, loadWords, pickLocale, type Words } from '../core/words.ts'
import { acceptDrops, type Composer, createComposer } from './composer.ts'
import { h } from './dom.ts'
import { renderBar, renderHello } from './frame.ts'
import { makeRoomForKeyboard } from './keyboard.ts'
import { createMenu } from './menu.ts'
import { createPerson, type Person } from './person.ts'
import { printOnly, unfoldForPrint } from './print.ts'
import { createSheet, type Sheet } from './sheet.ts'
import { handOff, passage } from './sheets.ts'
import { sheet } from './styles.ts'
import { emptyTurn, outcomeOf, type Reader, Turn, type TurnActions, type TurnData } from './turn.ts'
import { createView, type View } from './view.ts'

type Kept = { readonly turns: readonly TurnData[]; readonly audience: Audience }
type Detail = Readonly<Record<string, unknown>>

/** Two pastes within this time, the second no question, are parts of one. */
const BURST_MS = 10_000
const HOUR = 60
/** what the server takes of one message */
const MOST = 1_000_000
const MOST_IN_BOX = 50_000

export class BouncewiseChat extends HTMLElement {
  static readonly observedAttributes = ['locale', 'server', 'heading', 'greeting']

  readonly #root = this.attachShadow({ mode: 'open' })
  readonly #theme = new CSSStyleSheet()
  readonly #room = new CSSStyleSheet()
  #client: Client | undefined
  #words: Words | undefined
  #texts: Partial<Words> = {}
  #locale = 'en'
  #store: Store<Kept> | undefined
  #composer: Composer | undefined
  #sheet: Sheet | undefined
  #person: Person | undefined
  #list = h('ol', { class: 'turns' })
  #log = h('div')
  #status = h('p')
  #shell = h('div')
  #turns: Turn[] = []
  #audience: Audience = 'sender'
  #context: Record<string, string> = {}
  #running: { readonly turn: Turn; readonly stop: AbortController } | undefined
  #lastSaid = 0
  #view: View | undefined
  #drawing = 0
  #checking: ReturnType<typeof setTimeout> | undefined
  #gone = new AbortController()
  #ready: Promise<void> | undefined
  #shownOnce = false

  connectedCallback(): void {
    this.#gone = new AbortController()
    const { signal } = this.#gone
    addEventListener('storage', (event) => this.#otherTab(event), { signal })
    unfoldForPrint(this.#root, signal)
    // inline, the page around it scrolls as it does for any other input
    if (this.hasAttribute('mode')) makeRoomForKeyboard(this.#room, signal)
    if (!this.#ready) this.#draw()
  }

  disconnectedCallback(): void {
    this.#gone.abort()
  }

  attributeChangedCallback(_name: string, before: string | null, now: string | null): void {
    if (this.#ready && before !== now) this.#draw()
  }

  /* ---------------------------------------------------------------- what a host may call */

  /** Opens the panel it is in; `prefill` is put into the box, not sent. */
  open(prefill?: string): void {
    this.hidden = false
    void this.#whenReady().then(() => {
      const input = this.#composer?.input
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
    if (typeof input === 'string') await this.#say(input)
    else await this.#sayFiles([input])
  }

  /** Facts about the case that the host knows; they go out with a hand-off only. */
  setContext(context: Readonly<Record<string, string>>): void {
    this.#context = { ...context }
  }

  /** Typed tokens; throws a TypeError that names a wrong one. */
  set theme(theme: Theme) {
    this.#theme.replaceSync(`:host{${toCss(theme)}}`)
    if (this.#words) this.#checkColours()
  }

  /** Wordings of the host's own, by the names of `locales/en.json`. */
  set texts(texts: Partial<Words>) {
    this.#texts = texts
    if (this.#ready) this.#draw()
  }

  /** A new, empty conversation. */
  reset(): void {
    this.#running?.stop.abort()
    this.#running = undefined
    this.#turns = []
    this.#list.replaceChildren()
    this.#sheet?.close()
    this.#store?.clear()
    this.#setState()
    this.#composer?.setBusy(false)
    this.#announce('')
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

  #whenReady(): Promise<void> {
    return this.#ready ?? Promise.resolve()
  }

  #draw(): void {
    const drawing = ++this.#drawing
    const wish = this.getAttribute('locale')
    this.#locale = pickLocale(wish ? [wish] : navigator.languages)
    this.#ready = loadWords(this.#locale).then((words) => {
      if (drawing !== this.#drawing) return
      this.#words = { ...words, ...this.#texts }
      this.#build(this.#words)
      if (this.#shownOnce) return
      this.#shownOnce = true
      this.#emit('ready')
      this.#checkColours()
    })
  }

  /** For whoever embeds the chat, not for the person: later, and not on our own page. */
  #checkColours(): void {
    if (this.getAttribute('mode') === 'page') return
    clearTimeout(this.#checking)
    this.#checking = setTimeout(() => {
      const { isConnected } = this
      const check = () => import('./contrast.ts').then((part) => part.warnOfContrast(this.#root))
      if (isConnected) check().catch(() => {})
    }, 1000)
  }

  #build(words: Words): void {
    const base = this.#base
    const kept = this.#shownOnce ? this.#keep() : undefined
    this.#client = createClient(base)
    this.#person = createPerson({
      client: this.#client,
      byHost: () => this.getAttribute('handoff') === 'event',
      emit: (detail) => this.#emit('handoff', detail),
    })
    this.#store = this.#createStore(base)
    this.#sheet = createSheet(words)
    this.#composer = createComposer({
      words,
      host: new URL(base).host,
      send: (text) => void this.#say(text),
      files: (files) => void this.#sayFiles(files),
      pasted: (text) => this.#pasted(text),
      stop: () => this.#stop(),
      wake: warmUp,
    })
    this.#list = h('ol', { class: 'turns' })
    // not live: a screen reader would read every token of a growing answer; the status line speaks
    this.#log = h(
      'div',
      { class: 'log', role: 'log', 'aria-live': 'off', 'aria-label': words.chat, tabindex: 0 },
      renderHello(words, this.getAttribute('greeting') ?? words.lead, () => {
        void this.#say(EXAMPLE)
      }),
      this.#list,
    )
    this.#view = createView(this.#log)
    this.#status = h('p', { class: 'status', role: 'status' })
    this.#shell = h(
      'div',
      { class: 'shell', lang: this.#locale, dir: isRightToLeft(this.#locale) ? 'rtl' : 'ltr' },
      this.#bar(words),
      this.#log,
      this.#composer.node,
      this.#status,
      this.#sheet.node,
    )
    this.#shell.addEventListener('keydown', (event) => this.#keys(event))
    acceptDrops(this.#shell, {
      files: (files) => void this.#sayFiles(files),
      send: (text) => void this.#say(text),
    })
    this.#root.adoptedStyleSheets = [sheet(), this.#theme, this.#room]
    this.#root.replaceChildren(this.#shell)
    this.#restore(kept ?? this.#store.load())
  }

  #bar(words: Words): HTMLElement {
    const menu = createMenu({
      words,
      locale: this.#locale,
      fresh: () => {
        this.reset()
        this.#composer?.input.focus()
      },
      forget: () => {
        this.reset()
        this.#announce(words.forgotten)
      },
      speak: (locale) => this.setAttribute('locale', locale),
    })
    return renderBar({
      words,
      menu,
      title: this.getAttribute('heading') ?? 'Bouncewise',
      tag: this.getAttribute('mode') === 'page' ? 'h1' : 'span',
      ...(this.getAttribute('mode') === 'panel' && { close: () => this.close() }),
    })
  }

  #setState(): void {
    const talking = this.#turns.length > 0
    this.#shell.classList.toggle('talking', talking)
    this.#composer?.setTalking(talking)
    for (const turn of this.#turns)
      turn.setReaders(turn === this.#turns.at(-1) && turn.data.result !== null)
  }

  #announce(text: string): void {
    this.#status.textContent = text
  }

  /** F6 goes between the conversation and the box. Escape closes a panel. */
  #keys(event: KeyboardEvent): void {
    if (event.key === 'F6') {
      event.preventDefault()
      const inBox = this.#root.activeElement === this.#composer?.input
      if (inBox) this.#log.focus()
      else this.#composer?.input.focus()
    }
    if (event.key === 'Escape' && this.getAttribute('mode') === 'panel') this.close()
  }

  /* ---------------------------------------------------------------- what is kept */

  #createStore(base: string): Store<Kept> {
    const keep = (this.getAttribute('keep') ?? 'session') as Keep
    const box = boxOf(keep)
    const minutes = Number(this.getAttribute('ttl')) || 8 * HOUR
    return createStore<Kept>(box, `bouncewise:${base}`, minutes)
  }

  #keep(): Kept {
    return { turns: this.#turns.map(({ data }) => data), audience: this.#audience }
  }

  #restore(kept: Kept | undefined): void {
    this.#turns = []
    this.#list.replaceChildren()
    this.#audience =
      kept?.audience ?? (this.getAttribute('audience') === 'admin' ? 'admin' : 'sender')
    for (const data of kept?.turns ?? []) {
      const turn = this.#addTurn(data)
      if (data.report) turn.setReport(data.report, data.diagnosis)
      if (data.result) turn.finish(data.result)
      else turn.stop(this.#words?.stopped ?? '')
    }
    this.#setState()
  }

  /** Another tab of the same portal went on; only where the host chose to share (`keep="local"`). */
  #otherTab(event: StorageEvent): void {
    if (event.key !== `bouncewise:${this.#base}` || event.storageArea !== boxOf('local')) return
    if (this.getAttribute('keep') === 'local' && !this.#running) this.#restore(this.#store?.load())
  }

  /* ---------------------------------------------------------------- the conversation */

  #addTurn(data: TurnData): Turn {
    const turn = new Turn(data, this.#actions())
    turn.reader = this.#audience
    this.#turns.push(turn)
    this.#list.append(turn.node)
    return turn
  }

  #actions(): TurnActions {
    return {
      words: this.#words as Words,
      locale: this.#locale,
      base: this.#base,
      ask: (text) => void this.#say(text),
      cite: (turn, n, from) => void this.#cite(turn, n, from),
      rate: (turn, rating, why) => this.#rate(turn, rating, why),
      print: () => printOnly(this),
      human: (turn, from) => void this.#human(turn, from),
      hasHuman: () => this.#person?.available() ?? Promise.resolve(false),
      retry: (turn) => void this.#run(turn),
      read: (turn, reader) => this.#read(turn, reader),
    }
  }

  /** A report is sent at once; so is what a box would take seconds to lay out. */
  #pasted(text: string): boolean {
    if (this.hasAttribute('confirm')) return false
    const long = text.length > MOST_IN_BOX
    if (long) void this.#say(text)
    else void this.#sendReport(text)
    return long
  }

  async #sendReport(text: string): Promise<void> {
    const report = await readPaste(text)
    const input = this.#composer?.input
    if (!report || !input) return
    if (input.value.trim() !== text.trim().replaceAll('\r\n', '\n')) return
    input.value = ''
    await this.#say(text, report)
  }

  async #say(text: string, read?: Report): Promise<void> {
    const clean = text.trim().slice(0, MOST)
    if (clean === '') return
    const last = this.#turns.at(-1)
    const joined = last && this.#isPart(last, clean) ? last : undefined
    this.#lastSaid = Date.now()
    const turn = joined ?? this.#addTurn(emptyTurn(clean))
    if (joined) joined.data.text = `${joined.data.text}\n\n${clean}`.slice(0, MOST)
    turn.drawSaid()
    this.#emit('message', { role: 'user', kind: 'text' })
    await this.#start(turn, read && !joined ? Promise.resolve(read) : readPaste(turn.data.text))
  }

  async #sayFiles(files: readonly File[]): Promise<void> {
    const [file] = files
    if (!file) return
    const turn = this.#addTurn({ ...emptyTurn(''), name: files.map(({ name }) => name).join(', ') })
    turn.files = [...files]
    turn.drawSaid()
    this.#emit('message', { role: 'user', kind: 'file' })
    await this.#start(
      turn,
      readFile(file).then((report) => {
        turn.data.text = report?.text ?? ''
        return report?.kind === 'none' ? undefined : report
      }),
    )
  }

  /** People paste a report in parts, or say more before the answer is there: that is one message. */
  #isPart({ data, files }: Turn, text: string): boolean {
    if (files.length > 0) return false
    if (this.#running) return true
    return Date.now() - this.#lastSaid < BURST_MS && data.text.includes('\n') && text.includes('\n')
  }

  /** The local card first. The request need not wait for it. */
  async #start(turn: Turn, reading: Promise<Report | undefined>): Promise<void> {
    const focused = this.#root.activeElement
    this.#setState()
    // the button that asked may be gone now: its focus must not fall out of the chat
    if (focused?.getClientRects().length === 0) this.#log.focus({ preventScroll: true })
    this.#follow(turn, true)
    const local = reading.then((report) => {
      if (report && !turn.data.diagnosis) turn.setReport(report, null)
      this.#follow(turn)
    })
    await Promise.all([local, this.#run(turn)])
  }

  async #run(turn: Turn): Promise<void> {
    const before = this.#running
    before?.stop.abort()
    const stop = new AbortController()
    const running = { turn, stop }
    this.#running = running
    const words = this.#words as Words
    if (before && before.turn !== turn) before.turn.stop(words.stopped)
    const followed = this.#view?.isFollowed()
    turn.clear()
    this.#follow(turn, followed)
    this.#composer?.setBusy(true)
    this.#shell.classList.add('busy')
    this.#announce(words.working)
    void this.#person?.available()
    let ended = words.ready
    try {
      await this.#receive(turn, stop.signal)
      if (this.#running === running) this.#emit('message', outcomeOf(turn))
    } catch (error) {
      if (this.#running !== running) return
      ended = this.#failed(turn, error, stop.signal)
    } finally {
      if (this.#running === running) this.#end(ended)
    }
  }

  async #receive(turn: Turn, signal: AbortSignal): Promise<void> {
    const own = turn.data.report !== null || turn.files.length > 0 || this.#isFirstReport(turn)
    const request = {
      messages: this.#messagesUntil(turn),
      audience: this.#audience,
      locale: this.#locale,
      ...(turn.files.length > 0 && { files: turn.files }),
    }
    for await (const event of (this.#client as Client).ask(request, signal)) {
      if (signal.aborted) return
      if (event.type === 'failed') throw new Failure(event.error.code, event.error.message)
      turn.take(event, own || turn.data.report !== null)
      this.#follow(turn)
    }
  }

  #follow(turn: Turn, anew?: boolean): void {
    if (turn === this.#turns.at(-1)) this.#view?.follow(turn.node, anew)
  }

  /** A report that only the server recognised gets its card too, in the turn that brought it. */
  #isFirstReport(turn: Turn): boolean {
    return !this.#turns.some((other) => other !== turn && other.data.report !== null)
  }

  #end(message: string): void {
    const turn = this.#running?.turn
    this.#running = undefined
    this.#composer?.setBusy(false)
    this.#shell.classList.remove('busy')
    this.#announce(message)
    this.#setState()
    this.#store?.save(this.#keep())
    if (turn) this.#follow(turn)
  }

  #stop(): void {
    this.#running?.stop.abort()
    this.#composer?.input.focus()
  }

  #failed(turn: Turn, error: unknown, signal: AbortSignal): string {
    const words = this.#words as Words
    if (signal.aborted) {
      turn.stop(words.stopped)
      return words.stopped
    }
    // what is no failure of the network is a fault of ours: let it be seen
    if (!(error instanceof Failure)) console.error(error)
    const failure = error instanceof Failure ? error : new Failure('server')
    const message = messageOf(failure, words)
    turn.fail(failure, message)
    if (failure.code === 'origin') {
      console.error(
        `Bouncewise: ${this.#base} does not allow this page. Add ${location.origin} to ALLOWED_ORIGINS there.`,
      )
    }
    this.#emit('error', { code: failure.code })
    return message
  }

  #messagesUntil(turn: Turn): ChatMessage[] {
    const turns = this.#turns.slice(0, this.#turns.indexOf(turn) + 1)
    return turns.flatMap(({ data }) => [
      { role: 'user' as const, content: data.text || data.name },
      ...(data.result ? [{ role: 'assistant' as const, content: data.result.answer }] : []),
    ])
  }

  #read(turn: Turn, reader: Reader): void {
    if (reader === 'them') return
    this.#audience = reader
    void this.#run(turn)
  }

  async #cite(turn: Turn, n: number, from: HTMLElement): Promise<void> {
    const citation = turn.data.result?.citations.find((one) => one.n === n)
    if (!citation) return
    this.#emit('citation', { articleId: citation.articleId })
    const words = this.#words as Words
    const nodes = await passage(citation, this.#client as Client, words, this.#base)
    this.#sheet?.show(citation.title, nodes, from)
  }

  #rate(turn: Turn, rating: Rating, why?: string): void {
    this.#emit('feedback', { rating, why: why ?? null })
    // an opinion that does not arrive is not worth an error message
    const body = opinionOf(turn.data.result, this.#locale, rating, why)
    void this.#client?.json('api/feedback', body).catch(() => {})
  }

  async #human(turn: Turn, from: HTMLElement): Promise<void> {
    const words = this.#words as Words
    const nodes = await handOff({
      words,
      case: {
        report: this.#turns.findLast(({ data }) => data.report)?.data.report ?? null,
        diagnosis: turn.data.result?.diagnosis ?? turn.data.diagnosis,
        conversation: this.#messagesUntil(turn),
        locale: this.#locale,
        context: this.#context,
      },
      send: (payload) => (this.#person as Person).send(payload),
    })
    this.#sheet?.show(words.human, nodes, from)
  }

  #emit(name: string, detail: Detail = {}): void {
    const init = { bubbles: true, composed: true, detail }
    this.dispatchEvent(new CustomEvent(`bouncewise:${name}`, init))
  }
}
