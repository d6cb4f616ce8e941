/** Questions of our field and of others, to learn from; never looked up and never shown. */
import near from '../../../kb/data/field/near-miss.json' with { type: 'json' }
import off from '../../../kb/data/field/off-topic.json' with { type: 'json' }
import ours from '../../../kb/data/field/ours.json' with { type: 'json' }
import type { FieldName } from './head.ts'

export type FieldQuestion = { readonly field: FieldName; readonly text: string }

const of = (field: FieldName, { questions }: { readonly questions: readonly string[] }) =>
  questions.map((text): FieldQuestion => ({ field, text }))

export const FIELD_QUESTIONS: readonly FieldQuestion[] = [
  ...of('ours', ours),
  ...of('near', near),
  ...of('off', off),
]
