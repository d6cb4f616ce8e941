import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { type Static, Type } from 'typebox'
import type { Config } from '../config/index.ts'
import * as schemas from '../schemas.ts'

/** `POST /api/feedback`: counted; kept only where the operator has said so. */
export async function feedbackRoutes(app: FastifyInstance, { config }: { config: Config }) {
  app.post(
    '/api/feedback',
    {
      bodyLimit: 64 * 1024,
      schema: {
        summary: 'Whether an answer helped',
        body: schemas.Feedback,
        response: { 204: Type.Null(), ...schemas.errors },
      },
    },
    async (request, reply) => {
      const feedback = request.body as Static<typeof schemas.Feedback>
      const { rating, why = 'none' } = feedback
      app.metrics.count('bouncewise_feedback_total', 'Feedback on answers', { rating, why })
      if (config.BOUNCEWISE_FEEDBACK === 'store') await store(config.DATA_DIR, feedback)
      return reply.code(204).send()
    },
  )
}

/** One line of JSON a feedback, in a file that the operator can read and delete. */
async function store(dataDir: string, feedback: Static<typeof schemas.Feedback>): Promise<void> {
  const line = JSON.stringify({ at: new Date().toISOString(), ...feedback })
  await appendFile(join(dataDir, 'feedback.jsonl'), `${line}\n`, { mode: 0o600 })
}
