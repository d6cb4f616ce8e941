/** What a citation points to, fetched when it is opened. */
import type { Block, Citation } from '../../kb/types.ts'
import type { Client } from '../core/client.ts'
import type { Words } from '../core/words.ts'
import { type BlockContext, renderBlocks } from './blocks.ts'
import { h, toUrl } from './dom.ts'

type Article = {
  readonly sections?: readonly { readonly heading: string; readonly blocks?: readonly Block[] }[]
}

/** The section that is quoted, and the way to the whole article. */
export async function renderPassage(
  { articleId, heading, url }: Citation,
  client: Client,
  words: Words,
  context: BlockContext,
): Promise<Node[]> {
  const article = await client
    .json<Article>(`api/articles/${encodeURIComponent(articleId)}`)
    .catch((): Article => ({}))
  const sections = article.sections ?? []
  const found = sections.find((section) => section.heading === heading) ?? sections[0]
  const target = toUrl(url, context.base)
  return [
    ...(found?.heading ? [h('h3', {}, found.heading)] : []),
    ...renderBlocks(found?.blocks ?? [], context),
    ...(target && /^https?:$/.test(target.protocol)
      ? [
          h(
            'p',
            {},
            h('a', { href: target.href, target: '_blank', rel: 'noopener' }, words.article),
          ),
        ]
      : []),
  ]
}
