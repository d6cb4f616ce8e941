import type {} from '@fastify/swagger'
import type { FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { type Config, listOf } from '../config/index.ts'
import { HttpError } from '../errors.ts'

/**
 * Which sites' pages may call the API. Denied unless allowed; a refusal names the origin to add, since
 * whoever embeds the widget reads it in the browser's network view or in this server's log.
 * No cookie is ever read, so allowing a site gives it nothing that its own server could not get.
 */
export const corsPlugin = fp<{ config: Config }>(
  async (app, { config }) => {
    const allowed = listOf(config.ALLOWED_ORIGINS)
    app.addHook('onRequest', async (request, reply) => {
      const { origin } = request.headers
      if (origin === undefined || !isApi(request.url)) return
      reply.header('vary', 'Origin')
      if (!isAllowed(origin, request, allowed)) throw refusal(origin)
      allow(reply, origin)
      if (request.method === 'OPTIONS') return reply.code(204).send()
    })
    // preflights reach a hook only where a route is
    app.options('/api/*', { schema: { hide: true } }, async (_request, reply) =>
      reply.code(204).send(),
    )
  },
  { name: 'cors' },
)

const isApi = (url: string): boolean => url.startsWith('/api/')

/** A page of this server is no other site; `null` is a sandboxed frame or a file and is nobody. */
function isAllowed(origin: string, request: FastifyRequest, allowed: readonly string[]): boolean {
  if (allowed.includes('*') || allowed.includes(origin)) return true
  return URL.canParse(origin) && new URL(origin).host === request.host
}

function refusal(origin: string): HttpError {
  const named = URL.canParse(origin) ? new URL(origin).origin : 'this origin'
  return new HttpError(
    403,
    'origin',
    `Pages of ${named} may not use this server: whoever runs it adds ${named} to ALLOWED_ORIGINS.`,
  )
}

function allow(reply: FastifyReply, origin: string): void {
  reply
    .header('access-control-allow-origin', origin)
    .header('access-control-allow-methods', 'GET, POST')
    .header('access-control-allow-headers', 'content-type, accept')
    .header('access-control-expose-headers', 'retry-after')
    .header('access-control-max-age', '600')
}
