import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { root } from '../helpers/root.ts'

const read = (path: string) => readFileSync(join(root, path), 'utf8')
const page = read('docs/widget-security.md')
const sources = readdirSync(join(root, 'web'), { recursive: true, encoding: 'utf8' })
  .filter((file) => /^(core|ui|chat|widget)[\\/].*\.ts$/.test(file))
  .map((file) => read(join('web', file)))
  .join('\n')

test('every request that the browser makes is in the list, and nothing else is', () => {
  const listed = [...page.matchAll(/^\| `(?:GET|POST) ([\w/]+)`/gm)].map(([, path]) => path)
  const made = [...sources.matchAll(/['"`]((?:api\/\w+|healthz)\/?)/g)].map(([, path]) => path)
  assert.deepEqual([...new Set(listed)].sort(), [...new Set(made)].sort())
})

test('requests go out in one place, without cookies and referrer', () => {
  assert.equal([...sources.matchAll(/\bfetch\b(?!\w*Ms)/g)].length > 0, true)
  const files = readdirSync(join(root, 'web'), { recursive: true, encoding: 'utf8' })
  const fetching = files.filter(
    (file) =>
      /^(core|ui|chat|widget)[\\/].*\.ts$/.test(file) &&
      /XMLHttpRequest|sendBeacon|WebSocket|EventSource|\bfetch\(|\?\? fetch/.test(
        read(join('web', file)),
      ),
  )
  assert.deepEqual(fetching, [join('core', 'client.ts')])
  assert.match(read('web/core/client.ts'), /credentials: 'omit',\n\s+referrerPolicy: 'no-referrer'/)
})

test('nothing is kept but by the store', () => {
  assert.doesNotMatch(sources, /document\.cookie|indexedDB|caches\.|serviceWorker/)
  const touching = [...sources.matchAll(/\b(?:local|session)Storage\b/g)]
  assert.equal(touching.length, 2, 'both in boxOf()')
})
