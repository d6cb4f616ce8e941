import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { withSettings } from '../scripts/settings.ts'
import { root } from './helpers/root.ts'

const readme = readFileSync(join(root, 'README.md'), 'utf8')

test('the README lists every setting as the server checks it, and no other (npx tsx scripts/settings.ts)', () => {
  assert.equal(withSettings(readme), readme)
})

test('the documents point to files that exist', () => {
  const documents = [
    'README.md',
    'CHANGELOG.md',
    'docs/design.md',
    'docs/handoff.md',
    'docs/own-kb.md',
    'kb/README.md',
    'web/README.md',
  ]
  const dead = documents.flatMap((file) => {
    const folder = join(root, file, '..')
    return [...readFileSync(join(root, file), 'utf8').matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)]
      .map(([, target]) => target as string)
      .filter((target) => target.includes('.') && !existsSync(join(folder, target)))
      .map((target) => `${file}: ${target}`)
  })
  assert.deepEqual(dead, [])
})

test('the README names every command of package.json that is for people', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const forPeople = [
    'start',
    'test',
    'ingest',
    'cli',
    'check',
    'eval',
    'bench',
    'score',
    'screenshots',
  ]
  for (const name of forPeople) {
    assert.ok(name in scripts, `no script ${name}`)
    assert.match(readme, new RegExp(`npm (run (--silent )?)?${name}\\b`))
  }
})
