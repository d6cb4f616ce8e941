import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type {} from '@fastify/swagger'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import type { ChatAnswer, ChatMessage } from '../../kb/types.ts'
import type { ChatRequest } from '../answer/index.ts'
import { root } from '../config/index.ts'
import { HttpError } from '../errors.ts'
import { plainPage } from '../pages/plain.ts'
import * as schemas from '../schemas.ts'

const Body = Type.Object({
  text: Type.String({ minLength: 1, maxLength: 200_000 }),
  messages: Type.Optional(Type.String({ maxLength: 2 * schemas.MAX_TEXT })),
})
const HTML = 'text/html; charset=utf-8'
const hide = true

/** The chat for a browser without script: a form in, a page out. */
export async function plainRoutes(app: FastifyInstance): Promise<void> {
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    async (_request: unknown, body: string) => Object.fromEntries(new URLSearchParams(body)),
  )
  app.post('/', { schema: { hide, body: Body } }, async (request, reply) => {
    const { text, messages = '[]' } = request.body as Static<typeof Body>
    const conversation = [...earlier(request, messages), { role: 'user' as const, content: text }]
    const answer = await lastOf(app, { messages: conversation })
    return reply
      .type(HTML)
      .header('cache-control', 'no-store')
      .send(plainPage(conversation, answer))
  })
  if (existsSync(join(root, 'dist/public/index.html'))) return
  app.get('/', { schema: { hide } }, async (_request, reply) => reply.type(HTML).send(plainPage()))
}

/** What the form brought back; it was the visitor's all the time, so it is checked like any input. */
function earlier(request: FastifyRequest, text: string): ChatMessage[] {
  try {
    const messages: unknown = JSON.parse(text)
    if (Array.isArray(messages) && messages.length === 0) return []
    const validate = request.compileValidationSchema(schemas.ChatRequest.properties.messages)
    if (Array.isArray(messages) && validate(messages)) return messages as ChatMessage[]
  } catch {}
  throw new HttpError(
    400,
    'bad-request',
    'The conversation in the form is damaged: begin anew at /.',
  )
}

async function lastOf(app: FastifyInstance, request: ChatRequest): Promise<ChatAnswer> {
  for await (const event of app.answer(request)) {
    if (event.type === 'done') return event.result
    if (event.type === 'failed') throw new HttpError(502, event.error.code, event.error.message)
  }
  throw new Error('the answer ended without a result')
}
