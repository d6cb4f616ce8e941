import { Readable } from 'node:stream'
import type {} from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Static } from 'typebox'
import type { AnswerEvent, ChatAnswer } from '../../kb/types.ts'
import type { ChatRequest } from '../answer/index.ts'
import { HttpError, toKnown } from '../errors.ts'
import { readForm } from '../form.ts'
import * as schemas from '../schemas.ts'
import { toFrames } from '../sse.ts'

/** `POST /api/chat`: the whole conversation in, one answer out, as JSON or as it grows. */
export async function chatRoutes(app: FastifyInstance): Promise<void> {
  app.post(
    '/api/chat',
    {
      schema: {
        summary: 'Ask: the conversation so far in, an answer out',
        consumes: ['application/json', 'multipart/form-data'],
        produces: ['application/json', 'text/event-stream'],
        response: { 200: schemas.ChatAnswer, ...schemas.errors },
      },
    },
    async (request, reply) => {
      const events = app.answer(await readChat(request))
      if (!wantsStream(request)) return collect(events)
      reply
        .type('text/event-stream; charset=utf-8')
        .header('cache-control', 'no-store, no-transform')
        .header('x-accel-buffering', 'no')
      const safe = failSoftly(events, request)
      // a stream that is no Fastify payload: the schema above describes the JSON
      return reply.serializer((payload) => payload as string).send(Readable.from(toFrames(safe)))
    },
  )
}

const wantsStream = ({ headers: { accept = '' } }: FastifyRequest): boolean =>
  accept.includes('text/event-stream')

async function readChat(request: FastifyRequest): Promise<ChatRequest> {
  if (!request.isMultipart()) return check(request, request.body)
  const { fields, files } = await readForm(request)
  return { ...check(request, parse(fields.request)), files }
}

function parse(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    throw new HttpError(400, 'bad-json', 'The form needs a part `request` that holds the JSON.')
  }
}

/** One check for both ways in: a form is not seen by the route's own schema. */
function check(request: FastifyRequest, unchecked: unknown): ChatRequest {
  const validate = request.compileValidationSchema(schemas.ChatRequest)
  if (!validate(unchecked as object)) {
    const [fault] = validate.errors ?? []
    const where = fault?.instancePath.slice(1).replaceAll('/', '.') || 'The body'
    throw new HttpError(400, 'bad-request', `${where} ${fault?.message ?? 'is wrong'}.`)
  }
  const body = unchecked as Static<typeof schemas.ChatRequest>
  if (body.messages.at(-1)?.role !== 'user') {
    throw new HttpError(400, 'bad-request', 'The last of `messages` must be the user’s.')
  }
  return body
}

async function collect(events: AsyncGenerator<AnswerEvent>): Promise<ChatAnswer> {
  for await (const event of events) {
    if (event.type === 'done') return event.result
    if (event.type === 'failed') throw new HttpError(502, event.error.code, event.error.message)
  }
  throw new Error('the answer ended without a result')
}

/** The head is sent, so a failure can only be told by the last event. */
async function* failSoftly(
  events: AsyncGenerator<AnswerEvent>,
  request: FastifyRequest,
): AsyncGenerator<AnswerEvent> {
  try {
    yield* events
  } catch (error) {
    const { statusCode, code, message } = toKnown(error)
    if (statusCode >= 500) request.log.error({ err: error }, 'answer failed')
    yield { type: 'failed', error: { code, message } }
  }
}
