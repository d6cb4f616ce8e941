import type {} from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { IndexUnusable, ModelUnavailable } from '../retrieve/unusable.ts'

const Ready = Type.Object({
  ready: Type.Boolean(),
  message: Type.String(),
  index: Type.Union([
    Type.Null(),
    Type.Object({
      kb: Type.String(),
      articles: Type.Integer(),
      chunks: Type.Integer(),
      vectors: Type.Integer(),
      space: Type.Object({ fingerprint: Type.String(), dims: Type.Integer() }),
    }),
  ]),
})

/** Whether the process lives, whether it can answer, and what it has done. */
export async function healthRoutes(app: FastifyInstance): Promise<void> {
  app.get('/healthz', { schema: { summary: 'The process is alive' } }, async () => ({ ok: true }))
  app.get(
    '/readyz',
    {
      schema: {
        summary: 'Index and embedding model are there and fit each other',
        response: { 200: Ready, 503: Ready },
      },
    },
    async (request, reply) => {
      const index = app.retriever.info() ?? null
      try {
        await app.retriever.check()
        return { ready: true, message: 'Ready.', index }
      } catch (error) {
        request.log.error({ err: error }, 'not ready')
        const known = error instanceof IndexUnusable || error instanceof ModelUnavailable
        const message = known ? error.message : 'The embedding model does not answer: see the log.'
        return reply.code(503).send({ ready: false, message, index })
      }
    },
  )
  app.get(
    '/metrics',
    { schema: { summary: 'Counts and times for Prometheus' } },
    (_request, reply) =>
      reply.type('text/plain; version=0.0.4; charset=utf-8').send(app.metrics.text()),
  )
}
