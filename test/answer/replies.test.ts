import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { longestWait, readHops } from '../../server/answer/tools/hops.ts'
import { readTracking } from '../../server/answer/tools/tracking.ts'
import { topicOf } from '../../server/answer/topics.ts'
import { isYesNo } from '../../server/answer/yes-no-form.ts'

describe('a question for yes or no', () => {
  test('has its verb first, or is a guess with a question mark', () => {
    for (const text of [
      'is the mail lost?',
      'so her mailbox is full?',
      'will it go through when they have made room?',
      'access denied means they blocked us, no?',
      'did it get stuck as spam',
    ])
      assert.ok(isYesNo(text), text)
  })

  test('asks for a fact, not for a way or for leave', () => {
    for (const text of [
      'why is it full?',
      'is there a way to unblock us?',
      'can I send it again?',
      'is it full or blocked?',
      'the mailbox is full',
    ])
      assert.ok(!isYesNo(text), text)
  })

  test('the thing asked about is told from its words', () => {
    assert.deepEqual(topicOf('so her mailbox is full?')?.reasons, ['mailboxfull'])
    assert.deepEqual(topicOf('is their server full')?.reasons, ['systemfull'])
    assert.ok(topicOf('is the address wrong')?.reasons.includes('userunknown'))
    assert.equal(topicOf('is it raining'), undefined)
  })
})

describe('the stations of a mail', () => {
  const headers = [
    'Received: from mx.example.com by store.example.com with LMTP; Tue, 14 May 2024 13:45:10 +0200',
    'Received: from mail.example.org (mail.example.org [198.51.100.7])',
    '\tby mx.example.com with ESMTPS; Tue, 14 May 2024 13:45:08 +0200',
    'Received: from pc12 by mail.example.org with ESMTPSA; Tue, 14 May 2024 08:11:02 +0000 (UTC)',
  ].join('\n')

  test('are read oldest first, and the longest wait lies between the two it passed', () => {
    const wait = longestWait(readHops(headers))
    assert.equal(wait?.from.server, 'mail.example.org')
    assert.equal(wait?.to.server, 'mx.example.com')
    assert.equal(wait?.waited, '3 h 34 min')
  })

  test('without two of them, or with clocks that go backwards, tell of no wait', () => {
    assert.equal(longestWait(readHops('Received: by a.example; nonsense')), undefined)
    const back = [
      'Received: by b.example.com; Tue, 14 May 2024 10:00:00 +0000',
      'Received: by a.example.com; Tue, 14 May 2024 11:00:00 +0000',
    ].join('\n')
    assert.equal(longestWait(readHops(back)), undefined)
  })
})

test('of a printed tracking table the last event counts', () => {
  const table = [
    '5/14/2024 10:11:02   RECEIVE   STOREDRIVER  eva@example.org  {bob@example.com}   Offer  {}',
    '5/14/2024 10:11:03   SEND      SMTP         eva@example.org  {bob@example.com}   Offer  {250 OK}',
  ].join('\n')
  assert.equal(readTracking(table)?.event, 'SEND')
})
