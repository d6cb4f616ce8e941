/**
 * Holds what a model wrote against what is known. Every citation must be one of the answer's; every
 * code, number, host, KB number, command and menu path must occur in the sources. A sentence or a code
 * block with anything else is taken out. Pure functions over Markdown.
 */

import { contradiction, type Verdict } from './verdict.ts'

export type Sources = {
  /** what the rules and the KB say: links, commands and menu paths must come from here */
  readonly text: string
  /** what strangers wrote (report, question): may be quoted for codes, numbers and hosts only */
  readonly quoted: string
  readonly citations: ReadonlySet<number>
  /** what no sentence may turn around */
  readonly verdict?: Verdict | undefined
}

export type Verified = {
  readonly markdown: string
  readonly kept: number
  /** why each removed piece was removed, for the log: kinds and counts, never the text */
  readonly removed: readonly string[]
}

const FENCE = /^(```|~~~)/
const SENTENCE_END = /(?:[.!?]+["')]{0,3}(?=\s|$)|[。！？]+)(?:\s{0,3}\[\d{1,4}\])*\s*/g
const IMAGE = /!\[[^\]]{0,400}\](?:\([^)]{0,2000}\)|\[[^\]]{0,200}\])/g
const LINK = /\[([^\]]{1,400})\](?:\([^)]{0,2000}\)|\[[^\]]{0,200}\])/g
const REFERENCE = /^\s{0,3}\[[^\]]{1,200}\]:\s*\S+/
const MARK = /\[(\d{1,4})\]/g

const CHECKS: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['markup', /<\/?[a-z][^>\n]{0,2000}>/gi],
  ['address of a page', /\b(?:https?|ftp|javascript|data|mailto):[^\s)\]}>"']{1,2000}/gi],
  ['KB number', /\bKB ?\d{3,8}\b/gi],
  ['command', /`([^`\n]{1,400})`/g],
  [
    'cmdlet',
    /\b(?:Get|Set|New|Remove|Add|Enable|Disable|Test|Start|Stop|Restart|Retry|Resume|Suspend|Update|Export|Import|Search|Clear|Install)-[A-Z]\w{2,60}/g,
  ],
  [
    'menu path',
    /[\p{L}\d][\p{L}\d &'()/.-]{1,60}(?: (?:>|→|›) [\p{L}\d][\p{L}\d &'()/.-]{1,60})+/gu,
  ],
  ['host', /\b(?:[a-z0-9_](?:[\w-]{0,62})\.)+[a-z]{2,24}\b/gi],
  ['number', /\d+(?:[.,:]\d+)*/g],
]

/** Takes out of `markdown` whatever the sources do not bear out. */
export function verify(markdown: string, sources: Sources): Verified {
  const known = createKnown(sources)
  const removed: string[] = []
  let kept = 0
  const keep = (text: string, fault: string | undefined): string => {
    if (fault === undefined) {
      kept += 1
      return text
    }
    removed.push(fault)
    return ''
  }
  const pieces = piecesOf(markdown).map((piece) =>
    piece.isCode
      ? keep(piece.text, known.code(piece.text))
      : piece.text
          .split('\n')
          .map((line) => verifyLine(line, known, keep))
          .filter((line, i, all) => line !== '' || all[i - 1] !== '')
          .join('\n'),
  )
  return {
    markdown: pieces
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim(),
    kept,
    removed,
  }
}

type Keep = (text: string, fault: string | undefined) => string

