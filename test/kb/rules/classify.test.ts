import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { classify } from '../../../kb/ndr/classify.ts'
import { findRule, RULE_FILES } from '../../../kb/ndr/rules.ts'
import { REASONS } from '../../../kb/schema.ts'
import { inputOf } from './input.ts'

const reasonOf = (said: string | null, more = {}) => classify(inputOf(said, more)).reason

test('the host that refused tells whose words they are', () => {
  const said = '550 Requested action not taken: mailbox unavailable'
  const refused = classify(inputOf(said, { remoteMta: 'mx00.gmx.net' }))
  assert.equal(refused.provider, 'gmx')
  assert.equal(refused.rule, 'gmx.unavailable')
})

test('a host whose name only ends in the same letters is nobody', () => {
  assert.equal(classify(inputOf('550 no', { remoteMta: 'mx.notgmx.net' })).provider, null)
})

test('wording that only one provider uses names it where no host is told', () => {
  const said = '550-5.7.26 ... the sender is unauthenticated. Gmail requires all senders to'
  assert.equal(classify(inputOf(said)).provider, 'gmail')
})

test('the address tells the provider where neither host nor wording does', () => {
  const more = { finalRecipient: 'user@docomo.ne.jp' }
  assert.equal(classify(inputOf('550 Unknown user user@docomo.ne.jp', more)).provider, 'docomo')
})

test('the words are believed rather than the code', () => {
  assert.equal(reasonOf('550 5.1.1 Your mailbox is full'), 'mailboxfull')
  assert.equal(reasonOf('550 5.7.1 <user@example.net>... User unknown'), 'userunknown')
})

test('the same code means what its provider means by it', () => {
  assert.equal(reasonOf('550 5.7.30'), 'securityerror')
  assert.equal(reasonOf('550 5.7.30', { remoteMta: 'gmail-smtp-in.l.google.com' }), 'authfailure')
  assert.equal(reasonOf('550 5.4.1', { remoteMta: 'a.mail.protection.outlook.com' }), 'userunknown')
})

test('without words the enhanced code decides, then the reply code', () => {
  assert.equal(reasonOf('550 5.2.2'), 'mailboxfull')
  assert.equal(reasonOf('552'), 'mailboxfull')
  assert.equal(reasonOf('550'), 'onhold')
})

test('a refusal without words before any recipient was named is about host or sender', () => {
  assert.equal(reasonOf('550 Rejected', { command: 'EHLO' }), 'blocked')
  assert.equal(reasonOf('550 5.0.0 Rejected', { command: 'MAIL' }), 'rejected')
})

test('what is still being tried is late, unless the words say why', () => {
  assert.equal(reasonOf(null, { kind: 'delay' }), 'expired')
  assert.equal(reasonOf('452 4.2.2 Mailbox full', { kind: 'delay' }), 'mailboxfull')
})

test('the report for people is read where the diagnostic says nothing', () => {
  const text = 'The e-mail account does not exist at the organization this message was sent to.'
  assert.equal(reasonOf(null, { text }), 'userunknown')
})

test('nothing said is undefined, and something unknown is on hold', () => {
  assert.equal(reasonOf(null), 'undefined')
  assert.equal(reasonOf('550 Zzz'), 'onhold')
})

test('what is not a failure has its own reason whatever the text says', () => {
  assert.equal(reasonOf('550 User unknown', { kind: 'success' }), 'delivered')
  assert.equal(reasonOf('mailbox full', { kind: 'auto-reply' }), 'vacation')
  assert.equal(reasonOf('user unknown', { kind: 'complaint' }), 'feedback')
})

test('a greylisting notice is not called a missing user', () => {
  const said = '450 4.2.0 <user@example.net>: Recipient address rejected: Greylisted'
  assert.equal(reasonOf(said), 'blocked')
})

test('the closing words of qmail say nothing about the cause', () => {
  const said = '192.0.2.1 does not like recipient. Remote host said: 550 no Giving up on 192.0.2.1.'
  assert.equal(reasonOf(said), 'onhold')
})

test('a code that is final in spite of its class is said to be final', () => {
  const said = '421 4.7.1 [TS03] All messages from 192.0.2.1 will be permanently deferred'
  assert.equal(classify(inputOf(said)).permanent, true)
})

test('any text gets a reason of the vocabulary, and a rule that exists', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (said, text) => {
      const { reason, rule } = classify(inputOf(said, { text }))
      assert.ok(REASONS.includes(reason))
      assert.ok(rule === null || findRule(rule))
    }),
  )
})

test('a megabyte of the worst words is judged in a moment', () => {
  const said = RULE_FILES.flatMap((file) => file.rules.flatMap((rule) => rule.phrases.slice(0, 1)))
  const much = said.join(' ').repeat(60)
  assert.ok(much.length > 1e6)
  classify(inputOf('550 no')) // the rules are indexed when they are first asked
  const from = performance.now()
  classify(inputOf(much, { text: much }))
  // a tenth of a second on a quiet machine
  assert.ok(performance.now() - from < 3000)
})
