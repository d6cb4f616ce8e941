import type { FastifyInstance } from 'fastify'
import { type Static, Type } from 'typebox'
import type { Article } from '../../kb/types.ts'
import { notFound } from '../errors.ts'
import { toBlocks } from '../markdown/index.ts'
import { queryOf } from '../retrieve/index.ts'
import * as schemas from '../schemas.ts'

const SearchQuery = Type.Object({
  q: Type.String({ minLength: 1, maxLength: 2000, description: 'what to look for' }),
  // only what is written for this audience
  audience: Type.Optional(schemas.AudienceSchema),
  product: Type.Optional(
    Type.String({
      maxLength: 60,
      description:
        'id of a product, such as `exchange-2003`: only articles about it, and those about no product in particular',
    }),
  ),
})
const Id = Type.Object({ id: Type.String({ maxLength: 200 }) })

/** Reading the knowledge base: search, the list of articles, one article. */
export async function articleRoutes(app: FastifyInstance): Promise<void> {
  app.get(
    '/api/search',
    {
      schema: {
        summary:
          'Search the knowledge base, all of it or what is for one audience or product; every passage says what its score is made of',
        querystring: SearchQuery,
        response: { 200: schemas.SearchAnswer, ...schemas.errors },
      },
    },
    async (request) => {
      const { q, audience, product } = request.query as Static<typeof SearchQuery>
      const products = product ? [product] : []
      return app.retriever.retrieve(
        queryOf(q, { audience, products, only: { audience, products } }),
      )
    },
  )
  app.get(
    '/api/articles',
    {
      schema: {
        summary: 'All articles and notes, without their text',
        response: {
          200: Type.Object({ articles: Type.Array(schemas.ArticleHead) }),
          ...schemas.errors,
        },
      },
    },
    async () => ({ articles: app.retriever.articles().map((article) => withUrl(article)) }),
  )
  app.get(
    '/api/articles/:id',
    {
      schema: {
        summary: 'One article with its sections',
        params: Id,
        response: { 200: schemas.ArticleAnswer, ...schemas.errors },
      },
    },
    async (request) => {
      const { id } = request.params as Static<typeof Id>
      const article = app.retriever.article(id)
      if (article === undefined) throw notFound(`There is no article ${JSON.stringify(id)}.`)
      return { ...withUrl(article), sections: article.sections.map(withBlocks) }
    },
  )
}

const withUrl = (article: Article) => ({
  url: `/articles/${encodeURIComponent(article.id)}`,
  ...article,
})

const withBlocks = (section: Article['sections'][number]) => ({
  ...section,
  blocks: toBlocks(section.markdown),
})
