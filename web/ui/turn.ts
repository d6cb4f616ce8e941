/** One exchange: what the person said, the card, the answer, and what can be done with it. */
import type { AnswerEvent, Audience, Block, ChatAnswer, Diagnosis, Report } from '../../kb/types.ts'
import { cardOf } from '../core/card.ts'
import type { Failure } from '../core/client.ts'
import { letterOf } from '../core/letter.ts'
import { fill, type Words } from '../core/words.ts'
import { type BlockContext, copyText, renderBlocks, renderCode } from './blocks.ts'
import { renderCard } from './card-view.ts'
import { button, h, icon } from './dom.ts'

/** What a turn consists of; this is also what is kept in the browser. */
export type TurnData = {
  text: string
  name: string
  report: Report | null
  diagnosis: Diagnosis | null
  result: ChatAnswer | null
}

/** Whom the answer is for; the other side gets a text to be sent to it. */
export type Reader = Audience | 'them'

export type TurnActions = {
  readonly words: Words
  readonly locale: string
  readonly base: string
  ask(text: string): void
  cite(turn: Turn, n: number, from: HTMLElement): void
  rate(turn: Turn, rating: 'up' | 'down', why?: string): void
  print(): void
  human(turn: Turn, from: HTMLElement): void
  retry(turn: Turn): void
  read(turn: Turn, reader: Reader): void
}

const READERS: readonly (readonly [Reader, 'me' | 'it' | 'them'])[] = [
  ['sender', 'me'],
  ['admin', 'it'],
  ['them', 'them'],
]

let count = 0

export class Turn {
  readonly node: HTMLLIElement
  readonly data: TurnData
  /** files go out with the first question; later their text does */
  files: File[] = []
  readonly #act: TurnActions
  readonly #said = h('div', { class: 'said' })
  readonly #card = h('div')
  readonly #readers = h('div')
  readonly #answer = h('div', { class: 'answer' })
  readonly #after = h('div', { class: 'after' })
  readonly #id = `t${++count}`
  reader: Reader = 'sender'
  #shown = ''

  constructor(data: TurnData, act: TurnActions) {
    this.data = data
    this.#act = act
    const parts = [this.#said, this.#card, this.#readers, this.#answer, this.#after]
    this.node = h('li', { class: 'turn' }, ...parts)
    this.drawSaid()
  }

  get #blocks(): BlockContext {
    const { words, base, cite } = this.#act
    const titleOf = (n: number) => this.data.result?.citations.find((one) => one.n === n)?.title
    return {
      base,
      words,
      cite: {
        open: (n, from) => cite(this, n, from),
        title: (n) => (this.data.result ? titleOf(n) : ''),
      },
    }
  }

