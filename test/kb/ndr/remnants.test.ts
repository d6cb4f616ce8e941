import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseText } from '../../../kb/ndr/index.ts'
import { parseMail } from '../../../kb/ndr/mail.ts'

test('the code of a filter alone is about a refusal', () => {
  for (const text of ['AS(7555)', 'what is [AS(1430)]?', '(AS(7555))']) {
    assert.equal(parseText(text).kind, 'failure', text)
  }
  assert.equal(parseText('This is as (7555) people know').kind, 'none')
})

const NOTICE = `{"Type":"Notification","Message":"{\\"notificationType\\":\\"Bounce\\",\\"bounce\\":
{\\"bounceType\\":\\"Permanent\\",\\"bouncedRecipients\\":[{\\"emailAddress\\":\\"user@example.org\\",
\\"action\\":\\"failed\\",\\"status\\":\\"5.1.1\\",\\"diagnosticCode\\":\\"smtp; 550 5.1.1 user
unknown\\"}]}}"}

--
If you wish to stop receiving notifications, follow the link below.`

test('a notification in JSON is read though a mail client wrapped its lines', () => {
  const { kind, layout, recipients } = parseText(NOTICE)
  assert.equal(kind, 'failure')
  assert.equal(layout, 'webhook')
  assert.equal(recipients[0]?.finalRecipient, 'user@example.org')
  assert.equal(recipients[0]?.enhancedStatusCode, '5.1.1')
  assert.equal(recipients[0]?.diagnosticCode, '550 5.1.1 user unknown')
  assert.equal(recipients[0]?.reason, 'userunknown')
})

const dated = (arrival: string, report: string) => `From: MAILER-DAEMON@mx.example.com
Date: ${report}
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.com
Arrival-Date: ${arrival}

Final-Recipient: rfc822; user@example.org
Action: failed
Status: 5.1.1

--b--
`

test('clocks may differ by minutes, not by an hour', () => {
  const at = (time: string) => `Tue, 24 Nov 2026 ${time} +0000`
  const signs = (arrival: string, report: string) => parseMail(dated(at(arrival), at(report))).signs
  assert.ok(!signs('10:00:09', '10:00:00').includes('impossible-times'))
  assert.ok(signs('11:00:00', '10:00:00').includes('impossible-times'))
})
