/** Questions inside a case, and questions that fit several articles: over the real index and model. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { ANY_CASE, FAQ, faqOf, placeOf } from '../../kb/faq.ts'
import { openWhole, talk, type Whole } from '../helpers/whole.ts'

const FULL = `This is the mail system at host mail.example.com.

<bob@example.org>: host mx.example.org[192.0.2.10] said: 552 5.2.2 Mailbox full
    (in reply to RCPT TO command)`

const GROUP = `Delivery has failed to these recipients or groups:

staff@example.org
The group staff@example.org isn't set up to receive messages from ann@example.com.

Remote Server returned '550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required; Delivery restriction check failed because the sender was not authenticated when sending to this group'`

const TLS = `This is the mail system at host mail.example.com.

<bob@example.org>: TLS is required, but was not offered by host
    mx.example.org[192.0.2.10]`

describe('a question inside a case', () => {
  let whole: Whole
  before(async () => {
    whole = await openWhole()
  })
  after(() => whole.close())

  const second = async (paste: string, question: string) =>
    (await talk(whole, [paste, question]))[1] ?? assert.fail('no answer')

  test('that is known in other words is answered first, with its section as the source', async () => {
    const { answer, citations } = await second(
      GROUP,
      'can we allow just one outside sender, our customer?',
    )
    assert.match(answer, /mail contact/)
    assert.ok(citations.some(({ articleId }) => articleId.includes('5-7-133')))
  })

  test('that is asked everywhere is answered from the note that tells it', async () => {
    const { answer, citations } = await second(FULL, 'how can I see if port 25 is open from here?')
    assert.match(answer, /Test-NetConnection|nc -vz/)
    assert.ok(citations.some(({ articleId }) => articleId === 'smtp-test-by-hand'))
  })

  test('about a word is answered in a sentence, and with what the report has to do with it', async () => {
    const { answer, citations } = await second(TLS, "sorry, I'm no expert. what is tls?")
    assert.match(answer, /^\*\*TLS:\*\* Encryption of the way between two servers/)
    assert.match(answer, /In your report/)
    assert.ok(citations.some(({ articleId }) => articleId === 'words-of-mail'))
    const [first] = await talk(whole, ['relaying?'])
    assert.match(first?.answer ?? '', /^\*\*Relay:\*\*/)
    const which = await second(FULL, 'what is the host?')
    assert.doesNotMatch(which.answer, /^\*\*Host:/, 'which one it is, is another question')
  })

  test('that no source answers is said not to be known', async () => {
    const { answer } = await second(FULL, 'what does it cost to have that fixed?')
    assert.match(answer, /do not say|do not know|does not say/)
  })

  test('of a word or two hangs on the case, whatever is asked everywhere', async () => {
    const { citations } = await second(GROUP, 'where is that?')
    assert.ok(!citations.some(({ articleId }) => articleId.startsWith('message-trace')))
  })

  test('that guesses at a reason is held against the reasons that are known', async () => {
    const { answer } = await second(TLS, 'could a firewall be the reason?')
    assert.match(answer, /Possible|can hide/)
    assert.doesNotMatch(answer, /^\*\*No/)
  })

  test('a remark that speaks against nothing is not told that both can be true', async () => {
    const { answer } = await second(GROUP, 'and if the group is synced from our local AD')
    assert.doesNotMatch(answer, /Both can be true/)
  })

  test('a refusal stays one, whatever else its line says', async () => {
    const [first] = await talk(whole, [
      '550 5.1.1 <bob@example.org>: User unknown. The mail was delivered successfully to the mailbox',
    ])
    assert.equal(first?.report?.kind, 'failure')
    assert.doesNotMatch(first?.answer ?? '', /good news/i)
  })

  test('for somebody whom the report does not name is answered for that one', async () => {
    const { answer } = await second(
      `${GROUP}\n\nTo: staff@example.org; Rita <rita@example.org>`,
      'did rita get hers?',
    )
    assert.match(answer, /As a rule, yes/)
    assert.doesNotMatch(answer, /^\*\*No/)
  })

  test('a demand to sign in is no report, whatever it begins with', async () => {
    const [first] = await talk(whole, [
      'Mail delivery failed: returning message to sender\n\nThree messages wait. Sign in within 24 hours at https://mail.example.test/review or your account will be closed.',
    ])
    assert.match(first?.answer ?? '', /not look like a genuine/)
  })

  test('without a report, words that fit several articles are answered as such', async () => {
    const [first] = await talk(whole, ['why can I not send to gmail'])
    assert.match(first?.answer ?? '', /more than one thing/)
    assert.ok(new Set(first?.citations.map(({ articleId }) => articleId)).size >= 2)
  })
})

test('an answer that is kept rests on a place, and one that is not known on none', () => {
  for (const { article, asks } of FAQ)
    for (const entry of asks) {
      const place = placeOf(entry, article)
      assert.equal(place === undefined, entry.say === '', `${article}: ${entry.q[0]}`)
      assert.notEqual(place?.articleId, ANY_CASE)
    }
  assert.deepEqual(faqOf('no such article'), [])
})
