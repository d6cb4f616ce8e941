/** Did this help? A thumb down asks why, once. */
import type { Words } from '../core/words.ts'
import { button, h, icon } from './dom.ts'

type Rating = 'up' | 'down'

const WHY = ['wrong', 'unclear', 'useless'] as const

export function renderThumbs(
  words: Words,
  rate: (rating: Rating, why?: string) => void,
): HTMLElement {
  const box = h('div', { class: 'thumbs', role: 'group', 'aria-label': words.helped })
  const thank = (rating: Rating, why?: string) => {
    rate(rating, why)
    const thanks = h('span', { tabindex: -1 }, words.thanks)
    box.replaceChildren(thanks)
    thanks.focus()
  }
  const ask = () => {
    const why = WHY.map((name) => button(words[name], () => thank('down', name), { class: 'chip' }))
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
