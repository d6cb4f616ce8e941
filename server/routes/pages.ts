import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type {} from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { type Static, Type } from 'typebox'
import type { Article } from '../../kb/types.ts'
import { root } from '../config/index.ts'
import { notFound } from '../errors.ts'
import { articlePage, type Linked } from '../pages/article.ts'
import { listPage, resultsPage } from '../pages/list.ts'
import { queryOf, type Retriever } from '../retrieve/index.ts'

const Search = Type.Object({ q: Type.Optional(Type.String({ maxLength: 2000 })) })
const Id = Type.Object({ id: Type.String({ maxLength: 200 }) })
const HTML = 'text/html; charset=utf-8'
const hide = true

/** Pages to read: the articles, one article, what a search found. */
export async function pageRoutes(app: FastifyInstance): Promise<void> {
  const css = readFileSync(join(root, 'server/pages/pages.css'), 'utf8')
  app.get('/pages.css', { schema: { hide } }, (_request, reply) =>
    reply.type('text/css; charset=utf-8').header('cache-control', 'no-cache').send(css),
  )
  app.get('/articles', { schema: { hide, querystring: Search } }, async (request, reply) => {
    const { q = '' } = request.query as Static<typeof Search>
    reply.type(HTML)
    if (q.trim() === '') return listPage(app.retriever.articles())
    return resultsPage(q, await app.retriever.retrieve(queryOf(q)))
  })
  app.get('/articles/:id', { schema: { hide, params: Id } }, async (request, reply) => {
    const { id } = request.params as Static<typeof Id>
    const article = app.retriever.article(id)
    if (article === undefined) throw notFound('There is no such article: see /articles.')
    return reply.type(HTML).send(articlePage(article, linkedTo(article, app.retriever)))
  })
}

const MAX_LINKED = 8

/** What the article names itself, then those that share a cause with it. */
function linkedTo(article: Article, retriever: Retriever): Linked[] {
  const named = (article.related ?? []).map((id) => retriever.article(id))
  const sharing = retriever
    .articles()
    .filter(({ causes }) => causes.some((cause) => article.causes.includes(cause)))
  const all = [...named, ...sharing].filter(
    (other) => other !== undefined && other.id !== article.id,
  )
  return [...new Map(all.map((other) => [(other as Article).id, other as Article])).values()]
    .slice(0, MAX_LINKED)
    .map(({ id, title }) => ({ id, title }))
}
