/** Reports in which recipients met different fates. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diagnose } from '../../../kb/diagnose/index.ts'
import { parseText } from '../../../kb/ndr/index.ts'

const TWO = `This is the mail system at host mail.example.com.

<ann@example.org>: host mx.example.org[192.0.2.1] said: 550 5.1.1
    <ann@example.org>: Recipient address rejected: User unknown (in reply to RCPT TO command)

<bob@example.net>: delivery temporarily suspended: 451 4.4.7 Message expired: connect to
    mx.example.net[198.51.100.7]:25: Connection timed out`

test('each recipient is judged by what the report says of them', () => {
  const diagnosis = diagnose(parseText(TWO))
  assert.match(
    diagnosis?.summary ?? '',
    /^ann@example\.org: .*no such mailbox.* bob@example\.net: /,
  )
  assert.doesNotMatch(
    diagnosis?.causes.map(({ id }) => id).join(' ') ?? '',
    /queue|expired|timeout/,
  )
})

test('what is final for one and not for another is not called final', () => {
  assert.equal(diagnose(parseText(TWO))?.permanent, null)
  const alike = TWO.replace(/451 4\.4\.7[\s\S]*/, '550 5.2.2 <bob@example.net>: Mailbox full')
  assert.equal(diagnose(parseText(alike))?.permanent, true)
})
