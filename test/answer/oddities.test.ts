import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { parseText } from '../../kb/ndr/index.ts'
import { answer } from '../../server/answer/index.ts'
import { openWhole, talk, type Whole } from '../helpers/whole.ts'

const REPORT = (headers: string, said: string) => `${headers}
This is the mail system at host mail.example.org.

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients. It's attached below.

${said}`
const UNKNOWN =
  '<bob@example.com>: host mx.example.com[192.0.2.25] said: 550 5.1.1 <bob@example.com>: User unknown'
const DSN = (rest: string) => `Reporting-MTA: dns; mail.example.org
${rest}`

describe('what is odd about a report is named', () => {
  let whole: Whole
  before(async () => {
    whole = await openWhole()
  })
  after(() => whole.close())

  const first = async (...turns: readonly string[]) => (await talk(whole, turns)).at(-1)

  test('a report for a mail that the person never sent: no panic, no resending', async () => {
    const result = await first(REPORT('', UNKNOWN), 'I never sent this mail')
    assert.match(result?.answer ?? '', /spammer|forged/)
    assert.ok(result?.citations.some(({ articleId }) => articleId === 'backscatter'))
  })

  test('a lure that pretends to be a bounce is not read as one', async () => {
    const lure = `From: Mail Delivery System <support@example.net>
Subject: 7 undelivered messages

Dear bob@example.org,

You have 7 pending messages that could not be delivered due to a storage error on the server.
Release your messages within 24 hours or they will be deleted:

https://mail-release.example.net/login?user=bob@example.org`
    assert.ok(parseText(lure).signs.includes('phishing-lure'))
    const [answered, after] = await talk(whole, [lure, 'I already clicked and typed my password'])
    assert.match(answered?.answer ?? '', /phish|fake|scam|do not click|not a real/i)
    assert.match(after?.answer ?? '', /password/i)
    assert.ok(after?.answered)
  })

  test('an out-of-office reply says that the mail arrived', async () => {
    const result = await first(`From: Bob <bob@example.com>
Subject: Automatic reply: Offer
Auto-Submitted: auto-replied

I am out of the office until Monday.`)
    assert.match(result?.answer ?? '', /Did it arrive\?\*\* Yes/)
    assert.match(result?.answer ?? '', /No need/)
    assert.doesNotMatch(result?.answer ?? '', /Who can fix it/)
  })

  test('a success notice is good news', async () => {
    const result = await first(
      DSN('\nFinal-Recipient: rfc822; anna@example.com\nAction: delivered\nStatus: 2.0.0'),
    )
    assert.match(result?.answer ?? '', /Did it arrive\?\*\* Yes/)
    assert.doesNotMatch(result?.answer ?? '', /What your mail admin can do/)
  })

  test('a report about a report is told from a lost mail', async () => {
    const result = await first(
      REPORT(
        'Subject: Postmaster Copy: Undelivered Mail',
        'This is a report about a delivery report that could not be delivered.\n\n<x@example.net>: host mx.example.net[192.0.2.99] said: 550 5.1.1 User unknown',
      ),
    )
    assert.equal(result?.diagnosis?.causes[0]?.articleId, 'report-about-a-report')
    assert.match(result?.answer ?? '', /Send it again\?\*\* No/)
  })

  const EXPIRED = (
    sent: string,
    given: string,
  ) => `Your message did not reach some or all of the intended recipients.

      Subject: Offer
      Sent: ${sent}

The following recipient(s) could not be reached:

      kim@example.com on ${given}
            Could not deliver the message in the time limit specified. Please retry or contact your administrator.
            < mail.example.org #4.4.7>`

  test('times that cannot be are named, and nothing is built on them', async () => {
    const [report, why] = await talk(whole, [
      EXPIRED('2/26/2011 11:44 AM', '2/24/2011 11:34 AM'),
      'how can it fail before I sent it?',
    ])
    assert.match(report?.answer ?? '', /times cannot be right/)
    assert.doesNotMatch(report?.answer ?? '', /That was \d/)
    assert.match(why?.answer ?? '', /clock|time zone/)
  })

  test('a few seconds of difference between two clocks are no oddity', async () => {
    const result = await first(
      DSN(`Arrival-Date: Mon, 3 Mar 2025 09:12:44 +0000
Date: Mon, 3 Mar 2025 09:12:41 +0000

Final-Recipient: rfc822; anna@example.com
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 User unknown`),
    )
    assert.doesNotMatch(result?.answer ?? '', /times cannot be right|Note/)
  })

  test("a refusal by one's own side is not put on the other side", async () => {
    const result = await first(
      'Delivery has failed to these recipients or groups:\n\nbob@example.com\n\nDiagnostic information for administrators:\n\nGenerating server: EX01.example.org\n\nbob@example.com\n#550 5.7.1 Unable to relay ##',
      'which server refused it?',
    )
    assert.match(
      result?.answer ?? '',
      /No server of the other side is named: `EX01\.example\.org`/i,
    )
  })

  test('a refused look-up is no listing, and "are we listed?" is not guessed', async () => {
    const refused = await first(
      REPORT(
        '',
        '<bob@example.com>: host mx.example.com[192.0.2.25] said: 554 5.7.1 Service unavailable; Client host [198.51.100.7] blocked using zen.spamhaus.org; Error: open resolver',
      ),
    )
    assert.match(refused?.answer ?? '', /not a listing/)
    const asked = await first(REPORT('', UNKNOWN), 'are we blacklisted?')
    assert.match(asked?.answer ?? '', /does not speak of a blocklist/)
    assert.doesNotMatch(asked?.answer ?? '', /server is not listed/)
  })

  test('one of several recipients is spoken of alone', async () => {
    const mixed = DSN(`
Final-Recipient: rfc822; anna@example.com
Action: delayed
Status: 4.4.1
Diagnostic-Code: smtp; 451 4.4.1 connection timed out

Final-Recipient: rfc822; bob@example.net
Action: failed
Status: 5.2.1
Diagnostic-Code: smtp; 550 5.2.1 account disabled`)
    const [whom, anna, bob] = await talk(whole, [mixed, 'shall I resend to anna?', 'and bob?'])
    assert.equal(whom?.diagnosis?.reason, 'suspend')
    assert.match(anna?.answer ?? '', /still trying/)
    assert.match(bob?.answer ?? '', /bob@example\.net/)
    assert.equal(bob?.diagnosis?.reason, 'suspend')
  })
})

test('a turn parses, diagnoses and embeds as often in a long talk as in a short one', async () => {
  const count = async (turns: number) => {
    const counts = { read: 0, retrieved: 0, embedded: 0, articles: 0 }
    const messages = [{ role: 'user' as const, content: REPORT('', UNKNOWN) }]
    for (let at = 1; at < turns; at++)
      messages.push(
        { role: 'assistant' as never, content: 'An answer.' },
        { role: 'user', content: at === turns - 1 ? 'zzz gibberish?' : 'is it my fault?' },
      )
    const deps = {
      read: (text: string) => {
        counts.read += 1
        return parseText(text)
      },
      retrieve: async () => {
        counts.retrieved += 1
        return { band: 'none', confidence: 0, passages: [] } as const
      },
      nearest: async () => {
        counts.embedded += 1
        return []
      },
      article: () => {
        counts.articles += 1
        return undefined
      },
    }
    for await (const _event of answer({ messages }, deps));
    return counts
  }
  assert.deepEqual(await count(50), await count(3))
  assert.equal((await count(50)).read, 1)
})
