import fp from 'fastify-plugin'
import type { Rewrite } from '../answer/index.ts'
import type { Config } from '../config/index.ts'
import { clientOf } from '../model/client.ts'
import { createRewrite, type ModelOutcome } from '../model/index.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** puts the rules' answer into better words; undefined where no model is configured */
    readonly rewrite: Rewrite | undefined
  }
}

/** `app.rewrite`: the language model, where one is configured. */
export const modelPlugin = fp<{ config: Config }>(
  async (app, { config }) => {
    const configured = config.OPENAI_API_KEY !== '' || config.OPENAI_BASE_URL !== ''
    app.decorate('rewrite', configured ? createRewrite(clientOf(config), tell) : undefined)

    function tell({ outcome, reason, removed, usage }: ModelOutcome): void {
      const { metrics } = app
      metrics.count(
        'bouncewise_model_answers_total',
        'Answers that a language model was asked for.',
        {
          outcome,
        },
      )
      for (const [kind, tokens] of Object.entries(usage ?? {})) {
        metrics.count(
          'bouncewise_model_tokens_total',
          'Tokens of the language model.',
          { kind },
          tokens,
        )
      }
      if (outcome === 'fallback')
        app.log.warn({ reason, removed }, 'answered without the language model')
    }
  },
  { name: 'model', dependencies: ['metrics'] },
)
