/** What the form sends: the very object that it shows. Sizes are limited, names are not fixed. */
import { type Static, Type } from 'typebox'
import { Diagnosis } from '../../kb/schema.ts'
import { MAX_MESSAGES, MAX_TEXT } from '../schemas.ts'

const Fact = Type.Unsafe<string | number | boolean | null>({
  type: ['string', 'number', 'boolean', 'null'],
  maxLength: 20_000,
})

export const HandOff = Type.Object({
  facts: Type.Record(Type.String({ pattern: '^[A-Za-z]{1,40}$' }), Fact, { maxProperties: 40 }),
  diagnosis: Type.Union([Diagnosis, Type.Null()]),
  conversation: Type.Array(
    Type.Object({
      role: Type.Unsafe<'user' | 'assistant'>(Type.String({ enum: ['user', 'assistant'] })),
      content: Type.String({ maxLength: MAX_TEXT }),
    }),
    { maxItems: MAX_MESSAGES },
  ),
  report: Type.Union([
    Type.Object({
      kind: Type.Unsafe<'redacted' | 'full'>(Type.String({ enum: ['redacted', 'full'] })),
      text: Type.String({ maxLength: MAX_TEXT }),
    }),
    Type.Null(),
  ]),
  contact: Type.Optional(Type.String({ maxLength: 200 })),
  note: Type.Optional(Type.String({ maxLength: 2000 })),
  locale: Type.String({ maxLength: 35, description: 'BCP 47' }),
  context: Type.Optional(
    Type.Record(Type.String({ pattern: '^[^\\n\\r]{1,100}$' }), Type.String({ maxLength: 1000 }), {
      maxProperties: 50,
      description: 'what the portal knows about the person or the place',
    }),
  ),
})
export type HandOff = Static<typeof HandOff>

export const HandOffAccepted = Type.Object({
  id: Type.String(),
  repeated: Type.Boolean({ description: 'whether others have reported the same of late' }),
})

export const HandOffState = Type.Object({
  enabled: Type.Boolean({ description: 'whether a person can be asked here' }),
})