function verifyLine(line: string, known: Known, keep: Keep): string {
  if (line.trim() === '') return ''
  if (REFERENCE.test(line)) return keep('', 'link')
  const [, lead = '', body = ''] = /^(\s*(?:[-*+]|\d{1,3}[.)]|#{1,6}|>)?\s*)(.*)$/s.exec(line) ?? []
  const plain = body
    .replace(IMAGE, '')

    .replace(LINK, (whole, text: string) => (/^\d+$/.test(text) ? whole : text))
  const good = sentencesOf(plain).map((sentence) =>
    keep(known.marked(sentence), known.sentence(sentence)),
  )
  const text = good.join('').trim()
  return text === '' ? '' : lead + text
}

function sentencesOf(line: string): string[] {
  const sentences: string[] = []
  let from = 0
  for (const end of line.matchAll(SENTENCE_END)) {
    sentences.push(line.slice(from, end.index + end[0].length))
    from = end.index + end[0].length
  }
  return from < line.length ? [...sentences, line.slice(from)] : sentences
}

type Piece = { readonly isCode: boolean; readonly text: string }

/** Code blocks are judged whole, everything else line by line. */
function piecesOf(markdown: string): Piece[] {
  const pieces: Piece[] = []
  let lines: string[] = []
  let fence = ''
  const flush = (isCode: boolean) => {
    if (lines.length > 0) pieces.push({ isCode, text: lines.join('\n') })
    lines = []
  }
  for (const line of markdown.split('\n')) {
    const mark = FENCE.exec(line)?.[1] ?? ''
    if (mark !== '' && fence === '') {
      flush(false)
      fence = mark
      lines.push(line)
    } else if (mark !== '' && mark === fence) {
      lines.push(line)
      flush(true)
      fence = ''
    } else lines.push(line)
  }
  // a block that never ends is cut off: what is in it cannot be checked whole
  flush(fence !== '')
  return pieces
}

type Known = {
  code(block: string): string | undefined
  sentence(text: string): string | undefined
  /** the sentence without marks that point nowhere */
  marked(text: string): string
}

function createKnown({ text, quoted, citations, verdict }: Sources): Known {
  const source = squeeze(text)
  const anything = `${source} ${squeeze(quoted)}`
  const numbers = new Set(
    text.match(/\d+(?:[.,:]\d+)*/g)?.flatMap((number) => [number, ...number.split(/[.,:]/)]),
  )
  const bears = (name: string, value: string): boolean =>
    name === 'number'
      ? numbers.has(value)
      : (name === 'host' ? anything : source).includes(squeeze(value))
  return {
    code(block) {
      const inner = block
        .split('\n')
        .slice(1, FENCE.test(block.split('\n').at(-1) ?? '') ? -1 : undefined)
      return inner.every((line) => line.trim() === '' || source.includes(squeeze(line)))
        ? undefined
        : 'code'
    },
    sentence(sentence) {
      const marks = [...sentence.matchAll(MARK)].map(([, n]) => Number(n))
      if (marks.length > 0 && !marks.some((n) => citations.has(n))) return 'citation'
      const said = sentence.replace(MARK, '')
      for (const [name, pattern] of CHECKS) {
        for (const match of said.matchAll(pattern)) {
          const value = match[1] ?? match[0]
          if (!bears(name, name === 'menu path' ? stepsOf(value) : value)) return name
        }
      }
      // what the rules or an article say word by word is no invention of the model
      return verdict && !source.includes(squeeze(said)) ? contradiction(said, verdict) : undefined
    },
    marked: (sentence) =>
      sentence.replace(MARK, (mark, n: string) => (citations.has(Number(n)) ? mark : '')),
  }
}

/** A menu path without the words of the sentence around it: last word of its first step to first of its last. */
function stepsOf(path: string): string {
  const steps = path.split(/ (?:>|→|›) /)
  const first = steps[0]?.split(' ').at(-1) ?? ''
  const last =
    steps
      .at(-1)
      ?.split(' ')[0]
      ?.replace(/[.,)]+$/, '') ?? ''
  return [first, ...steps.slice(1, -1), last].join(' > ')
}

/** Compared without case, blanks, quotes and Markdown's marks. */
const squeeze = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[*_"'“”‘’]/g, '')
    .replace(/\s*(?:→|›|>)\s*/g, '>')
    .replace(/\s+/g, ' ')
    .trim()
