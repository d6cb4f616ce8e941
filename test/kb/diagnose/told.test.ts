import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { CAUSES } from '../../../kb/diagnose/data.ts'
import { diagnose, readFacts } from '../../../kb/diagnose/index.ts'
import { stepsFor } from '../../../kb/diagnose/steps.ts'
import { parseText } from '../../../kb/ndr/index.ts'

const FULL = `<bob@example.org>: host mx.example.org[192.0.2.10] said: 552 5.2.2 Mailbox full
    (in reply to RCPT TO command)`
const GREYLISTED = '451 4.7.1 <bob@example.org>: Recipient address rejected: Greylisting in action'
const QMAIL = `Hi. This is the qmail-send program at mail.example.net.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<bob@example.net>:
Sorry, no mailbox here by that name. (#5.1.1)`

/** What is advised on a report after these words of the person. */
const after = (report: string, ...told: readonly string[]) => {
  const found = diagnose(
    parseText(report),
    told.flatMap((text) => readFacts(text)),
  )
  assert.ok(found)
  return { ...found, steps: found.nextSteps.sender.join('\n') }
}

describe('what the person told changes what is advised', () => {
  test('who was told need not be told again', () => {
    assert.match(after(FULL).steps, /Phone the person/)
    const told = after(FULL, 'I called her this morning').steps
    assert.doesNotMatch(told, /Phone the person/)
    assert.match(told, /their turn/)
    assert.equal(after(FULL, 'I told her yesterday').steps, told)
    assert.equal(after(FULL, 'somebody told me that I called them').steps, after(FULL).steps)
  })

  test('room that was made is to be used', () => {
    const told = after(FULL, 'I called her', 'she bought more storage').steps
    assert.doesNotMatch(told, /mailbox is full\.|their turn/)
    assert.match(told, /^Send it again now/)
  })

  test('several things that were tried are all remembered', () => {
    const { steps } = after(FULL, 'she emptied the deleted items', 'I called her')
    assert.match(steps, /^Send it again now/)
  })

  test('in a mailbox of our own, our own admin acts', () => {
    const { actors, steps } = after(FULL, 'that is our own shared mailbox')
    assert.deepEqual(actors, ['sender-admin'])
    assert.match(steps, /^The mailbox or group belongs to your own organisation/)
    assert.doesNotMatch(steps, /Phone/)
  })

  test('"not now" is the end for a program that tries once', () => {
    assert.equal(after(GREYLISTED).resend, 'wait')
    const told = after(GREYLISTED, 'our shop never retries')
    assert.equal(told.causes[0]?.id, 'sender-never-retries')
    assert.notEqual(told.resend, 'wait')
    assert.doesNotMatch(`${told.summary} ${told.steps}`, /keeps trying|tries again by itself|Wait/)
  })

  test('mail that one never sent is no matter of the address', () => {
    const told = after(QMAIL, 'I never wrote to any of these people')
    assert.equal(told.causes[0]?.id, 'backscatter-forged-sender')
    assert.doesNotMatch(told.steps, /letter by letter/)
  })

  test('an accepted meeting is a mail of one’s own', () => {
    const told = after(QMAIL, 'I only accepted a meeting, I did not write to anybody')
    assert.notEqual(told.causes[0]?.id, 'backscatter-forged-sender')
  })
})

test('words of DNS lead to the domain, not to the connection', () => {
  const { causes } = after(
    'Exchange 2010, last error: 451 4.4.0 DNS query failed. The error was: SMTPSEND.DNS.NonExistentDomain; nonexistent domain',
  )
  assert.match(causes[0]?.id ?? '', /domain/)
  assert.ok(
    !causes.some(({ id, likelihood }) => id === 'exchange-cannot-connect' && likelihood > 0.1),
  )
})

test('an old AOL refusal is none of a domain without mail', () => {
  for (const words of ['(CON:B1)', 'AOL will not accept delivery of this message. (DMARC:FAIL)'])
    assert.notEqual(after(`521 5.2.1 : ${words}`).causes[0]?.articleId, 'null-mx', words)
})

test('T-Online’s words for unknown servers lead to its article', () => {
  const { causes } = after(
    '554 IP=203.0.113.5 - None/bad reputation. Ask your postmaster for help or to contact postmaster@rx.t-online.de for reset. (NOWL)',
  )
  assert.equal(causes[0]?.articleId, 't-online-refused')
})

test('a step shows its condition nowhere', () => {
  for (const cause of CAUSES)
    for (const step of [...stepsFor(cause, 'failure').sender, ...stepsFor(cause, 'failure').admin])
      assert.equal(typeof step, 'string')
})
