import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import fp from 'fastify-plugin'
import { root } from '../config/index.ts'

const YEAR_S = 31_536_000

/** The built page and widget. What is under `assets/` is named by its content and never changes. */
export const staticPlugin = fp(
  async (app) => {
    const folder = join(root, 'dist/public')
    if (!existsSync(folder)) return
    await app.register(fastifyStatic, {
      root: folder,
      index: 'index.html',
      wildcard: true,
      decorateReply: false,
      cacheControl: false,
      setHeaders(reply, path) {
        const lasting = path.includes('/assets/')
        reply.header('cache-control', lasting ? `public, max-age=${YEAR_S}, immutable` : 'no-cache')
        // modules are loaded across origins by whoever embeds the widget; they hold nothing secret
        reply.header('access-control-allow-origin', '*')
      },
    })
  },
  { name: 'static' },
)
