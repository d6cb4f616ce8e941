import type {} from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { docsPage } from '../pages/docs.ts'

/** The API's description for programs and for people. */
export async function docsRoutes(app: FastifyInstance): Promise<void> {
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger())
  app.get('/docs', { schema: { hide: true } }, async (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(docsPage(app.swagger())),
  )
}
