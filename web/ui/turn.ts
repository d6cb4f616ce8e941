/** One exchange: what the person said, the card, the answer, and what can be done with it. */
import type {
  AnswerEvent,
  Audience,
  Block,
  ChatAnswer,
  Diagnosis,
  Question,
  Report,
} from '../../kb/types.ts'
import { cardOf } from '../core/card.ts'
import type { Failure } from '../core/client.ts'
import { letterOf } from '../core/letter.ts'
import { fill, type Words } from '../core/words.ts'
import { createAnswer } from './answer.ts'
import { type BlockContext, copyText } from './blocks.ts'
import { renderCard } from './card-view.ts'
import { button, h, icon, type Props } from './dom.ts'
import { renderSources } from './sources.ts'
import { renderThumbs } from './thumbs.ts'

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
  /** whether a person can be asked here */
  hasHuman(): Promise<boolean>
  retry(turn: Turn): void
  read(turn: Turn, reader: Reader): void
}

const READERS: readonly (readonly [Reader, 'me' | 'it' | 'them'])[] = [
  ['sender', 'me'],
  ['admin', 'it'],
  ['them', 'them'],
]

/** So begin the lines that the card has as its title, "what to do" and "who can act". */
const VERDICT = 'Did it arrive?'

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
  readonly #answer = createAnswer({
    folds: () => this.data.report !== null,
    asked: () => this.#question?.text ?? '',
    told: (words) => this.#isTold(words),
  })
  readonly #after = h('div', { class: 'after' })
  readonly #id = `t${++count}`
  reader: Reader = 'sender'
  #shown = ''

  constructor(data: TurnData, act: TurnActions) {
    this.data = data
    this.#act = act
    const parts = [this.#said, this.#card, this.#readers, this.#answer.node, this.#after]
    this.node = h('li', { class: 'turn' }, ...parts)
    this.drawSaid()
  }

  /** Of several recipients the answer tells more than the card does, which speaks of the first. */
  #isTold(words: string): boolean {
    const { report, diagnosis } = this.data
    if (!report || report.recipients.length > 1) return false
    const first = this.#act.locale === 'en' && words === diagnosis?.summary
    return first || words.startsWith(VERDICT)
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
    const pasted = name !== '' || lines > 6 || text.length > 800 || (report !== null && lines > 2)
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
    this.#answer.set(index, blocks, this.#blocks)
  }

  clear(): void {
    this.data.result = null
    this.setBlocks(0, [])
    this.#after.replaceChildren()
  }

  finish(result: ChatAnswer): void {
    this.data.result = result
    this.reader = result.audience ?? this.reader
    this.setBlocks(0, result.blocks) // once more: now every mark knows its source
    const { words, locale } = this.#act
    // the rules speak English, a model the person's language
    const lang = result.answeredBy === 'rules' ? 'en' : locale
    this.#answer.node.lang = lang
    this.#after.replaceChildren(
      lang === 'en' && locale !== 'en' ? h('p', { class: 'muted' }, words.english) : '',
      ...result.notices.map((notice) => h('p', { class: 'notice', dir: 'auto', lang }, notice)),
      renderSources(result.citations, words, (n, from) => this.#act.cite(this, n, from)),
      this.#choices(result, lang),
      this.#tools(result),
    )
  }

  get #question(): Question | undefined {
    return (this.data.result?.diagnosis ?? this.data.diagnosis)?.questions[0]
  }

  /** What would tell the causes apart, and what the person may want to ask next. */
  #choices({ suggestions }: ChatAnswer, lang: string): Node {
    const chip = (text: string) => button(text, () => this.#act.ask(text), { class: 'chip' })
    const question = this.#question
    const options = question?.options ?? []
    const offered = options.map((option) => option.toLowerCase())
    const rest = suggestions.filter((text) => !offered.includes(text.toLowerCase()))
    return h(
      'div',
      { class: 'choices', dir: 'auto', lang },
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

  /** Shown once it is known that there is somebody to ask. */
  #human(props: Props = {}): HTMLButtonElement {
    const { words, human, hasHuman } = this.#act
    const made: HTMLButtonElement = button(words.human, () => human(this, made), {
      'aria-haspopup': 'dialog',
      hidden: true,
      ...props,
    })
    void hasHuman().then((yes) => {
      made.hidden = !yes
    })
    return made
  }

  #tools({ answer, answered }: ChatAnswer): Node {
    const { words } = this.#act
    const copy = button(words.copy, () => {
      void copyText(plain(answer)).then((done) => {
        if (done) copy.textContent = words.copied
      })
    })
    return h(
      'div',
      { class: 'tools' },
      copy,
      button(words.print, () => this.#act.print()),
      // where nothing here answers, a person is the next thing to try
      this.#human(answered ? {} : { class: 'primary' }),
      renderThumbs(words, (rating, why) => this.#act.rate(this, rating, why)),
    )
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
      const title = this.#act.words.letter
      this.setBlocks(0, [{ t: 'code', v: letter, lang: '', title }])
    }
    this.#act.read(this, reader)
  }

  fail(failure: Failure, message: string): void {
    this.#say(message, { 'data-code': failure.code })
  }

  stop(message: string): void {
    this.#say(message)
  }

  /** No answer, and what can be done about it. */
  #say(message: string, props: Props = {}): void {
    const retry = button(this.#act.words.again, () => this.#act.retry(this))
    const ways = h('span', {}, retry, 'data-code' in props && this.#human())
    this.#after.replaceChildren(h('div', { class: 'failure', ...props }, h('p', {}, message), ways))
  }
}

/** Markdown as a person would type it: citations and emphasis marks gone. */
const plain = (markdown: string): string =>
  markdown.replace(/ ?\[\d+\]/g, '').replace(/\*\*|`/g, '')

export const emptyTurn = (text: string): TurnData => ({
  text,
  name: '',
  report: null,
  diagnosis: null,
  result: null,
})

/** What an answer came to, with nothing personal in it. */
export const outcomeOf = ({ data: { result } }: Turn): Readonly<Record<string, unknown>> => ({
  role: 'assistant',
  answered: result?.answered ?? false,
  answeredBy: result?.answeredBy ?? null,
  reason: result?.diagnosis?.reason ?? null,
})
