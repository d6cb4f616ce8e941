import helmet from '@fastify/helmet'
import fp from 'fastify-plugin'
import { type Config, listOf } from '../config/index.ts'

/** Headers that tell a browser what our pages may do: nothing but what comes from this server. */
export const securityPlugin = fp<{ config: Config }>(
  async (app, { config }) => {
    const origins = listOf(config.ALLOWED_ORIGINS)
    await app.register(helmet, {
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          scriptSrc: ["'self'"],
          styleSrc: ["'self'"],
          imgSrc: ["'self'", 'data:'],
          connectSrc: ["'self'"],
          fontSrc: ["'self'"],
          manifestSrc: ["'self'"],
          formAction: ["'self'"],
          baseUri: ["'none'"],
          frameAncestors: ["'self'", ...origins],
          requireTrustedTypesFor: ["'script'"],
        },
      },
      // frame-ancestors says the same with exceptions, which this older header cannot
      frameguard: origins.length === 0 ? { action: 'sameorigin' } : false,
      crossOriginResourcePolicy: { policy: 'cross-origin' },
      crossOriginEmbedderPolicy: false,
      referrerPolicy: { policy: 'no-referrer' },
      // whether this host is reached by TLS alone is for the proxy in front to say
      strictTransportSecurity: false,
    })
  },
  { name: 'security' },
)
