import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diagnose } from '../../../kb/diagnose/index.ts'
import { parseText } from '../../../kb/ndr/index.ts'
import { cardOf } from '../../../web/core/card.ts'

test('too many recipients is answered by fewer, never by a smaller message', () => {
  const report = parseText(
    '<ann@example.org>: host mx.example.org[192.0.2.7] said: 552 Too many recipients (in reply to RCPT TO command)',
  )
  const diagnosis = diagnose(report)
  assert.equal(diagnosis?.resend, 'fewer')
  assert.equal(cardOf(report, diagnosis)?.resend, 'fewer')
})
