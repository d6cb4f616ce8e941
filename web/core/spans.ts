/** Where a report was read, as pieces of its text to be shown: marked and unmarked. */
import type { Evidence, Report } from '../../kb/types.ts'

export type Piece = { readonly text: string; readonly field?: string }
export type Line = { readonly number: number; readonly pieces: readonly Piece[] }

/** All places that were read, of every recipient, sorted, without overlaps. */
export function marksOf(report: Report): Evidence[] {
  const size = report.text.length
  const sorted = report.recipients
    .flatMap((recipient) => recipient.evidence)
    .filter(({ start, end }) => start >= 0 && start < end && end <= size)
    .sort((a, b) => a.start - b.start || b.end - a.end)
  const marks: Evidence[] = []
  for (const mark of sorted) {
    const last = marks.at(-1)
    if (last && mark.start < last.end) continue
    marks.push(mark)
  }
  return marks
}

/** The text as lines of pieces. */
export function linesOf(text: string, marks: readonly Evidence[]): Line[] {
  const lines: Line[] = []
  let start = 0
  for (const [index, line] of text.split('\n').entries()) {
    lines.push({ number: index + 1, pieces: piecesOf(text, start, start + line.length, marks) })
    start += line.length + 1
  }
  return lines
}

function piecesOf(text: string, start: number, end: number, marks: readonly Evidence[]): Piece[] {
  const pieces: Piece[] = []
  let at = start
  for (const mark of marks) {
    if (mark.end <= start || mark.start >= end) continue
    const [from, to] = inked(text, Math.max(mark.start, start), Math.min(mark.end, end))
    if (from === to) continue
    if (from > at) pieces.push({ text: text.slice(at, from) })
    pieces.push({ text: text.slice(from, to), field: mark.field })
    at = to
  }
  if (at < end) pieces.push({ text: text.slice(at, end) })
  return pieces
}

/** A mark that runs over several lines marks their words, not the blanks before them. */
function inked(text: string, from: number, to: number): readonly [number, number] {
  const part = text.slice(from, to)
  const start = from + part.length - part.trimStart().length
  return [start, Math.max(start, from + part.trimEnd().length)]
}

/** Only the lines that say something, without their indentation. */
export const sayingLines = (lines: readonly Line[]): Line[] =>
  lines
    .filter((line) => line.pieces.some((piece) => piece.field))
    .map(({ number, pieces: [first, ...rest] }) => {
      const pieces = first ? [{ ...first, text: first.text.trimStart() }, ...rest] : rest
      return { number, pieces: pieces.filter(({ text }) => text !== '') }
    })
