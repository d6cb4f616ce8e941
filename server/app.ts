/** The table of contents: what this server can do, in reading order. */
import multipart from '@fastify/multipart'
import swagger from '@fastify/swagger'
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import type { Config } from './config/index.ts'
import { handleError, notFound } from './errors.ts'
import { answerPlugin } from './plugins/answer.ts'
import { corsPlugin } from './plugins/cors.ts'
import { limitsPlugin } from './plugins/limits.ts'
import { metricsPlugin } from './plugins/metrics.ts'
import { modelPlugin } from './plugins/model.ts'
import { openApi } from './plugins/open-api.ts'
import { retrieverPlugin } from './plugins/retriever.ts'
import { securityPlugin } from './plugins/security.ts'
import { staticPlugin } from './plugins/static.ts'
import type { Embedder } from './retrieve/embed/index.ts'
import { articleRoutes } from './routes/articles.ts'
import { chatRoutes } from './routes/chat.ts'
import { docsRoutes } from './routes/docs.ts'
import { feedbackRoutes } from './routes/feedback.ts'
import { handOffRoutes } from './routes/handoff.ts'
import { healthRoutes } from './routes/health.ts'
import { pageRoutes } from './routes/pages.ts'
import { parseRoutes } from './routes/parse.ts'
import { plainRoutes } from './routes/plain.ts'

/** What a test may bring instead of the real thing. */
export type AppOptions = { readonly embedder?: Embedder }

const MB = 1024 * 1024

/** Builds the application; it listens to nothing yet. */
export async function buildApp(config: Config, options: AppOptions = {}): Promise<FastifyInstance> {
  const app = Fastify({
    logger: { level: config.LOG_LEVEL, serializers },
    bodyLimit: config.BOUNCEWISE_MAX_UPLOAD_MB * MB,
    trustProxy: config.BOUNCEWISE_TRUST_PROXY,
    routerOptions: { maxParamLength: 200 },
    // a fact is a string, a number, a boolean or null: as one schema, since alternatives would be coerced
    ajv: { customOptions: { allowUnionTypes: true } },
    // without it one open stream keeps close() waiting for minutes
    forceCloseConnections: true,
  })
  app.setErrorHandler(handleError)
  app.setNotFoundHandler(() => {
    throw notFound('There is nothing at this address: see /docs for what there is.')
  })

  await app.register(metricsPlugin)
  await app.register(securityPlugin, { config })
  await app.register(corsPlugin, { config })
  await app.register(limitsPlugin, { config })
  await app.register(multipart, { limits: formLimits(config) })
  await app.register(swagger, openApi)
  await app.register(retrieverPlugin, { config, embedder: options.embedder })
  await app.register(modelPlugin, { config })
  await app.register(answerPlugin, { config })

  await app.register(chatRoutes)
  await app.register(parseRoutes)
  await app.register(articleRoutes)
  await app.register(feedbackRoutes, { config })
  await app.register(handOffRoutes, { config })
  await app.register(healthRoutes)
  await app.register(docsRoutes)
  await app.register(pageRoutes)
  await app.register(plainRoutes)
  await app.register(staticPlugin)
  return app
}

/** Nothing of a request but its shape is logged: an address or a query may hold what was pasted. */
const serializers = {
  req: ({ method, routeOptions }: FastifyRequest) => ({ method, route: routeOptions?.url }),
}

function formLimits(config: Config) {
  const size = config.BOUNCEWISE_MAX_UPLOAD_MB * MB
  return { fileSize: size, fieldSize: 2 * MB, files: 5, fields: 5, parts: 10, headerPairs: 50 }
}
