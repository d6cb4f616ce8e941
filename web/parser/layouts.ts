/** The layouts as a browser has them, in place of `kb/ndr/layouts.ts`. */
import { layouts, layoutTriggers } from 'parser:base'
import type { Layout } from '../../kb/types.ts'
import { arrived, needFor } from './known.ts'
import { layoutsOf, type Piece, unpackLayouts } from './packed.ts'

let pieces: readonly Piece[] = unpackLayouts(layouts)
let LAYOUTS = layoutsOf(pieces)

/** Adds a part. */
export function learnLayouts(part: string, packed: string): void {
  if (!arrived(part)) return
  pieces = [...pieces, ...unpackLayouts(packed)]
  LAYOUTS = layoutsOf(pieces)
}

/** The layouts at hand; what else the text asks for is wanted. */
export function layoutsFor(lower: string): readonly Layout[] {
  needFor(lower, layoutTriggers)
  return LAYOUTS
}
