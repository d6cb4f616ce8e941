import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { handOffOf } from '../../web/core/handoff.ts'
import { COMMANDS, EVENTS } from '../../web/widget/events.ts'
import { root } from '../helpers/root.ts'
import { REPORT } from '../helpers/stub-server.ts'

const read = (path: string) => readFileSync(join(root, path), 'utf8')
const readme = read('web/README.md')
const element = read('web/ui/element.ts')
const ui = readdirSync(join(root, 'web/ui'))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(join(root, 'web/ui', file), 'utf8'))
  .join('\n')

/** The first cells of the table under a heading. */
function documented(heading: string): string[] {
  const section = readme.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? ''
  return [...section.matchAll(/^\| `(\w+)/gm)].map(([, name]) => name ?? '').sort()
}

const found = (text: string, pattern: RegExp): string[] =>
  [...new Set([...text.matchAll(pattern)].map(([, name]) => name ?? ''))].sort()

test('every event is documented, and nothing else is', () => {
  assert.deepEqual(documented('Events'), [...EVENTS].sort())
  assert.deepEqual(found(ui, /\bemit\('(\w+)'/g), [...EVENTS].sort())
})

test('every attribute is documented, and nothing else is', () => {
  assert.deepEqual(
    documented('Attributes'),
    [...new Set([...found(element, /(?:get|has)Attribute\('([\w-]+)'\)/g), 'theme'])].sort(),
  )
})

test('every method is documented, and nothing else is', () => {
  const methods = found(element, /^ {2}(?:async )?([a-z]\w+)\([^)]*\): (?:void|Promise<void>) \{/gm)
  const own = methods.filter((name) => !name.endsWith('Callback'))
  assert.deepEqual(documented('Methods'), own)
  assert.deepEqual([...COMMANDS, 'destroy'].sort(), own)
})

test('every property is documented, and nothing else is', () => {
  assert.deepEqual(documented('Properties'), found(element, /^ {2}set (\w+)\(/gm))
})

test('every fact that goes to the helpdesk is documented, and nothing else is', () => {
  const listed = /"facts": \{([^}]*)\}/.exec(readme)?.[1] ?? ''
  const { facts } = handOffOf(
    { report: REPORT, diagnosis: null, conversation: [], locale: 'en', context: {} },
    undefined,
    { contact: '', note: '' },
  )
  assert.deepEqual(found(listed, /"(\w+)"/g), Object.keys(facts).sort())
})

test('every example that the list names is there, and the list names every example', () => {
  const list = read('examples/README.md')
  const pages = readdirSync(join(root, 'examples')).filter((file) => file.endsWith('.html'))
  assert.deepEqual(found(list, /^\| `([\w-]+\.html)`/gm), pages.sort())
  for (const page of pages) assert.ok(existsSync(join(root, 'examples', page)))
})
