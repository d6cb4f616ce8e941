import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { toBlocks, toHtml, toPlainText } from '../../server/markdown/index.ts'

const html = (markdown: string) => toHtml(toBlocks(markdown))

const HOSTILE: readonly [string, RegExp][] = [
  ['<script>alert(1)</script>', /<script/i],
  ['<img src=x onerror=alert(1)>', /<img/i],
  ['[x](javascript:alert(1))', /javascript:/i],
  ['[x](JaVaScRiPt:alert(1))', /href/i],
  ['[x](data:text/html,<script>1</script>)', /href/i],
  ['[x](//evil.example/a)', /href/i],
  ['[x](https://a.example/"onmouseover="alert(1))', /"onmouseover/],
  ['![x](https://evil.example/pixel.png)', /<img|evil/i],
  ['[x]: javascript:alert(1)\n\n[x]', /javascript:/i],
  ['```"><script>\nx\n```', /<script/i],
  ['## <b onclick=x>head</b>', /<b /i],
]
for (const [markdown, never] of HOSTILE) {
  test(`hostile Markdown stays text: ${JSON.stringify(markdown)}`, () => {
    assert.doesNotMatch(html(markdown), never)
  })
}

test('a placeholder outside of code stays visible', () => {
  assert.equal(html('write to <recipient> now'), '<p>write to &lt;recipient&gt; now</p>')
})

test('a link to an article is its id alone, a link to a source is absolute', () => {
  assert.equal(html('[a](queue-expired)'), '<p><a href="/articles/queue-expired">a</a></p>')
  assert.match(html('[a](https://example.com/b)'), /href="https:\/\/example.com\/b" rel="noopener/)
})

test('a citation mark is one only where the citation exists', () => {
  assert.deepEqual(toBlocks('so [1] and [7]', new Set([1])), [
    {
      t: 'p',
      c: [
        { t: 'text', v: 'so ' },
        { t: 'cite', n: 1 },
        { t: 'text', v: ' and ' },
        { t: 'text', v: '[7]' },
      ],
    },
  ])
})

test('headings of one name get ids of their own', () => {
  const ids = toBlocks('## A b\n\n## A b').map((block) => (block.t === 'h' ? block.id : ''))
  assert.deepEqual(ids, ['a-b', 'a-b-2'])
})

test('plain text keeps words, commands and cells, and no marks', () => {
  const text = toPlainText('**Bold** [link](x)\n\n| a | b |\n|---|---|\n| `c` | d |\n\n- item\n')
  assert.equal(text, 'Bold link\na | b\nc | d\nitem')
})

test('ten thousand nested quotes neither throw nor take long', () => {
  const start = performance.now()
  assert.ok(toBlocks('>'.repeat(10_000)).length > 0)
  assert.ok(performance.now() - start < 2000)
})

test('whatever the text, it never throws and no tag but ours comes out', () => {
  const ours =
    /<(?!\/?(?:p|h[234]|ul|ol|li|pre|code|figure|figcaption|div|table|thead|tbody|tr|th|td|blockquote|strong|em|a|br|hr)\b)/
  fc.assert(
    fc.property(fc.string({ maxLength: 300, unit: 'grapheme' }), (text) => !ours.test(html(text))),
  )
  const marks = fc.array(
    fc.constantFrom(
      '<',
      '>',
      '[',
      ']',
      '(',
      ')',
      '`',
      '*',
      '_',
      '|',
      '\n',
      '#',
      '-',
      ' ',
      'a',
      'javascript:',
      '"',
      '&',
      '!',
    ),
    { maxLength: 60 },
  )
  fc.assert(fc.property(marks, (parts) => !ours.test(html(parts.join('')))))
})
