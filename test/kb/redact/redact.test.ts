import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseText } from '../../../kb/ndr/index.ts'
import { createRedactor } from '../../../kb/ndr/redact.ts'

const NDR = `Delivery has failed to these recipients or groups:
Ann Example (ann.example@example.org)<mailto:ann.example@example.org>
The email address you entered couldn't be found.
Subject: Offer 4711 for Mr Smith

Diagnostic information for administrators:
Generating server: mail01.contoso.example.com
ann.example@example.org
mx.example.org #550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##

Original message headers:
Received: from pc7.contoso.example.com (10.1.2.3) by mail01.contoso.example.com (10.1.2.4)
From: Robert Sender <robert.sender@contoso.example.com>
To: Ann Example <ann.example@example.org>
Subject: Offer 4711 for Mr Smith
Message-ID: <abc123@mail01.contoso.example.com>`

test('nothing personal of a report is left in the text that leaves', () => {
  const redactor = createRedactor(parseText(NDR))
  const sent = redactor.redact(`${NDR}\nAsked: did Ann get it? I am Robert.`)
  for (const secret of [
    'ann.example',
    'robert.sender',
    'Ann',
    'Robert',
    '10.1.2.3',
    'pc7.',
    'mail01.',
    'abc123',
  ]) {
    assert.ok(!sent.includes(secret), `${secret} is still there:\n${sent}`)
  }
})

test('what tells the failure stays readable', () => {
  const sent = createRedactor(parseText(NDR)).redact(NDR)
  for (const kept of [
    '550 5.1.1',
    'RESOLVER.ADR.RecipNotFound',
    'Generating server',
    'could',
    'Delivery has failed',
  ]) {
    assert.ok(sent.includes(kept), `${kept} is gone`)
  }
})

test('equal things get equal stand-ins, and all come back', () => {
  const redactor = createRedactor(parseText(NDR))
  const sent = redactor.redact(NDR)
  assert.equal(redactor.restore(sent), NDR)
  assert.ok((sent.match(/ADDRESS_1\b/g) ?? []).length >= 2)
})

test('a stand-in that nobody gave out stays as it is', () => {
  assert.equal(createRedactor(null).restore('ADDRESS_99 and HOST_3'), 'ADDRESS_99 and HOST_3')
})

test('a version number of four parts beyond 255 is no IP address', () => {
  assert.equal(
    createRedactor(null).redact('id 15.20.7741.10 by 6.0.3790.4675'),
    'id 15.20.7741.10 by 6.0.3790.4675',
  )
})

test('restoring undoes redacting, whatever the text', () => {
  const report = parseText(NDR)
  const words = fc.constantFrom(
    'Ann',
    'ann.example@example.org',
    '10.1.2.3',
    'mail01.contoso.example.com',
    '550 5.1.1',
    ' ',
    '\n',
    'x@y.example',
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(words, fc.string()), { maxLength: 30 }), (parts) => {
      const text = parts.join('')
      fc.pre(!/(?:ADDRESS|NAME|HOST|SUBJECT|MESSAGE_ID|IP)_\d/.test(text))
      const redactor = createRedactor(report)
      // equal but for upper and lower case share one stand-in: the first spelling comes back
      assert.equal(redactor.restore(redactor.redact(text)).toLowerCase(), text.toLowerCase())
    }),
  )
})
