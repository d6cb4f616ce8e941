/** The face of the field: what a question is about, whatever was found for it. */
import shipped from './head.json' with { type: 'json' }
import type { Head } from './head.ts'

export {
  adapt,
  classify,
  FIELDS,
  type FieldName,
  type FieldShares,
  type Head,
  type Weights,
} from './head.ts'
export { tokensOf } from './tokens.ts'

/** Learnt from labelled questions by `scripts/retrieval/fit-field.ts`. */
export const HEAD = shipped as unknown as Head
