import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { asksToo, isStatement } from '../../server/answer/asks.ts'
import { foreignLanguage } from '../../server/answer/language.ts'
import { shorten } from '../../server/answer/sections.ts'
import { productsOf } from '../../server/answer/turn.ts'
import { openWhole, talk, type Whole } from '../helpers/whole.ts'

describe('what is told, and what is asked along with it', () => {
  test('a clause that asks makes a question of the whole', () => {
    for (const text of [
      'that is our own shared mailbox, who can make it bigger',
      'she says the share is blocked there, what else is there',
    ]) {
      assert.ok(asksToo(text), text)
      assert.ok(!isStatement(text), text)
    }
    assert.ok(isStatement('our CRM delivers directly, and it never retries'))
  })

  test('the own server that was named holds for what comes next, the other side’s does not', () => {
    const of = (...earlier: string[]) => [...productsOf('where is that', null, [], earlier)]
    assert.deepEqual(of('exchange 2003, yes I know'), ['exchange-2003'])
    assert.deepEqual(of('they use exchange 2003 over there'), [])
    assert.deepEqual(of('what is different in postfix?'), [])
  })
})

test('addresses, hosts and codes are of no language', () => {
  assert.equal(foreignLanguage('IMCEAEX-_O=EXAMPLE_OU=X_cn=Recipients_cn=m@example.com'), undefined)
  assert.equal(foreignLanguage('o servidor está com erro'), 'Portuguese')
})

test('what a line with a colon announces is never cut off', () => {
  const list = `| a | b |\n|---|---|\n${'| some words | more words |\n'.repeat(20)}`.trim()
  assert.equal(shorten(`Choose one of these:\n\n${list}\n\nAnd more.`, 100).includes(list), true)
})

describe('a talk that goes on', () => {
  const REFUSED =
    '<office@example.org>: host mx.example.org[192.0.2.7] refused to talk to me: 554 5.7.1 Service unavailable; Client host [203.0.113.9] blocked using zen.example'
  let whole: Whole
  before(async () => {
    whole = await openWhole()
  })
  after(() => whole.close())
  const last = async (...turns: string[]) =>
    (await talk(whole, turns)).at(-1) ?? assert.fail('no answer')

  test('Postfix that speaks of itself is no person', async () => {
    assert.equal((await last(REFUSED)).report?.kind, 'failure')
  })

  test('that others take the mail is no other matter', async () => {
    const { answer } = await last(REFUSED, 'but gmail accepts the very same mail')
    assert.match(answer, /lists of its own/)
    assert.doesNotMatch(answer, /Both can be true|belongs to another failure/)
  })

  test('another language is read for what it asks', async () => {
    const { answer } = await last(REFUSED, 'wer ist schuld daran?')
    assert.match(answer, /I read German/)
    assert.match(answer, /Who can fix it/)
    assert.doesNotMatch(answer, /Why I think so/)
  })

  test('an answer for one server is not given for another', async () => {
    const full =
      '452 4.3.1 Insufficient system resources (UsedDiskSpace[D:\\Exchange\\TransportRoles\\data\\Queue])'
    assert.doesNotMatch((await last(full, 'does that need a restart?')).answer, /postmap|postfix/i)
    assert.doesNotMatch(
      (await last(REFUSED, 'is there a form to get off')).answer,
      /postmaster\.live/,
    )
  })

  test('yes and no fit what follows', async () => {
    const full = '552 5.2.2 <info@example.org>: mailbox full'
    const { answer } = await last(full, 'do customers who write to it get that error too?')
    assert.match(answer, /^\*\*Yes\.\*\*/)
  })
})
