/** The mail's way as a picture: three stations, and where it stopped. The words say the same. */
import type { Card } from '../core/card.ts'
import { fill, type Words } from '../core/words.ts'
import { breakable, h, s } from './dom.ts'

type Mark = 'passed' | 'stopped' | 'ahead' | 'unknown'

/** How far the mail came: one mark for each of the two servers and the recipient, one for each leg. */
const MARKS: Record<Card['stop'], readonly [Mark, Mark, Mark, Mark, Mark]> = {
  // own server, leg, other server, leg, recipient
  own: ['stopped', 'ahead', 'ahead', 'ahead', 'ahead'],
  between: ['passed', 'stopped', 'ahead', 'ahead', 'ahead'],
  other: ['passed', 'passed', 'stopped', 'ahead', 'ahead'],
  through: ['passed', 'passed', 'passed', 'passed', 'passed'],
  unknown: ['unknown', 'unknown', 'unknown', 'unknown', 'unknown'],
}

export function renderWay(card: Card, words: Words): HTMLElement {
  const [own, toOther, other, toBox, box] = MARKS[card.stop]
  const stations: readonly (readonly [string, string, Mark])[] = [
    [words.you, '', card.stop === 'unknown' ? 'unknown' : 'passed'],
    [words.own, card.ownServer, own],
    [words.other, card.otherServer, other],
    [words.box, '', box],
  ]
  const legs: readonly Mark[] = [card.stop === 'unknown' ? 'unknown' : 'passed', toOther, toBox]
  const list = h(
    'ol',
    { class: 'way' },
    ...stations.map(([name, host, mark], index) =>
      h(
        'li',
        { class: mark },
        index < 3 && leg(legs[index] ?? 'unknown'),
        station(mark),
        h('b', {}, name),
        host !== '' && h('small', { dir: 'ltr', translate: 'no' }, ...breakable(host)),
        (mark === 'stopped' || (index === 2 && toOther === 'stopped')) && h('em', {}, words.here),
      ),
    ),
  )
  return h(
    'section',
    { class: 'journey', 'aria-label': words.way },
    list,
    card.stop === 'unknown' && h('p', { class: 'muted' }, words.nowhere),
    renderTimes(card, words),
  )
}

const DOTS: Record<Mark, string> = {
  passed: 'M-4 .3-1.2 3 4.2-3',
  stopped: 'M-3.4-3.4 3.4 3.4M3.4-3.4-3.4 3.4',
  ahead: '',
  unknown: '',
}

/** A dot: ticked, crossed, or still empty. */
const station = (mark: Mark): SVGElement =>
  s(
    'svg',
    { viewBox: '-12 -12 24 24', 'aria-hidden': 'true' },
    s('circle', { class: mark, r: 10 }),
    DOTS[mark] !== '' && s('path', { class: 'tick', d: DOTS[mark] }),
  )

/** The leg that leads from a station to the next, cut where the mail stopped between the two. */
const leg = (mark: Mark): HTMLElement =>
  h(
    'span',
    { class: `leg ${mark}` },
    mark === 'stopped' &&
      s(
        'svg',
        { viewBox: '-8 -8 16 16', 'aria-hidden': 'true' },
        s('path', { class: 'cut', d: 'M-5-5 5 5M5-5-5 5' }),
      ),
  )

/** Sent, reported, tried until: what is known of it, as a line of time. */
function renderTimes({ sent, reported, until }: Card, words: Words): HTMLElement | null {
  const times = (
    [
      [words.sent, sent],
      [words.reported, reported],
      [words.until, until],
    ] as const
  ).filter(([, time]) => time !== '')
  if (times.length === 0) return null
  const hours = hoursBetween(sent, reported)
  return h(
    'dl',
    { class: 'times' },
    ...times.map(([name, time]) =>
      h(
        'div',
        {},
        h('dt', {}, name),
        h('dd', {}, h('time', { datetime: time, dir: 'ltr' }, readable(time))),
        name === words.reported &&
          hours >= 1 &&
          h('dd', { class: 'muted' }, fill(words.waited, { n: hours })),
      ),
    ),
  )
}

function hoursBetween(from: string, to: string): number {
  // a time without an offset cannot be compared with one that has it
  if (hasOffset(from) !== hasOffset(to)) return 0
  const hours = Math.round((Date.parse(to) - Date.parse(from)) / 3_600_000)
  return Number.isFinite(hours) ? hours : 0
}

const hasOffset = (time: string) => /(Z|[+-]\d\d:?\d\d)$/.test(time)

/** As written in the report: the clock of the server that wrote it, not of this device. */
function readable(time: string): string {
  const [, date, clock, zone] =
    /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?/.exec(time) ?? []
  if (!date) return time
  const offset = zone === undefined ? '' : zone === 'Z' ? 'UTC' : zone
  return [date, clock, offset].filter(Boolean).join(' ')
}
