import rateLimit from '@fastify/rate-limit'
import fp from 'fastify-plugin'
import type { Config } from '../config/index.ts'
import { HttpError } from '../errors.ts'

/** How often one address may ask the API in a minute. Pages and files are not counted. */
export const limitsPlugin = fp<{ config: Config }>(
  async (app, { config }) => {
    if (config.BOUNCEWISE_RATE_LIMIT === 0) return
    await app.register(rateLimit, {
      max: config.BOUNCEWISE_RATE_LIMIT,
      timeWindow: 60_000,
      allowList: (request) => !request.url.startsWith('/api/') && request.method === 'GET',
      errorResponseBuilder: (_request, { ttl }) =>
        new HttpError(
          429,
          'too-many-requests',
          `Too many requests from this address: try again in ${Math.ceil(ttl / 1000)} seconds.`,
        ),
    })
  },
  { name: 'limits' },
)
