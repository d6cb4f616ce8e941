import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diagnose } from '../../kb/diagnose/index.ts'
import { parseText } from '../../kb/ndr/index.ts'
import type { Fact } from '../../kb/types.ts'
import { genuineArticles } from '../../server/answer/replies/doubt.ts'
import { fateOf } from '../../server/answer/say/verdict.ts'
import type { Turn } from '../../server/answer/turn.ts'

const fact = (name: string, value: string): Fact => ({ name, value, from: 'person' })
const GREYLISTED = parseText('451 4.7.1 <bob@example.org>: Greylisting in action')
const STALE = parseText(`Generating server: mbx.example.com
IMCEAEX-_O=EXAMPLE_OU=ADMIN_CN=RECIPIENTS_CN=bob@example.com
#550 5.1.1 RESOLVER.ADR.ExRecipNotFound; not found ##`)
const STRANGE = parseText('550 5.1.1 <bob@example.org>: user unknown')

/** As much of a turn as tells whether one's own mail is meant. */
const saying = (own: string, report = STRANGE) =>
  ({ own, report, diagnosis: diagnose(report) }) as unknown as Turn

test('what a program that tries once was told "not now" did not arrive', () => {
  assert.match(fateOf(GREYLISTED), /^Not yet/)
  assert.match(fateOf(GREYLISTED, [fact('senderRetries', 'no')]), /^No\./)
  assert.match(fateOf(GREYLISTED, [fact('senderRetries', 'yes')]), /^Not yet/)
})

test('mail that nobody here wrote is backscatter', () => {
  assert.ok(genuineArticles(saying('I never wrote to him')).includes('backscatter'))
})

test('an invitation is a mail that one wrote oneself', () => {
  const found = genuineArticles(saying('I just declined an invitation and wrote to nobody'))
  assert.deepEqual(found, ['meeting-only-failures', 'orphaned-delegate'])
})

test('where one’s own system is surely the cause, nobody else used the address', () => {
  assert.deepEqual(genuineArticles(saying('I did not write to this address', STALE)), [])
})
