import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { ChatAnswer } from '../../kb/types.ts'
import { answer } from '../../server/answer/index.ts'
import { withPaths } from '../../server/answer/links.ts'
import { openWhole, talk, type Whole } from '../helpers/whole.ts'

const POSTFIX = (said: string) => `This is the mail system at host mail.example.org.

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients. It's attached below.

<bob@example.com>: host mx.example.com[192.0.2.25] said: ${said}`

const REPORTS = {
  unknown: POSTFIX('550 5.1.1 <bob@example.com>: User unknown (in reply to RCPT TO command)'),
  full: POSTFIX('552 5.2.2 <bob@example.com>: Mailbox full (in reply to RCPT TO command)'),
  listed: POSTFIX(
    '554 5.7.1 Service unavailable; Client host [198.51.100.7] blocked using zen.spamhaus.org',
  ),
  large: POSTFIX('552 5.3.4 Message size exceeds fixed limit (in reply to MAIL FROM command)'),
  expired: `Your message did not reach some or all of the intended recipients.

      Subject: Offer
      Sent: 2/24/2011 11:44 AM

The following recipient(s) could not be reached:

      kim@example.com on 2/26/2011 11:34 AM
            Could not deliver the message in the time limit specified. Please retry or contact your administrator.
            < mail.example.org #4.4.7>`,
  exchange: `Delivery has failed to these recipients or groups:

bob@example.com
Your message couldn't be delivered.

Diagnostic information for administrators:

Generating server: AM0PR01MB1234.eurprd01.prod.exchangelabs.com

bob@example.com
Remote Server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient bob@example.com not found by SMTP address lookup'`,
} as const

/** Words that a reader reads: not what is quoted, a text to copy, or the question that the page shows as buttons. */
const words = (markdown: string): number =>
  markdown
    .replace(/```[\s\S]*?```/g, '')
    .replace(/^> .*$/gm, '')
    .replace(/^To narrow it down: .*$/gm, '')
    .replace(/\[\d+\]/g, '')
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word)).length

const textOf = (blocks: unknown): string => JSON.stringify(blocks)

describe('the first answer', () => {
  let whole: Whole
  before(async () => {
    whole = await openWhole()
  })
  after(() => whole.close())

  async function ask(content: string, audience: 'sender' | 'admin'): Promise<ChatAnswer> {
    for await (const event of answer({ messages: [{ role: 'user', content }], audience }, whole))
      if (event.type === 'done') return event.result
    throw new Error('no answer')
  }

  for (const [name, report] of Object.entries(REPORTS)) {
    test(`is short for the sender and no essay for the admin: ${name}`, async (t) => {
      const [sender, admin] = [await ask(report, 'sender'), await ask(report, 'admin')]
      t.diagnostic(`${name}: ${words(sender.answer)} and ${words(admin.answer)} words`)
      assert.ok(words(sender.answer) <= 150, `${words(sender.answer)} words for the sender`)
      assert.ok(words(admin.answer) <= 300, `${words(admin.answer)} words for the admin`)
      assert.match(sender.answer, /\*\*Did it arrive\?\*\* No/)
      assert.match(sender.answer, /\*\*Send it again\?\*\*/)
      assert.match(sender.answer, /\*\*Who can fix it:\*\*/)
      assert.doesNotMatch(sender.answer, /Hello,|Get-|For your mail admin/)
    })

    test(`leaves nothing out for good: ${name}`, async () => {
      const [first, forIt, more] = await talk(whole, [
        report,
        'Show this for my IT',
        'more detail please',
      ])
      assert.ok(first?.suggestions.includes('Show this for my IT'))
      assert.match(forIt?.answer ?? '', /The codes/)
      assert.match(forIt?.answer ?? '', /Text for your own IT/)
      for (const step of first?.diagnosis?.nextSteps.admin.slice(0, 2) ?? [])
        assert.ok(bare(forIt?.answer ?? '').includes(bare(step).slice(0, 30)), step)
      assert.match(more?.answer ?? '', /What may be behind it/)
    })
  }

  test('every suggestion is understood as what it says', async () => {
    for (const report of Object.values(REPORTS)) {
      const [first] = await talk(whole, [report])
      for (const suggestion of first?.suggestions ?? []) {
        const [, second] = await talk(whole, [report, suggestion])
        assert.ok(second?.answered, suggestion)
        assert.doesNotMatch(second?.answer ?? '', /I take that in|I am not sure/, suggestion)
      }
    }
  })

  test('the question stands once in the text and not in the blocks, and is not put again', async () => {
    const [first, second] = await talk(whole, [REPORTS.exchange, 'so what now'])
    const [question] = first?.diagnosis?.questions ?? []
    assert.ok(question)
    assert.equal(first?.answer.split(question.text).length, 2)
    assert.ok(!textOf(first?.blocks).includes(question.text))
    assert.ok(!second?.answer.includes(question.text))
  })

  test('an option is understood as an answer, by a click, turns later too', async () => {
    const [first, , third] = await talk(whole, [REPORTS.exchange, 'so what now', 'I typed it'])
    assert.ok(first?.diagnosis?.questions[0]?.options.includes('I typed it'))
    assert.match(third?.answer ?? '', /Noted: I typed it/)
  })

  test('links in the text are paths that a reader can follow', async () => {
    for (const report of Object.values(REPORTS)) {
      for (const turn of await talk(whole, [report, 'more detail', 'how do I fix it']))
        for (const [, target] of turn.answer.replace(/`[^`]*`/g, '').matchAll(/\]\(([^)]+)\)/g))
          assert.match(target ?? '', /^(?:\/articles\/|https?:\/\/)/)
    }
  })

  test('an expired message is over for good, and the trouble behind it may pass', async () => {
    const [first, second] = await talk(whole, [REPORTS.expired, 'is it permanent?'])
    assert.equal(first?.diagnosis?.permanent, null)
    assert.doesNotMatch(first?.answer ?? '', /For now:/)
    assert.match(second?.answer ?? '', /final for this message/)
  })
})

const bare = (text: string): string => text.replace(/[`*_]/g, '')

test('article links become paths, in prose and not in code', () => {
  assert.equal(
    withPaths('see [it](queue-expired#why), `[x](y)` and [web](https://example.com)'),
    'see [it](/articles/queue-expired#why), `[x](y)` and [web](https://example.com)',
  )
})
