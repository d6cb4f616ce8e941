import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readReport } from '../../../kb/ndr/read.ts'
import { writeMsg } from '../../helpers/msg.ts'

const DSN = `Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; ann@example.org
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <ann@example.org>: User unknown
`

/** A bounce from outside, as Outlook saves it: its machine-readable part is an attachment. */
const OUTSIDE = writeMsg({
  '__substg1.0_001A001F': 'IPM.Note',
  '__substg1.0_0037001F': 'Undelivered Mail Returned to Sender',
  '__substg1.0_007D001F':
    'From: MAILER-DAEMON@mx.example.net\r\nSubject: Undelivered Mail Returned to Sender\r\nContent-Type: multipart/report\r\n',
  '__substg1.0_1000001F':
    'This is the mail system at host mx.example.net.\r\nYour message could not be delivered.',
  '__attach_version1.0_#00000000': {
    '__substg1.0_370E001F': 'message/delivery-status',
    '__substg1.0_37010102': Buffer.from(DSN),
  },
})

/** Exchange's own report has no body: its words stand with the recipients. */
const OWN = writeMsg({
  '__substg1.0_001A001F': 'REPORT.IPM.Note.NDR',
  '__substg1.0_0049001F': 'Offer',
  '__recip_version1.0_#00000000': {
    '__substg1.0_3001001F': 'Kim Partner',
    '__substg1.0_39FE001F': 'kim@partner.example',
    '__substg1.0_1001001F': 'Could not deliver the message in the time limit specified.',
    '__substg1.0_0C1B001F': '<mail.office.example #4.4.7>',
  },
})

test('a bounce saved out of Outlook is read from its attachment', () => {
  const report = readReport(OUTSIDE)
  assert.equal(report.kind, 'failure')
  assert.deepEqual(
    report.recipients.map((one) => [
      one.finalRecipient,
      one.enhancedStatusCode,
      one.replyCode,
      one.reason,
    ]),
    [['ann@example.org', '5.1.1', 550, 'userunknown']],
  )
})

test("Exchange's own report is read from the properties of its recipients", () => {
  const report = readReport(OWN)
  assert.equal(report.kind, 'failure')
  assert.equal(report.subject, 'Offer')
  assert.deepEqual(
    report.recipients.map((one) => [one.finalRecipient, one.enhancedStatusCode, one.reason]),
    [['kim@partner.example', '4.4.7', 'expired']],
  )
})

test('a damaged file never throws', () => {
  fc.assert(
    fc.property(
      fc.nat(OUTSIDE.length - 1),
      fc.nat(255),
      fc.nat(OUTSIDE.length),
      (at, byte, length) => {
        const bytes = Buffer.from(OUTSIDE)
        bytes[at] = byte
        readReport(bytes.subarray(0, length))
        readReport(bytes)
      },
    ),
    { numRuns: 300 },
  )
})
