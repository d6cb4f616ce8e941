import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { webhook } from '../../server/handoff/adapters/webhook.ts'
import { TARGETS } from '../../server/handoff/settings.ts'
import { root } from '../helpers/root.ts'
import { target, ticket } from './cases.ts'

const text = readFileSync(join(root, 'docs/handoff.md'), 'utf8')

test('the example that checks a signature, as printed, takes ours and no other', async () => {
  const code = /```js\n(.*?)```/s.exec(text)?.[1] ?? ''
  const { isGenuine } = await import(`data:text/javascript,${encodeURIComponent(code)}`)
  const now = 1_700_000_000
  const { headers, body } = webhook(ticket, target, now)
  const signature = headers['bouncewise-signature']
  assert.equal(isGenuine(target.secret, signature, body, now + 10), true)
  assert.equal(isGenuine(target.secret, signature, `${body} `, now), false)
  assert.equal(isGenuine('another secret', signature, body, now), false)
  assert.equal(isGenuine(target.secret, signature, body, now + 301), false)
  assert.equal(isGenuine(target.secret, undefined, body, now), false)
})

test('every target is documented', () => {
  for (const kind of TARGETS.filter((one) => one !== 'off')) {
    assert.ok(text.includes(`| \`${kind}\` |`), kind)
  }
})
