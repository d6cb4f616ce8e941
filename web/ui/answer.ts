/** The answer as it grows. What a person wants first stands open; what is for later folds. */
import type { Block, Inline } from '../../kb/types.ts'
import { type BlockContext, renderBlocks, renderInlines } from './blocks.ts'
import { h } from './dom.ts'

export type Answer = {
  readonly node: HTMLElement
  /** the blocks from `index` on are now these */
  set(index: number, blocks: readonly Block[], context: BlockContext): void
}

export type AnswerOptions = {
  /** an explanation of a report: its first part is what to do, the others are background */
  folds(): boolean
  /** a question that buttons below ask again */
  asked(): string
  /** whether a paragraph of these words says no more than the card above does */
  told(words: string): boolean
}

export function createAnswer({ folds, asked, told }: AnswerOptions): Answer {
  const node = h('div', { class: 'answer', dir: 'auto', lang: 'en' })
  const nodes: Node[] = []
  let kept: Block[] = []

  const add = (block: Block, context: BlockContext) => {
    const index = nodes.length
    const title = headingOf(block)
    const fold = title && folds() && kept.slice(0, index).some(headingOf)
    const made = fold ? renderFold(title, context) : renderOne(block, context)
    const inside = title ? node : (openFold(nodes) ?? node)
    inside.append(made)
    nodes.push(made)
  }

  const renderOne = (block: Block, context: BlockContext): Node => {
    const again = block.t === 'p' && isSaid(wordsOf(block.c))
    return again ? h('p', { hidden: true }) : (renderBlocks([block], context)[0] ?? h('p'))
  }

  /** Without the card an answer must stand alone; under it nothing is said twice. */
  const isSaid = (words: string): boolean =>
    (asked() !== '' && words.includes(asked())) || told(words.trim())

  return {
    node,
    set(index, blocks, context) {
      const open = openFolds(node)
      for (const old of nodes.splice(index)) old.parentNode?.removeChild(old)
      kept = [...kept.slice(0, index), ...blocks]
      for (const block of blocks) add(block, context)
      reopen(node, open)
    },
  }
}

/** A heading is a heading, or a line that is bold from end to end. */
function headingOf(block: Block): readonly Inline[] | undefined {
  if (block.t === 'h') return block.c
  if (block.t !== 'p' || block.c.length !== 1) return undefined
  const [only] = block.c
  return only?.t === 'strong' ? only.c : undefined
}

const renderFold = (title: readonly Inline[], context: BlockContext): HTMLDetailsElement =>
  h('details', { class: 'fold' }, h('summary', {}, h('h3', {}, ...renderInlines(title, context))))

/** The fold that what comes next belongs to. */
function openFold(nodes: readonly Node[]): HTMLElement | undefined {
  const last = nodes.at(-1)
  if (last instanceof HTMLDetailsElement) return last
  const parent = last?.parentElement
  return parent instanceof HTMLDetailsElement ? parent : undefined
}

const foldsOf = (node: HTMLElement) => [
  ...node.querySelectorAll<HTMLDetailsElement>(':scope > .fold'),
]

/** What somebody has opened stays open when the last event draws the answer once more. */
const openFolds = (node: HTMLElement): number[] =>
  foldsOf(node).flatMap(({ open }, index) => (open ? [index] : []))

function reopen(node: HTMLElement, open: readonly number[]): void {
  const folds = foldsOf(node)
  for (const index of open) {
    const fold = folds[index]
    if (fold) fold.open = true
  }
}

const wordsOf = (inlines: readonly Inline[]): string =>
  inlines.map((one) => ('v' in one ? one.v : 'c' in one ? wordsOf(one.c) : '')).join('')
