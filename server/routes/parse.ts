import type { FastifyInstance } from 'fastify'
import { type Static, Type } from 'typebox'
import { diagnose } from '../../kb/diagnose/index.ts'
import { parseText } from '../../kb/ndr/index.ts'
import { readReport } from '../../kb/ndr/read.ts'
import * as schemas from '../schemas.ts'

const Body = Type.Object({ text: Type.String({ maxLength: schemas.MAX_TEXT }) })

/** `POST /api/parse`: a report out of a text or a mail, without an answer. */
export async function parseRoutes(app: FastifyInstance): Promise<void> {
  const asBuffer = { parseAs: 'buffer' } as const
  const types = ['message/rfc822', 'application/vnd.ms-outlook', 'application/octet-stream']
  app.addContentTypeParser(types, asBuffer, async (_request: unknown, body: Buffer) => body)
  app.addContentTypeParser(
    'text/plain',
    { parseAs: 'string' },
    async (_request: unknown, body: string) => body,
  )
  app.post(
    '/api/parse',
    {
      schema: {
        summary: 'Read a report out of a text or a mail',
        consumes: ['application/json', 'text/plain', ...types],
        response: { 200: schemas.ParseAnswer, ...schemas.errors },
        body: { content: { 'application/json': { schema: Body } } },
      },
    },
    async (request) => {
      const report = read(request.body as string | Buffer | Static<typeof Body>)
      return { report, diagnosis: diagnose(report) }
    },
  )
}

/** Text may be a whole mail: `readReport` tells. JSON's `text` is what a person pasted. */
function read(body: string | Buffer | Static<typeof Body>) {
  if (typeof body === 'string' || Buffer.isBuffer(body)) return readReport(body)
  return parseText(body.text)
}
