/** The face of the field: what a question is about, whatever was found for it. */
export { FIELD_QUESTIONS, type FieldQuestion } from './examples.ts'
export {
  classify,
  type FieldExample,
  type FieldName,
  type FieldShares,
  type Head,
  trainHead,
} from './head.ts'
export { tokensOf } from './tokens.ts'
