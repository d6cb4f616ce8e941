import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parseText } from '../../kb/ndr/index.ts'
import { audienceOf } from '../../server/answer/audience.ts'
import { readConversation } from '../../server/answer/conversation.ts'

const toldBy = (...said: readonly string[]) =>
  audienceOf(
    readConversation(
      said.map((content) => ({ role: 'user' as const, content })),
      parseText,
    ),
  )

describe('who is talking', () => {
  test('a line of a server log is pasted by whoever runs the server', () => {
    for (const text of [
      'postfix/smtp[143]: BB48359B: to=<ed@example.com>, relay=none, delay=151, dsn=4.4.1, status=deferred (connect to mx.example.com[192.0.2.53]:25: Connection timed out)',
      'NOQUEUE: reject: RCPT from unknown[203.0.113.94]: 451 4.3.0 <a@example.org>: Temporary lookup failure; from=<a@example.org> to=<t@example.com> proto=ESMTP',
      "2024-05-13 09:11:02 1s6QxY-0003Yl-2B == bob@example.com R=dnslookup T=remote_smtp defer (-53): retry time not reached for any host for 'example.com'",
    ])
      assert.equal(toldBy(text), 'admin', text)
  })

  test('so is the trace of a program', () => {
    for (const text of [
      "Error: connect ECONNREFUSED 127.0.0.1:587\n    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1494:16) { code: 'ESOCKET' }",
      "smtplib.SMTPRecipientsRefused: {'bob@example.com': (550, b'5.7.1 Relaying denied')}",
      'Net::SMTPFatalError: 554 5.7.1 <noreply@example.com>: Sender address rejected: Access denied',
    ])
      assert.equal(toldBy(text), 'admin', text)
  })

  test('words about an own set-up beside a paste tell it too', () => {
    assert.equal(
      toldBy('452 4.3.1 Insufficient system resources\nour Exchange 2016 stopped taking mail'),
      'admin',
    )
    assert.equal(
      toldBy('550 5.7.1 Unable to relay\non-prem app relays through our server'),
      'admin',
    )
  })

  test('a returned mail alone is pasted by the person who wrote it', () => {
    for (const text of [
      '550 5.1.1 <bob@example.org>: Recipient address rejected: User unknown\nwhat did I do wrong?',
      'This is the mail system at host mail.example.com.\n\n<bob@example.org>: host mx.example.org[192.0.2.1] said: 550 5.1.1 User unknown (in reply to RCPT TO command)',
      'why did my mail to a customer come back?',
    ])
      assert.equal(toldBy(text), 'sender', text)
  })
})
