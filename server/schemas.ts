/** Shapes of requests and answers over HTTP, beyond those of `kb/schema.ts`. */
import { type TSchema, Type } from 'typebox'
import { Audience, Citation, Diagnosis, Report } from '../kb/schema.ts'

const nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])

export { Audience as AudienceSchema }

export const MAX_MESSAGES = 200
export const MAX_TEXT = 1_000_000

export const ErrorSchema = Type.Object(
  { error: Type.Object({ code: Type.String(), message: Type.String() }) },
  { description: 'What is wrong and how to mend it.' },
)

/** Every status that a route may answer with besides its own. */
export const errors = { '4xx': ErrorSchema, '5xx': ErrorSchema }

export const ChatRequest = Type.Object({
  messages: Type.Array(
    Type.Object({
      role: Type.Unsafe<'user' | 'assistant'>(
        Type.String({ enum: ['user', 'assistant'], description: 'who said it' }),
      ),
      content: Type.String({ maxLength: MAX_TEXT }),
    }),
    { minItems: 1, maxItems: MAX_MESSAGES, description: 'oldest first; the last one the user’s' },
  ),
  audience: Type.Optional(Audience),
  locale: Type.Optional(Type.String({ maxLength: 35, description: 'BCP 47' })),
})

/** A block is a small tree of many shapes (`Block` in `kb/types.ts`); it is sent as it was made. */
const Blocks = Type.Array(Type.Any())

export const ChatAnswer = Type.Object({
  answer: Type.String({ description: 'Markdown; [1] refers to citations' }),
  blocks: Blocks,
  report: nullable(Report),
  diagnosis: nullable(Diagnosis),
  citations: Type.Array(Citation),
  suggestions: Type.Array(Type.String()),
  answered: Type.Boolean({ description: 'false: nothing in the KB answers this' }),
  answeredBy: Type.Unsafe<'rules' | 'model'>(Type.String({ enum: ['rules', 'model'] })),
  audience: Type.Unsafe<'sender' | 'admin'>(
    Type.String({
      enum: ['sender', 'admin'],
      description:
        'whom it was written for: as the request says, else as the words and the paste tell',
    }),
  ),
  notices: Type.Array(Type.String()),
})

export const ParseAnswer = Type.Object({ report: Report, diagnosis: nullable(Diagnosis) })

export const PassageSchema = Type.Object({
  chunkId: Type.Integer(),
  articleId: Type.String(),
  title: Type.String(),
  heading: Type.String(),
  role: Type.String(),
  markdown: Type.String(),
  url: Type.String(),
  score: Type.Number(),
  explain: Type.Record(Type.String(), Type.Number()),
})

export const SearchAnswer = Type.Object({
  band: Type.String({ description: 'answer, nearest or none' }),
  confidence: Type.Number(),
  passages: Type.Array(PassageSchema),
})

export const ArticleHead = Type.Object({
  id: Type.String(),
  title: Type.String(),
  kind: Type.String(),
  codes: Type.Array(Type.String()),
  audience: Type.Array(Type.String()),
  url: Type.String(),
})

export const ArticleAnswer = Type.Object({
  ...ArticleHead.properties,
  replyCodes: Type.Array(Type.Integer()),
  reasons: Type.Array(Type.String()),
  causes: Type.Array(Type.String()),
  products: Type.Array(Type.String()),
  providers: Type.Array(Type.String()),
  sources: Type.Array(Type.Object({ url: Type.String(), supports: Type.String() })),
  reviewed: Type.String(),
  unverified: Type.Array(Type.String()),
  related: Type.Optional(Type.Array(Type.String())),
  sections: Type.Array(
    Type.Object({
      heading: Type.String(),
      path: Type.Array(Type.String()),
      role: Type.String(),
      markdown: Type.String(),
      blocks: Blocks,
    }),
  ),
})

export const Feedback = Type.Object({
  rating: Type.Unsafe<'up' | 'down'>(Type.String({ enum: ['up', 'down'] })),
  why: Type.Optional(
    Type.Unsafe<'wrong' | 'unclear' | 'useless'>(
      Type.String({ enum: ['wrong', 'unclear', 'useless'] }),
    ),
  ),
  comment: Type.Optional(Type.String({ maxLength: 4000 })),
  reason: Type.Optional(Type.String({ maxLength: 40 })),
  articleIds: Type.Optional(Type.Array(Type.String({ maxLength: 200 }), { maxItems: 20 })),
  answered: Type.Optional(Type.Boolean()),
  locale: Type.Optional(Type.String({ maxLength: 35 })),
})
