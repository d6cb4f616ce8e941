import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CAUSES } from '../../../kb/diagnose/data.ts'
import { refusedBy } from '../../../kb/diagnose/facts.ts'
import { diagnose } from '../../../kb/diagnose/index.ts'
import { stepsFor } from '../../../kb/diagnose/steps.ts'
import { parseText } from '../../../kb/ndr/index.ts'
import type { Diagnosis } from '../../../kb/types.ts'

function diagnosed(text: string): Diagnosis {
  const diagnosis = diagnose(parseText(text))
  assert.ok(diagnosis, text)
  return diagnosis
}
const lead = (text: string): string | undefined => diagnosed(text).causes[0]?.id

test('wording is believed rather than the code beside it', () => {
  const cases: readonly (readonly [string, string])[] = [
    [
      '550 5.4.6 Unusual sending activity detected. Please try later.',
      'own-account-sending-stopped',
    ],
    ['554 5.1.8 Email Outgoing Blocked', 'own-account-sending-stopped'],
    ['552 5.2.2 Mailbox size limit exceeded', 'mailbox-full-recipient'],
    ['550 4.7.500 Transport rule evaluation timed out', 'exchange-online-rule-scan-timeout'],
    ['550 5.7.0 Email rejected per SPF policy', 'spf-record-incomplete'],
    ['550 5.1.6 Recipient no longer on server', 'recipient-left'],
    ['550 SMTP AUTH is required', 'sign-in-missing-or-wrong'],
    ['550 Your outgoing mail has been suspended.', 'own-account-sending-stopped'],
    ['554 5.6.0 STOREDRV.Deliver.Exception:ConversionFailedException', 'exchange-content-invalid'],
    ['530 5.7.0 Must issue a STARTTLS command first', 'encryption-demanded-first'],
    [
      '421 4.3.2 number of concurrent connections has exceeded a limit',
      'too-many-parallel-connections',
    ],
  ]
  for (const [text, cause] of cases) assert.equal(lead(text), cause, text)
})

test('what only Microsoft means is not said where nothing names Microsoft', () => {
  for (const text of ['452 4.5.3 Too many recipients', '552 message too large for this recipient'])
    assert.doesNotMatch(lead(text) ?? '', /exchange/, text)
})

test('an answer that Exchange passes on is judged by its own words', () => {
  const report = `Your message did not reach some or all of the intended recipients.

      Subject:  Offer
      Sent:     3/5/2010 9:14 AM

The following recipient(s) could not be reached:

      bob@example.com on 3/5/2010 9:14 AM
            There was a SMTP communication problem with the recipient's email server.
            <mail.example.org #5.5.0 smtp;554 5.7.1 This matches a profile the Internet community may consider spam.>`
  const { summary, reason, actors } = diagnosed(report)
  assert.equal(reason, 'spamdetected')
  assert.match(summary, /spam/)
  assert.ok(actors.includes('sender'))
})

const FINAL = `This is the mail system at host mail.example.org.

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients. It's attached below.

<anna@example.com>: host mx.example.com[192.0.2.1] said: 452 4.3.1 Insufficient
    system storage (in reply to MAIL FROM command)`

test('a final report that quotes a temporary answer is not waited for', () => {
  const { nextSteps, resend } = diagnosed(FINAL)
  assert.notEqual(resend, 'wait')
  assert.match(nextSteps.sender.join('\n'), /send (?:it|the message) (?:again|once more)/i)
  for (const step of nextSteps.sender) assert.doesNotMatch(step, /by itself/)
})

test('the same answer alone is put off, and says what for', () => {
  const { nextSteps, summary } = diagnosed('452 4.3.1 Insufficient system storage')
  assert.match(summary, /not lost/)
  assert.match(summary, /space/)
  assert.match(nextSteps.sender.join('\n'), /^Wait/)
})

test('no step of any cause promises another try after a final report, nor shows its mark', () => {
  for (const cause of CAUSES) {
    const failed = stepsFor(cause, 'failure')
    assert.doesNotMatch(failed.sender.join('\n'), /(?:tried|sent|tries) again by itself/, cause.id)
    for (const kind of ['failure', 'delay', 'none', undefined] as const)
      for (const step of stepsFor(cause, kind).sender)
        assert.doesNotMatch(step, /^(?:delayed|final):/, cause.id)
    if (cause.steps.sender.length > 0) assert.ok(failed.sender.length > 0, cause.id)
  }
})

test('a code without words is said to be the likeliest reading only', () => {
  assert.match(diagnosed('#5.4.1').summary, /^Most likely: /)
})

test('a code that is used for every refusal makes no headline of its own', () => {
  const { summary } = diagnosed('554 5.7.1 Refused')
  assert.doesNotMatch(summary, /login|permission/)
})

test('an answer behind an arrow is that of the other side', () => {
  const report = parseText(`Delivery has failed to these recipients or groups:

Bob (bob@example.com)
Your message couldn't be delivered.

Diagnostic information for administrators:

Generating server: AM0PR01MB1234.eurprd01.prod.exchangelabs.com

bob@example.com
Remote Server returned '550 5.0.350 Remote server returned an error -> 554 5.7.1 Service unavailable; Client host [198.51.100.7] blocked using bl.spamcop.net'`)
  const [one] = report.recipients
  assert.ok(one)
  assert.equal(refusedBy(report, one), 'other')
})
