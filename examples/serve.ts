/**
 * Serves the demo portals, at another origin than Bouncewise:
 *
 *   ALLOWED_ORIGINS=http://localhost:3104 npm start
 *   npx tsx examples/serve.ts            # http://localhost:3104
 *
 * BOUNCEWISE=https://… points them to another server.
 */
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = ((): string => {
  let folder = fileURLToPath(new URL('.', import.meta.url))
  while (!existsSync(join(folder, 'package.json'))) folder = join(folder, '..')
  return folder
})()
const examples = join(root, 'examples')

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
}

/** Starts the portals. In the files stands `http://localhost:3000`; `server` takes its place. */
export function servePortals(server: string, port: number): Promise<Server> {
  const portals = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://portal').pathname)
    void load(path).then(
      (text) => {
        response.setHeader('content-type', TYPES[extname(path)] ?? TYPES['.html'] ?? '')
        response.end(text.replaceAll('http://localhost:3000', server))
      },
      () => response.writeHead(404).end('no such page'),
    )
  })
  return new Promise((done) => portals.listen(port, '127.0.0.1', () => done(portals)))
}

async function load(path: string): Promise<string> {
  if (path === '/') return index()
  if (path === '/react.js') return bundleReact()
  return readFileSync(join(examples, path), 'utf8')
}

/** The React example as an app's own bundler would make it. */
async function bundleReact(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(examples, 'react.jsx')],
    bundle: true,
    write: false,
    format: 'esm',
    jsx: 'automatic',
    external: ['http://*'],
    define: { 'process.env.NODE_ENV': '"development"' },
  })
  return outputFiles[0]?.text ?? ''
}

const index = (): string =>
  [
    '<!doctype html><html lang="en"><title>Demo portals</title><h1>Demo portals</h1><ul>',
    ...readdirSync(examples)
      .filter((file) => file.endsWith('.html'))
      .map((file) => `<li><a href="/${file}">${file}</a>`),
    '</ul></html>',
  ].join('')

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const port = Number(process.env.PORT ?? 3104)
  await servePortals(process.env.BOUNCEWISE ?? 'http://localhost:3000', port)
  console.log(`Demo portals on http://localhost:${port}`)
}
