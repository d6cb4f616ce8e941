import { escapeHtml } from '../markdown/index.ts'
import { toPage } from './layout.ts'

type Operation = {
  readonly summary?: string
  readonly requestBody?: unknown
  readonly parameters?: unknown
  readonly responses?: Readonly<Record<string, unknown>>
}

/** The API to read, made of the same description that programs get. */
export function docsPage(document: { readonly paths?: unknown }): string {
  const paths = Object.entries((document.paths ?? {}) as Record<string, Record<string, Operation>>)
  const operations = paths.flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => operationHtml(method, path, operation)),
  )
  const main = [
    '<h1>API</h1>',
    '<p>For programs: <a href="/openapi.json">openapi.json</a>. Errors are <code>{"error": {"code", "message"}}</code> everywhere.</p>',
    ...operations,
  ]
  return toPage({ title: 'API', main: main.join('\n') })
}

function operationHtml(method: string, path: string, operation: Operation): string {
  const name = `${method.toUpperCase()} ${path}`
  return [
    `<h2><code>${escapeHtml(name)}</code></h2>`,
    operation.summary ? `<p>${escapeHtml(operation.summary)}.</p>` : '',
    detailsHtml('Parameters', operation.parameters),
    detailsHtml('Body', operation.requestBody),
    detailsHtml('Answers', operation.responses),
  ]
    .filter(Boolean)
    .join('\n')
}

const detailsHtml = (title: string, value: unknown): string =>
  value === undefined
    ? ''
    : `<details><summary>${title}</summary><pre>${escapeHtml(JSON.stringify(value, null, 2))}</pre></details>`
