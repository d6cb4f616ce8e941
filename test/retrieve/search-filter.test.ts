import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Query } from '../../kb/types.ts'
import { permits } from '../../server/retrieve/filter.ts'
import type { StoredArticle } from '../../server/store/index.ts'
import { article, createApp } from '../helpers/app.ts'

const about = (id: string, known: Partial<StoredArticle>): StoredArticle => ({
  ...article(id, `# The mailbox is full\n\nThe mailbox of ${id} is full: empty it.`),
  ...known,
})

const ARTICLES = [
  about('any', { products: [], audience: ['sender', 'admin'] }),
  about('postfix', { products: ['postfix'], audience: ['admin'] }),
  about('exchange-2003', { products: ['exchange-2003'], audience: ['admin'] }),
  about('exchange', { products: ['exchange-server'], audience: ['sender'] }),
]

test('what is asked for one product or audience finds nothing else, whatever its score', async (t) => {
  // many more that fit the words better must not crowd out the few that are allowed
  const crowd = Array.from({ length: 90 }, (_, nth) =>
    about(`postfix-${nth}`, { products: ['postfix'], audience: ['admin'] }),
  )
  const { app } = await createApp(t, [...ARTICLES, ...crowd])
  const found = async (more: string) => {
    const { passages } = (await app.inject(`/api/search?q=postfix+mailbox+full${more}`)).json()
    return [...new Set((passages as { articleId: string }[]).map(({ articleId }) => articleId))]
  }
  assert.ok((await found('')).some((id) => id.startsWith('postfix')))
  assert.deepEqual((await found('&product=exchange-2003')).sort(), [
    'any',
    'exchange',
    'exchange-2003',
  ])
  assert.deepEqual((await found('&audience=sender')).sort(), ['any', 'exchange'])
  assert.deepEqual(await found('&audience=sender&product=qmail'), ['any'])
})

test('an audience that is none is refused', async (t) => {
  const { app } = await createApp(t, ARTICLES)
  assert.equal((await app.inject('/api/search?q=full&audience=nobody')).statusCode, 400)
})

const CASES: readonly (readonly [Query['only'] & object, readonly string[]])[] = [
  [{}, ['any', 'postfix', 'exchange-2003', 'exchange']],
  [{ products: [] }, ['any', 'postfix', 'exchange-2003', 'exchange']],
  [{ products: ['postfix'] }, ['any', 'postfix']],
  [{ products: ['exchange-2010'] }, ['any', 'exchange']],
  [{ products: ['exchange-server'] }, ['any', 'exchange-2003', 'exchange']],
  [{ products: ['qmail', 'postfix'], audience: 'admin' }, ['any', 'postfix']],
]

for (const [only, ids] of CASES) {
  test(`${JSON.stringify(only)} permits ${ids.join(', ')}`, () => {
    assert.deepEqual(
      ARTICLES.filter((one) => permits(only, one)).map(({ id }) => id),
      ids,
    )
  })
}
