import fp from 'fastify-plugin'
import { ANY_CASE } from '../../kb/faq.ts'
import type { AnswerEvent } from '../../kb/types.ts'
import { type Likeness, prepareFaq } from '../answer/faq.ts'
import { answer, type ChatRequest } from '../answer/index.ts'
import { createNearest } from '../answer/nearest.ts'
import type { Config } from '../config/index.ts'
import { LOCAL_SPACE } from '../retrieve/embed/index.ts'

declare module 'fastify' {
  interface FastifyInstance {
    answer(request: ChatRequest): AsyncGenerator<AnswerEvent>
  }
}

/** `app.answer`: the pipeline with its dependencies put in. */
export const answerPlugin = fp<{ config: Config }>(
  async (app, { config }) => {
    const { retriever, rewrite } = app
    // what counts as near was measured with the local model: with another, wordings alone tell
    const finder =
      config.EMBEDDINGS === 'local'
        ? createNearest(
            { fingerprint: LOCAL_SPACE.fingerprint, embed: (texts) => retriever.embed(texts) },
            config.DATA_DIR,
          )
        : undefined
    // what counts as like was measured with the local model too
    const likeness: Likeness | undefined =
      finder && ((text, entries) => retriever.likeness(text, entries))
    // in the background, and again at the first question that needs it, should this fail
    app.addHook('onListen', async () => {
      const ready = finder?.ready().then(() => likeness && prepareFaq([ANY_CASE], likeness))
      ready?.catch((err: unknown) => {
        app.log.warn(
          { err },
          'what is asked in follow-ups could not be embedded: wordings alone tell until it is',
        )
      })
    })
    app.decorate('answer', (request: ChatRequest) =>
      answer(request, {
        retrieve: (query) => retriever.retrieve(query),
        article: (id) => retriever.article(id),
        nearest: finder?.nearest,
        likeness,
        rewrite,
      }),
    )
  },
  { name: 'answer', dependencies: ['retriever', 'model'] },
)
