/** What people paste is a piece, and stands among their own words. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseText } from '../../../kb/ndr/index.ts'

const recipientsOf = (text: string) =>
  parseText(text).recipients.flatMap(({ finalRecipient }) => finalRecipient ?? [])

const UNKNOWN = '550 5.1.1 User unknown'
const BESIDE: readonly string[] = [
  `${UNKNOWN}\n\nRegards\nAnn Miller\nann@example.com`,
  `${UNKNOWN}\nRegards\nAnn Miller\nann@example.com`,
  `${UNKNOWN}\n\nMit freundlichen Grüßen\nAnna Müller\nanna@example.com`,
  `${UNKNOWN}\n\nCordialement,\nAnne Dupont\nanne@example.com`,
  `${UNKNOWN}\n\n-- \nAnn Miller\nTel. +1 555 0100\nann@example.com`,
  `${UNKNOWN}\n\nAnn Miller\nann@example.com`,
  `${UNKNOWN}\n\nSent from my phone\nann@example.com`,
  `From: Ann Miller <ann@example.com>\nSent: Monday\nTo: Help <help@example.org>\n\n${UNKNOWN}`,
  `On Mon, Nov 23, 2026 at 9:00 AM Ann Miller <ann@example.com> wrote:\n${UNKNOWN}`,
  `${UNKNOWN}\nIf you need help contact postmaster@example.org`,
  `${UNKNOWN}\n\nFor assistance, please send mail to:\npostmaster@example.org`,
  `${UNKNOWN}\n\nIf you need help, contact:\n\npostmaster@example.org`,
]

test('the address of a signature, a forwarder or a help desk is nobody whom mail did not reach', () => {
  for (const text of BESIDE) {
    assert.deepEqual(recipientsOf(text), [], text)
    assert.equal(parseText(text).recipients[0]?.reason, 'userunknown', text)
  }
})

test('the recipient beside such an address is still read', () => {
  const list = 'Delivery to the following recipients failed.\n\n   bob@example.net\n\n'
  for (const text of [
    `${list}${BESIDE[0]}`,
    `Hi, can you help?\nKind regards,\nAnn\nann@example.com\n\n${list}${UNKNOWN}`,
    `Thanks\n\nbob@example.net\n${UNKNOWN}`,
    `bob@example.net\n${UNKNOWN}`,
    `${UNKNOWN}\nbob@example.net`,
    `Bob Jones\nbob@example.net\n${UNKNOWN}`,
    `Need help\nbob@example.net\n${UNKNOWN}`,
    `If you need help contact your administrator.\n\n<bob@example.net>: ${UNKNOWN}`,
  ]) {
    assert.deepEqual(recipientsOf(text), ['bob@example.net'], text)
  }
})

test('an answer ends where a signature begins', () => {
  assert.equal(parseText(BESIDE[1] ?? '').recipients[0]?.diagnosticCode, UNKNOWN)
})

test('an address that the end of a line broke is read whole', () => {
  for (const [text, address] of [
    [`550 5.1.1 bob@example.\norg User unknown`, 'bob@example.org'],
    [`${UNKNOWN}\n\nbob@example.\n  org\n`, 'bob@example.org'],
    [`bob@\nexample.org\n${UNKNOWN}`, 'bob@example.org'],
    [`bob@example\n.org\n${UNKNOWN}`, 'bob@example.org'],
    [`bob@example.co.\nuk\n${UNKNOWN}`, 'bob@example.co.uk'],
    [`bob@example.org.\nno such user: ${UNKNOWN}`, 'bob@example.org'],
    [`Your message to bob@localhost.\nit failed: ${UNKNOWN}`, 'bob@localhost'],
    [`Your message to bob@example.org.\nde server: ${UNKNOWN}`, 'bob@example.org'],
  ] as const) {
    assert.deepEqual(recipientsOf(text), [address], text)
  }
})

test('550 with 5.1.10 is an unknown recipient, 556 a domain without mail', () => {
  for (const text of [
    'Status code: 550 5.1.10',
    "bob wasn't found at example.org. Status code: 550 5.1.10",
    "Your message to bob@example.org couldn't be delivered.\n\nbob wasn't found at example.org.\n\nStatus code: 550 5.1.10",
  ]) {
    assert.equal(parseText(text).recipients[0]?.reason, 'userunknown', text)
  }
  const nullMx = parseText('556 5.1.10 Recipient address has null MX')
  assert.equal(nullMx.recipients[0]?.reason, 'notaccept')
})

test('one line tells a delay in many languages', () => {
  for (const text of [
    'Delivery of your message to bob@example.org is delayed.',
    'Your message to bob@example.org has not been delivered yet.',
    'La remise de votre message à bob@example.org est retardée.',
    "Votre message n'a pas encore été remis à bob@example.org.",
    'Ihre Nachricht an bob@example.org konnte noch nicht zugestellt werden.',
    'Die Zustellung Ihrer Nachricht an bob@example.org verzögert sich.',
    'La entrega de su mensaje a bob@example.org se ha retrasado.',
    'Su mensaje aún no se ha podido entregar a bob@example.org.',
    'Il recapito del messaggio a bob@example.org è in ritardo.',
    'Il messaggio non è ancora stato recapitato a bob@example.org.',
  ]) {
    assert.equal(parseText(text).kind, 'delay', text)
    assert.deepEqual(recipientsOf(text), ['bob@example.org'], text)
  }
  const nobody = 'Ihre Nachricht konnte bisher nicht zugestellt werden.'
  assert.equal(parseText(nobody).kind, 'delay')
})

test('what is late but no mail is no report', () => {
  for (const text of [
    'Mein Paket konnte noch nicht zugestellt werden, die Post hat Verspätung.',
    'Le train de 9 heures est en retard, la remise des prix est retardée.',
    'Il treno è in ritardo.',
    'Your flight has been delayed.',
  ]) {
    assert.equal(parseText(text).kind, 'none', text)
  }
})

test('one line tells a failure', () => {
  for (const text of [
    "Your message to bob@example.org couldn't be delivered.",
    'Delivery to the following recipients failed:\n   bob@example.org',
  ]) {
    assert.equal(parseText(text).kind, 'failure', text)
    assert.deepEqual(recipientsOf(text), ['bob@example.org'], text)
  }
})

test('a report that was copied as a table keeps its address', () => {
  const sent = 'ann@example.com'
  for (const text of [
    `Recipient\tStatus\tError\nbob@example.org\tFailed\t${UNKNOWN}`,
    `Date\tSender\tRecipient\tDetail\n2026-11-23\t${sent}\tbob@example.org\t${UNKNOWN}`,
    `| To | Error |\n|---|:--:|\n| bob@example.org | ${UNKNOWN} |`,
    `| Sender | ${sent} |\n|---|---|\n| **Recipient:** | bob@example.org |\n| Error | ${UNKNOWN} |`,
    `Sender,Recipient,Error\n${sent},bob@example.org,"${UNKNOWN}"`,
    `Final-Recipient\trfc822; bob@example.org\nAction\tfailed\nDiagnostic-Code\tsmtp; ${UNKNOWN}`,
    `bob@example.org\t${UNKNOWN}`,
  ]) {
    assert.deepEqual(recipientsOf(text), ['bob@example.org'], text)
    assert.equal(parseText(text).recipients[0]?.reason, 'userunknown', text)
  }
  const two = `| Address | Error |\n|---|---|\n| bob@example.org | ${UNKNOWN} |\n| eve@example.net | 552 5.2.2 Mailbox full |`
  const { recipients } = parseText(two)
  assert.deepEqual(
    recipients.map(({ finalRecipient, reason }) => [finalRecipient, reason]),
    [
      ['bob@example.org', 'userunknown'],
      ['eve@example.net', 'mailboxfull'],
    ],
  )
})

test('prose with commas is no table', () => {
  const text = 'Ann, bob, to\nann@example.com, eve, ok'
  assert.equal(parseText(text).kind, 'none')
})

test('what pasting leaves behind does not hide the answer', () => {
  for (const text of [
    `> <bob@example.org>: host mx.example.org[192.0.2.1] said:\n> ${UNKNOWN}`,
    `>> <bob@example.org>: ${UNKNOWN}`,
    `| <bob@example.org>: ${UNKNOWN}`,
    `Recipient:&nbsp;bob@example.org&nbsp;${UNKNOWN}`,
    `&lt;bob@example.org&gt;: ${UNKNOWN}`,
    `<div>Your message to <a href="mailto:bob@example.org">bob@example.org</a> couldn&#39;t be delivered.<br>${UNKNOWN}</div>`,
    `Your message to [bob@example.org](mailto:bob@example.org) couldn't be delivered. ${UNKNOWN}`,
    `Your message to bob@example.org couldn\u2019t be delivered.\u00a0${UNKNOWN}`,
    '550 5. 1. 1 <bob@example.org>: User unknown',
    '55O 5.1.1 <bob@example.org>: User unknown',
    `Your message couldn't be delivered\\r\\n\\r\\n<bob@example.org>: ${UNKNOWN}`,
    `\`\`\`\n<bob@example.org>: ${UNKNOWN}\n\`\`\``,
    `1  <bob@example.org>: host mx.example.org said:\n2      ${UNKNOWN}`,
    `bob@example.org ${UNKNOWN}`,
  ]) {
    const { recipients } = parseText(text)
    assert.equal(recipients[0]?.finalRecipient, 'bob@example.org', text)
    assert.equal(recipients[0]?.enhancedStatusCode, '5.1.1', text)
    assert.equal(recipients[0]?.reason, 'userunknown', text)
  }
})

test('a code in a fence is told without the fence', () => {
  const { recipients } = parseText(`\`\`\`\n<bob@example.org>: ${UNKNOWN}\n\`\`\``)
  assert.equal(recipients[0]?.diagnosticCode, UNKNOWN)
})