  /** A question is shown as it is; a paste only named, since the card shows the lines that matter. */
  drawSaid(): void {
    const { text, name, report } = this.data
    const { words } = this.#act
    const lines = text.split('\n').length
    const pasted = name !== '' || report !== null || lines > 6
    this.#said.replaceChildren(
      pasted
        ? h(
            'p',
            { class: 'paste' },
            icon('file'),
            h('bdi', {}, name || fill(words.pasted, { n: lines })),
          )
        : h('p', { class: 'bubble', dir: 'auto' }, text),
    )
  }

  /** The card, from this device's reading first, from the server's when it comes. */
  setReport(report: Report | null, diagnosis: Diagnosis | null): void {
    Object.assign(this.data, { report, diagnosis })
    const card = report && cardOf(report, diagnosis)
    const shown = JSON.stringify(card)
    if (shown === this.#shown) return
    this.#shown = shown
    this.#card.replaceChildren(...(card ? [renderCard(card, report, this.#act)] : []))
    this.drawSaid()
  }

  /** `own`: this turn brought the report; a follow-up does not show its card again. */
  take(event: AnswerEvent, own: boolean): void {
    switch (event.type) {
      case 'report':
        if (own && event.report && event.report.kind !== 'none')
          this.setReport(event.report, this.data.diagnosis)
        return
      case 'diagnosis':
        if (own) this.setReport(this.data.report, event.diagnosis)
        return
      case 'answer':
        this.setBlocks(event.index, event.blocks)
        return
      case 'done':
        this.finish(event.result)
        return
      case 'failed':
        return
    }
  }

  setBlocks(index: number, blocks: readonly Block[]): void {
    while (this.#answer.childNodes.length > index) this.#answer.lastChild?.remove()
    this.#answer.append(...renderBlocks(blocks, this.#blocks))
  }

  clear(): void {
    this.data.result = null
    this.#answer.replaceChildren()
    this.#after.replaceChildren()
  }

  finish(result: ChatAnswer): void {
    this.data.result = result
    this.setBlocks(0, result.blocks) // once more: now every mark knows its source
    this.#after.replaceChildren(
      ...result.notices.map((notice) => h('p', { class: 'notice' }, notice)),
      this.#sources(result),
      this.#choices(result),
      this.#tools(result),
    )
  }

  #sources({ citations }: ChatAnswer): Node {
    const { words } = this.#act
    const items = citations.map(({ n, title, heading }) => {
      const label = heading && heading !== title ? `${title} · ${heading}` : title
      const open: HTMLButtonElement = button(label, () => this.#act.cite(this, n, open), {
        class: 'source',
      })
      return h('li', {}, h('span', { class: 'n', 'aria-hidden': 'true' }, n), open)
    })
    return items.length === 0
      ? h('div')
      : h(
          'section',
          { class: 'sources', 'aria-label': words.sources },
          h('h3', {}, words.sources),
          h('ol', {}, ...items),
        )
  }

  /** What would tell the causes apart, and what the person may want to ask next. */
  #choices({ diagnosis, suggestions }: ChatAnswer): Node {
    const chip = (text: string) => button(text, () => this.#act.ask(text), { class: 'chip' })
    const question = diagnosis?.questions[0]
    const options = question?.options ?? []
    const offered = options.map((option) => option.toLowerCase())
    const rest = suggestions.filter((text) => !offered.includes(text.toLowerCase()))
    return h(
      'div',
      { class: 'choices' },
      options.length > 0 && h('p', { id: `${this.#id}q` }, question?.text),
      options.length > 0 &&
        h(
          'div',
          { class: 'chips', role: 'group', 'aria-labelledby': `${this.#id}q` },
          ...options.map(chip),
        ),
      rest.length > 0 && h('div', { class: 'chips' }, ...rest.map(chip)),
    )
  }

  #tools({ answer }: ChatAnswer): Node {
    const { words } = this.#act
    const copy = button(words.copy, () => {
      void copyText(plain(answer)).then((done) => {
        if (done) copy.textContent = words.copied
      })
    })
    const human: HTMLButtonElement = button(words.human, () => this.#act.human(this, human), {
      'aria-haspopup': 'dialog',
    })
    return h(
      'div',
      { class: 'tools' },
      copy,
      button(words.print, () => this.#act.print()),
      human,
      this.#thumbs(),
    )
  }

  #thumbs(): HTMLElement {
    const { words } = this.#act
    const box = h('div', { class: 'thumbs', role: 'group', 'aria-label': words.helped })
    const thank = (rating: 'up' | 'down', why?: string) => {
      this.#act.rate(this, rating, why)
      box.replaceChildren(h('span', { tabindex: -1 }, words.thanks))
      ;(box.firstChild as HTMLElement).focus()
    }
    const ask = () => {
      const why = (['wrong', 'unclear', 'useless'] as const).map((name) =>
        button(words[name], () => thank('down', name), { class: 'chip' }),
      )
      box.replaceChildren(...why)
      why[0]?.focus()
    }
    box.append(
      h('span', { 'aria-hidden': 'true' }, words.helped),
      button(icon('up'), () => thank('up'), { class: 'round', 'aria-label': words.yes }),
      button(icon('down'), ask, { class: 'round', 'aria-label': words.no }),
    )
    return box
  }

  /** Whom the answer is for: shown with the newest answer only. */
  setReaders(shown: boolean): void {
    this.#readers.replaceChildren()
    if (!shown) return
    const { words } = this.#act
    const letter = this.data.report ? letterOf(this.data.report, words) : ''
    const choices = READERS.filter(([reader]) => reader !== 'them' || letter !== '').map(
      ([reader, word]) =>
        h(
          'label',
          {},
          h('input', {
            type: 'radio',
            name: this.#id,
            value: reader,
            checked: reader === this.reader,
            onchange: () => this.#read(reader, letter),
          }),
          h('span', {}, words[word]),
        ),
    )
    this.#readers.replaceChildren(
      h('fieldset', { class: 'readers' }, h('legend', {}, words.for), ...choices),
    )
  }

  #read(reader: Reader, letter: string): void {
    this.reader = reader
    if (reader === 'them') {
      this.#after.replaceChildren()
      this.#answer.replaceChildren(renderCode(letter, this.#act.words.letter, this.#act))
    }
    this.#act.read(this, reader)
  }

  fail(failure: Failure, message: string): void {
    const retry = button(this.#act.words.again, () => this.#act.retry(this))
    this.#after.replaceChildren(
      h('div', { class: 'failure', 'data-code': failure.code }, h('p', {}, message), retry),
    )
  }

  stop(message: string): void {
    this.#after.replaceChildren(
      h(
        'div',
        { class: 'failure' },
        h('p', {}, message),
        button(this.#act.words.again, () => this.#act.retry(this)),
      ),
    )
  }
}

/** Markdown as a person would type it: citations and emphasis marks gone. */
const plain = (markdown: string): string =>
  markdown.replace(/ ?\[\d+\]/g, '').replace(/\*\*|`/g, '')
