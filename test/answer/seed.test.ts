import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { ChatAnswer } from '../../kb/types.ts'
import { openWhole, talk, type Whole } from '../helpers/whole.ts'

const NDR = `Your message did not reach some or all of the intended recipients.

      Subject: test message
      Sent: 2/24/2011 11:44 AM

The following recipient(s) could not be reached:

      kim@partner.example on 2/26/2011 11:34 AM
            Could not deliver the message in the time limit specified. Please retry or contact your administrator.
            < mail.office.example #4.4.7>`

type Turn = {
  readonly name: string
  readonly say: string
  readonly must: readonly RegExp[]
  readonly never: readonly RegExp[]
  /** one of these articles is cited */
  readonly cites: readonly string[]
}

/** The case it all began with, turn by turn, without a language model. */
const TALK: readonly Turn[] = [
  {
    name: 'the report: expired in the queue after two days, no proof of a wrong address',
    say: NDR,
    must: [/2 days/, /no proof that the address is wrong/i, /Who can fix it/i, /other side/i],
    never: [/address does not exist/i, /open relay/i],
    cites: ['queue-expired'],
  },
  {
    name: 'why it took two days, in plain words',
    say: 'It took two days to receive this failure notice. Why so long?',
    must: [/again and again|keeps? trying|kept trying/i, /2 days|48 hours|two days/i],
    never: [/hotfix/i],
    cites: ['queue-expired', 'how-long-will-it-take'],
  },
  {
    name: 'only calendar invitations: the Exchange 2003 and 2007 fault, its scenario and its deviation',
    say: 'normal mails to her arrive, only my calendar invitations come back',
    must: [
      /KB 938650/,
      /update or a cancellation/i,
      /first invitations/i,
      /327/,
      /Unable to open for delivery/,
      /unverified/,
    ],
    never: [],
    cites: ['meeting-requests-exchange-2003-2007'],
  },
  {
    name: 'what the banner tells and does not tell',
    say: 'How can I see whether they run Exchange 2007? The log has 220+domain.local+Microsoft+ESMTP+MAIL+Service+Version:+2.0 0 0 71 0 47 SMTP',
    must: [/hint, never proof/i, /does not point to Exchange 2007/i, /2003/, /columns/i],
    never: [/proves|certainly runs/i],
    cites: ['smtp-banners'],
  },
  {
    name: 'a tracking row that ends in the queue',
    say: 'Message tracking stops at "Message Routed and Queued for Remote Delivery"',
    must: [/never left/i, /queue/i, /Application log/i],
    never: [],
    cites: ['message-tracking-exchange-2003'],
  },
  {
    name: 'tracking one hour off: no KB number is invented',
    say: 'tracking shows the time one hour too late',
    must: [/UTC/, /daylight/i],
    never: [/KB ?\d{6}/],
    cites: ['message-tracking-one-hour-off'],
  },
  {
    name: 'the relay box belongs to 5.7.1, and what it risks',
    say: "somebody says I must tick 'Allow computers which successfully authenticate to relay'",
    must: [/5\.7\.1/, /expired message/i, /Careful/, /open relay|guesses one password/i],
    never: [],
    cites: ['relay-settings'],
  },
  {
    name: '550 together with 4.4.7: the contradiction is named',
    say: 'The other report says 550 4.4.7. How can it be both?',
    must: [/550/, /4\.4\.7/, /contradict|both are right/i],
    never: [],
    cites: ['contradicting-codes'],
  },
]

describe("the seed's conversation", () => {
  let whole: Whole
  let answers: readonly ChatAnswer[]
  before(async () => {
    whole = await openWhole()
    answers = await talk(
      whole,
      TALK.map(({ say }) => say),
    )
  })
  after(() => whole.close())

  for (const [i, { name, must, never, cites }] of TALK.entries()) {
    test(name, () => {
      const result = answers[i] as ChatAnswer
      assert.ok(result.answered)
      assert.equal(result.answeredBy, 'rules')
      for (const pattern of must) assert.match(result.answer, pattern)
      for (const pattern of never) assert.doesNotMatch(result.answer, pattern)
      const cited = result.citations.map(({ articleId }) => articleId)
      assert.ok(
        cites.some((id) => cited.includes(id)),
        `cited: ${cited.join(', ')}`,
      )
    })
  }

  test('a pasted 550 with 4.4.7 carries the warning in the report itself', async () => {
    const [result] = await talk(whole, [
      'mx.example.org #550 4.4.7 QUEUE.Expired; message expired ##',
    ])
    assert.deepEqual(
      result?.report?.recipients.map(({ replyCode, enhancedStatusCode }) => [
        replyCode,
        enhancedStatusCode,
      ]),
      [[550, '4.4.7']],
    )
    assert.ok(result?.report?.signs.includes('status-contradiction'))
    assert.match(result?.answer ?? '', /contradict|disagree/i)
  })
})
