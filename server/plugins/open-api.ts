import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger'

/** What `/openapi.json` says about itself; the routes' own schemas say the rest. */
export const openApi: FastifyDynamicSwaggerOptions = {
  openapi: {
    openapi: '3.1.0',
    info: {
      title: 'Bouncewise',
      version: '0.1.0',
      description:
        'Paste a mail that came back; learn what happened, who has to act, and what to do next.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
  },
}
