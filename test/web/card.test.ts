/** What the card says of reports, as the parser reads them. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { diagnose } from '../../kb/diagnose/index.ts'
import { parseText } from '../../kb/ndr/index.ts'
import { type Card, cardOf } from '../../web/core/card.ts'

/** The same from this device's reading and from the server's diagnosis. */
function cardsOf(text: string): readonly Card[] {
  const report = parseText(text)
  return [null, diagnose(report)].map((diagnosis) => {
    const card = cardOf(report, diagnosis)
    assert.ok(card)
    return card
  })
}

const dsn = (...recipients: readonly (readonly [string, string, string])[]): string =>
  [
    'Reporting-MTA: dns; mail.office.example',
    ...recipients.map(
      ([name, action, status]) =>
        `Final-Recipient: rfc822; ${name}@partner.example\nAction: ${action}\nStatus: ${status}`,
    ),
  ].join('\n\n')

const lasting = (text: string) => cardsOf(text).map((card) => card.lasting)
const both = (value: Card['lasting']) => [value, value]

describe('how lasting a failure is', () => {
  test('a message whose time ran out, or that was given up, is final for itself', () => {
    const report = `Your message did not reach some or all of the intended recipients.
Could not deliver the message in the time limit specified. Please retry or contact your administrator. < #4.4.7>`
    assert.deepEqual(lasting(report), both('given-up'))
    assert.deepEqual(lasting(dsn(['kim', 'failed', '4.4.7'])), both('given-up'))
    assert.deepEqual(lasting(dsn(['kim', 'failed', '4.2.2'])), both('given-up'))
  })

  test('a permanent code is permanent, a delay is not', () => {
    assert.deepEqual(lasting(dsn(['kim', 'failed', '5.1.1'])), both('permanent'))
    assert.deepEqual(lasting(dsn(['kim', 'delayed', '4.4.1'])), both('temporary'))
  })

  test('recipients that differ in it get no common word', () => {
    const report = dsn(['kim', 'failed', '4.4.7'], ['lee', 'failed', '5.1.1'])
    assert.deepEqual(lasting(report), both(''))
  })

  test('who got the mail says nothing about who did not', () => {
    const [card] = cardsOf(dsn(['kim', 'delivered', '2.0.0'], ['lee', 'failed', '5.1.1']))
    assert.equal(card?.lasting, 'permanent')
    assert.equal(card?.reason, 'userunknown')
    assert.deepEqual(card?.codes, ['5.1.1'])
    assert.deepEqual(
      card?.recipients.map(({ address }) => address),
      ['kim@partner.example', 'lee@partner.example'],
    )
  })
})
