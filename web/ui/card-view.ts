/** The verdict: colour and words, to whom, permanent or not, who can act, what to do. */
import type { Report } from '../../kb/types.ts'
import type { Card } from '../core/card.ts'
import { linesOf, marksOf, type Piece, sayingLines } from '../core/spans.ts'
import type { Word, Words } from '../core/words.ts'
import { breakable, h, icon } from './dom.ts'
import { renderWay } from './way.ts'

export type CardContext = { readonly words: Words; readonly locale: string }

export function renderCard(
  card: Card,
  report: Report,
  { words, locale }: CardContext,
): HTMLElement {
  const known = words[card.reason as Word] as string | undefined
  // the diagnosis is more exact than the reason, but speaks English only
  const sentence =
    (locale === 'en' && card.summary) || known || (card.tone === 'bad' ? words.undefined : '')
  const quiet = card.verdict === 'autoReply' || card.verdict === 'delivered'
  return h(
    'section',
    { class: `card ${card.tone}`, 'aria-label': words[card.verdict] },
    h(
      'header',
      {},
      icon(card.tone),
      h('h2', {}, words[card.verdict]),
      card.lasting !== '' && h('span', { class: 'pill' }, words[card.lasting]),
      ...card.codes.map((code) => h('code', { class: 'chip', dir: 'ltr' }, code)),
    ),
    sentence !== '' && h('p', { class: 'what' }, sentence),
    h(
      'dl',
      { class: 'facts' },
      ...row(words.next, [words[card.resend]], 'next'),
      ...row(words.who, quiet ? [] : [card.actors.map((actor) => words[actor]).join(' · ')]),
      ...row(words.to, recipients(card, words)),
    ),
    !quiet && renderWay(card, words),
    renderEvidence(report, words),
  )
}

const row = (name: string, values: readonly (Node | string)[], kind?: string): HTMLElement[] =>
  values.length === 0 || values[0] === ''
    ? []
    : [h('div', { class: kind }, h('dt', {}, name), ...values.map((value) => h('dd', {}, value)))]

const SHOWN = 5

/** Recipients; with their own reason each where the reasons differ. */
function recipients({ recipients: list }: Card, words: Words): Node[] {
  const several = new Set(list.map(({ reason }) => reason)).size > 1
  const nodes = list
    .filter(({ address }) => address !== '')
    .slice(0, SHOWN)
    .map(({ address, reason }) =>
      h(
        'span',
        {},
        h('bdi', { translate: 'no' }, ...breakable(address)),
        several && ` · ${words[reason as Word] ?? ''}`,
      ),
    )
  const more = list.length - SHOWN
  return more > 0 ? [...nodes, h('span', {}, `+${more}`)] : nodes
}

/** The lines that were read, marked; the whole message behind a fold. */
function renderEvidence(report: Report, words: Words): HTMLElement | null {
  const marks = marksOf(report)
  const lines = linesOf(report.text, marks)
  const saying = sayingLines(lines).slice(0, 12)
  const pre = (list: typeof lines) =>
    h(
      'pre',
      { tabindex: 0, dir: 'auto', translate: 'no' },
      ...list.flatMap((line, index) => [
        ...line.pieces.map(piece),
        index < list.length - 1 && '\n',
      ]),
    )
  const whole = h('details', {}, h('summary', {}, words.all))
  const open = () => whole.children.length > 1 || whole.append(pre(lines))
  whole.addEventListener('toggle', open)
  whole.addEventListener('unfold', open)
  return h(
    'section',
    { class: 'evidence', 'aria-label': words.says },
    saying.length > 0 && h('h3', {}, words.says),
    saying.length > 0 && pre(saying),
    whole,
  )
}

const piece = ({ text, field }: Piece): Node | string =>
  field ? h('mark', { title: field }, text) : text
