import fp from 'fastify-plugin'
import type { AnswerEvent } from '../../kb/types.ts'
import { answer, type ChatRequest } from '../answer/index.ts'

declare module 'fastify' {
  interface FastifyInstance {
    answer(request: ChatRequest): AsyncGenerator<AnswerEvent>
  }
}

/** `app.answer`: the pipeline with its dependencies put in. */
export const answerPlugin = fp(
  async (app) => {
    const { retriever, rewrite } = app
    app.decorate('answer', (request: ChatRequest) =>
      answer(request, {
        retrieve: (query) => retriever.retrieve(query),
        article: (id) => retriever.article(id),
        rewrite,
      }),
    )
  },
  { name: 'answer', dependencies: ['retriever', 'model'] },
)
