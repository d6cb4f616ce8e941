import assert from 'node:assert/strict'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { SourceFile } from '../../ingest/articles/shipped.ts'
import { type IngestOptions, ingest, type Summary } from '../../ingest/index.ts'
import { openIndex, type StoredArticle } from '../../server/store/index.ts'
import { temporaryFolder, wordEmbedder } from '../helpers/app.ts'
import { toDocx, toPdf } from '../helpers/documents.ts'

type Files = Readonly<Record<string, string | Buffer>>
type Setup = {
  readonly folder: string
  write(files: Files): void
  run(options?: Partial<IngestOptions['own']>): Promise<Summary>
  articles(): StoredArticle[]
}

const OURS = `---
id: mailbox-full
title: The mailbox is full
kind: article
codes: [5.2.2]
replyCodes: []
reasons: [mailboxfull]
causes: []
products: []
providers: []
audience: [sender]
askedAs: [no room left, their inbox is stuffed, quota is used up]
sources: [{ url: "https://example.com/a", supports: "all" }]
reviewed: 2026-11
unverified: []
---
Our own text.
`

function setUp(t: TestContext, files: Files): Setup {
  const dataDir = temporaryFolder(t)
  const folder = join(dataDir, 'own')
  const shipped: SourceFile[] = [
    { path: 'kb/articles/mailbox-full.md', sha256: 'x', bytes: Buffer.from(OURS) },
  ]
  const write = (more: Files) => {
    for (const [path, content] of Object.entries(more)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), content)
    }
  }
  mkdirSync(folder, { recursive: true })
  write(files)
  return {
    folder,
    write,
    run: (options) =>
      ingest({
        dataDir,
        own: {
          paths: [folder],
          keep: true,
          include: [],
          exclude: [],
          month: '2026-11',
          ...options,
        },
        shipped,
        createEmbedder: async () => wordEmbedder,
        progress: () => {},
      }),
    articles() {
      const reader = openIndex(dataDir)
      const articles = reader.articles()
      reader.close()
      return articles
    },
  }
}

const textOf = ({ sections }: StoredArticle): string =>
  sections.map(({ heading, markdown }) => `${heading}\n${markdown}`).join('\n')

const FORMATS: readonly [string, string | Buffer, string][] = [
  ['plain.md', '# A title\n\nThe printer needs port 587.', 'The printer needs port 587.'],
  [
    'page.html',
    '<html><head><title>A page</title></head><body><nav>Menu</nav><main><h2>Port</h2><p>Use <b>587</b>.</p><table><tr><th>a</th></tr><tr><td>b</td></tr></table><script>alert(1)</script></main></body></html>',
    'Use **587**.',
  ],
  ['note.txt', 'Use *stars* as they are\n\n# no heading', 'Use \\*stars\\* as they are'],
  ['guide.pdf', toPdf('Ask the help desk first'), 'Ask the help desk first'],
  [
    'letter.docx',
    toDocx('Who to call', 'The help desk has number 4711.'),
    'The help desk has number 4711.',
  ],
  [
    'old.eml',
    'From: a@example.com\r\nTo: b@example.org\r\nSubject: How we solved it\r\nContent-Type: text/plain\r\n\r\nWe raised the limit of the connector.\r\n',
    'We raised the limit of the connector.',
  ],
  [
    'zendesk.json',
    JSON.stringify({
      articles: [
        {
          id: 7,
          title: 'Quota',
          body: '<p>Ours is 50 GB.</p>',
          html_url: 'https://help.example.com/7',
        },
        { id: 8, title: 'Draft', body: 'x', draft: true },
      ],
    }),
    'Ours is 50 GB.',
  ],
  [
    'freshdesk.json',
    JSON.stringify([{ id: 9, title: 'Limits', description: '<p>At most 25 MB.</p>', status: 2 }]),
    'At most 25 MB.',
  ],
  [
    'entities.xml',
    '<hibernate-generic><object class="Page"><id name="id">5</id><property name="title"><![CDATA[Spaces]]></property><property name="contentStatus">current</property></object><object class="BodyContent"><id name="id">6</id><property name="body"><![CDATA[<p>Ask in room 3.</p>]]></property><property name="content" class="Page"><id name="id">5</id></property></object></hibernate-generic>',
    'Ask in room 3.',
  ],
]
for (const [name, content, expected] of FORMATS) {
  test(`${name} is brought in with its text`, async (t) => {
    const { run, articles } = setUp(t, { [name]: content })
    const summary = await run()
    assert.deepEqual(summary.broken, [])
    const [own] = articles().filter(({ id }) => id !== 'mailbox-full')
    assert.ok(own, 'there is an article')
    assert.ok(textOf(own).includes(expected), textOf(own))
    assert.doesNotMatch(textOf(own), /alert|Menu/)
  })
}

