/** One line of a refusal, without a code and without a report around it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseText } from '../../../kb/ndr/index.ts'

test('the words of a refusal are enough', () => {
  for (const [text, reason, permanent] of [
    ['bob@example.org Unrouteable address', 'hostunknown', true],
    ['Relay access denied', 'norelaying', true],
    ['Mailbox full', 'mailboxfull', null],
    ["Can't send. a to b: 550 no such user", 'userunknown', true],
  ] as const) {
    const { kind, recipients } = parseText(text)
    assert.equal(kind, 'failure', text)
    assert.equal(recipients[0]?.reason, reason, text)
    assert.equal(recipients[0]?.permanent, permanent, text)
  }
})

test('a person who speaks of a refusal pastes none', () => {
  for (const text of [
    'she says my mailbox is full',
    'what does relay access denied mean?',
    'The parcel was refused, the letter box is full',
  ])
    assert.equal(parseText(text).kind, 'none', text)
})

test('the address is read where blanks stand around its sign, or where nothing but a cause follows', () => {
  const of = (text: string) => parseText(text).recipients.map((one) => one.finalRecipient)
  assert.deepEqual(of('550 5.1.1 User unknown\nbob @ example.org'), ['bob@example.org'])
  assert.deepEqual(of('bob@example.org Unrouteable address'), ['bob@example.org'])
  assert.deepEqual(of('Sender address rejected: ann@example.com'), [null])
})

test("Exchange's own line names the server that refused", () => {
  for (const line of [
    "mx.example.org\nRemote Server returned '550 5.1.1 User unknown'",
    'mx.example.org #550 5.1.1 User unknown ##',
  ]) {
    const text = `Diagnostic information for administrators:\n\nGenerating server: ex1.example.com\n\nbob@example.org\n${line}\n`
    assert.equal(parseText(text).recipients[0]?.remoteMta, 'mx.example.org', line)
  }
})

test("a line of qmail's log is read with its underscores", () => {
  const [one] = parseText(
    '<bob@example.org>:\n192.0.2.7_does_not_like_recipient./Remote_host_said:_550_5.1.1_No_such_user/Giving_up_on_192.0.2.7./',
  ).recipients
  assert.deepEqual([one?.replyCode, one?.enhancedStatusCode], [550, '5.1.1'])
})
