import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parseText } from '../../kb/ndr/index.ts'
import { handOffOf } from '../../web/core/handoff.ts'
import { domainOf, senderDomainOf } from '../../web/core/sender.ts'
import { DIAGNOSIS, REPORT } from '../helpers/stub-server.ts'

const reportOf = (text: string, theirs = 'lee@partner.example') => ({
  ...REPORT,
  text,
  reportingMta: null,
  generator: { ...REPORT.generator, host: null },
  recipients: REPORT.recipients.map((one) => ({ ...one, finalRecipient: theirs })),
})

describe("the sender's domain", () => {
  const cases: readonly (readonly [string, string, string | null])[] = [
    ['From: Ann <ann@Office.Example.>\nTo: lee@partner.example', 'the header', 'office.example'],
    [
      'From: MAILER-DAEMON@mx.partner.example\nTo: <ann@office.example>',
      'whom the bounce went to',
      'office.example',
    ],
    ['> From: lee@partner.example', 'the other side is no sender', null],
    ['postfix/qmgr[1]: 4A: from=<ann@office.example>, size=1', 'a log', 'office.example'],
    ['550 5.1.1 user unknown', 'nothing', null],
    [`From: ${'a'.repeat(100_000)}`, 'a long line', null],
  ]
  for (const [text, name, domain] of cases) {
    test(`is read from ${name}`, () => assert.equal(senderDomainOf(reportOf(text)), domain))
  }

  test('is the site of the server that gave up, unless many organisations share that', () => {
    const by = (reportingMta: string) => senderDomainOf({ ...reportOf(''), reportingMta })
    assert.equal(by('mail.office.example'), 'office.example')
    assert.equal(by('AM0PR01MB1.eurprd01.prod.outlook.com'), null)
    assert.equal(by('192.0.2.1'), null)
    assert.equal(by('localhost'), null)
  })

  test('a domain is what stands behind the last part of an address', () => {
    assert.equal(domainOf('ann@office.example'), 'office.example')
    assert.equal(domainOf('ann'), null)
    assert.equal(domainOf(null), null)
  })
})

describe('what goes to the helpdesk', () => {
  const facts = (text: string) => {
    const report = parseText(text)
    return handOffOf(
      { report, diagnosis: DIAGNOSIS, conversation: [], locale: 'en', context: {} },
      (words) => words.replaceAll('kim@partner.example', 'ADDRESS_1'),
      { contact: '', note: '' },
    )
  }

  test('hidden, it still says whose outage this is', () => {
    const sent = facts(REPORT.text)
    assert.equal(sent.facts.senderDomain, 'office.example')
    assert.equal('recipient' in sent.facts, false)
    assert.doesNotMatch(JSON.stringify(sent), /kim@partner/)
  })

  test('it never is more than the server takes', () => {
    const conversation = Array.from({ length: 300 }, () => ({
      role: 'user' as const,
      content: 'x',
    }))
    const long = { ...REPORT, recipients: REPORT.recipients.map((one) => ({ ...one })) }
    const [first] = long.recipients
    if (first) Object.assign(first, { diagnosticCode: 'x'.repeat(50_000) })
    const sent = handOffOf(
      { report: long, diagnosis: null, conversation, locale: 'en', context: {} },
      undefined,
      { contact: '', note: '' },
    )
    assert.equal(sent.conversation.length, 200)
    assert.equal(String(sent.facts.diagnosticCode).length, 20_000)
  })
})