test('one broken file is named, and the rest goes in', async (t) => {
  const { run, articles } = setUp(t, {
    'good.md': 'Good text.',
    'scan.pdf': toPdf(''),
    'not.pdf': 'no pdf at all',
    'latin1.txt': Buffer.from([0x66, 0xfc, 0x72]),
    'front.md': '---\nweight: heavy\n---\nText.',
    'other.json': '{"a":1}',
  })
  const { broken } = await run()
  assert.deepEqual(broken.map(({ path }) => path.replace(/.*\//, '')).sort(), [
    'front.md',
    'latin1.txt',
    'not.pdf',
    'other.json',
    'scan.pdf',
  ])
  assert.match(broken.find(({ path }) => path.endsWith('front.md'))?.message ?? '', /weight/)
  assert.ok(articles().some(({ id }) => id === 'good'))
})

test("an operator's article takes the place of ours of the same id, or hides it", async (t) => {
  const { run, write, articles } = setUp(t, {
    'mine.md': '---\nid: mailbox-full\ntitle: Full at our house\nweight: 2\n---\nTheir text.',
  })
  await run()
  assert.deepEqual(
    articles().map(({ title, weight }) => [title, weight]),
    [['Full at our house', 2]],
  )
  write({ 'mine.md': '---\nid: mailbox-full\nhidden: true\n---\n' })
  await run()
  assert.deepEqual(articles(), [])
})

test('what is unchanged is not embedded again; what vanishes leaves', async (t) => {
  const { run, write, folder, articles } = setUp(t, { 'a.md': 'Text a.', 'b.md': 'Text b.' })
  const first = await run()
  assert.equal(first.added.length, 3)
  const second = await run()
  assert.deepEqual([second.written, second.embedded, second.unchanged], [false, 0, 3])
  write({ 'a.md': 'Text a, changed.' })
  rmSync(join(folder, 'b.md'))
  const third = await run()
  assert.deepEqual([third.changed.length, third.removed.length], [1, 1])
  assert.ok(third.embedded < first.embedded)
  assert.deepEqual(
    articles().map(({ id }) => id),
    ['a', 'mailbox-full'],
  )
})

test('what was brought in before stays without being named, unless only the named is wanted', async (t) => {
  const { run, articles } = setUp(t, { 'a.md': 'Text a.' })
  await run()
  await run({ paths: [] })
  assert.equal(articles().length, 2)
  await run({ paths: [], keep: false })
  assert.equal(articles().length, 1)
})

test('patterns let in and keep out', async (t) => {
  const files = {
    'a.md': 'a',
    'drafts/b.md': 'b',
    'deep/er/c.md': 'c',
    'd.txt': 'd',
    '.hidden/e.md': 'e',
  }
  const { run, articles } = setUp(t, files)
  await run({ exclude: ['drafts/**'] })
  assert.deepEqual(
    articles().map(({ id }) => id),
    ['a', 'c', 'd', 'mailbox-full'],
  )
  await run({ include: ['*.md'], exclude: ['er/*', 'deep/**'] })
  assert.deepEqual(
    articles().map(({ id }) => id),
    ['a', 'b', 'mailbox-full'],
  )
})

test('another model makes the index anew, and its vectors are never mixed', async (t) => {
  const { run, folder } = setUp(t, { 'a.md': 'Text a.' })
  await run()
  const other = { ...wordEmbedder, space: { fingerprint: 'test:other', dims: 64 } }
  const summary = await ingest({
    dataDir: dirname(folder),
    own: { paths: [folder], keep: true, include: [], exclude: [], month: '2026-11' },
    shipped: [],
    createEmbedder: async () => other,
    progress: () => {},
  })
  assert.equal(summary.written, true)
  const reader = openIndex(dirname(folder))
  assert.equal(reader.info()?.space.fingerprint, 'test:other')
  reader.close()
})
