import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import { adapters } from '../../server/handoff/adapters/index.ts'
import type { TargetKind } from '../../server/handoff/settings.ts'
import type { HttpRequest } from '../../server/handoff/target.ts'
import { handOff, PASTE, target, ticket } from './cases.ts'

const kinds = Object.keys(adapters) as TargetKind[]
const QUEUES: Partial<Record<TargetKind, string>> = { jira: '1/10', zammad: 'Mail', osticket: '7' }

const requestOf = (kind: TargetKind, changes: Partial<typeof target> = {}): HttpRequest =>
  adapters[kind](ticket, { ...target, kind, queue: QUEUES[kind] ?? '', ...changes }, 1_700_000_000)

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`

test('webhook: the time and the body are signed', () => {
  const { url, headers, body } = requestOf('webhook')
  assert.equal(url, 'https://helpdesk.example.com')
  const mac = createHmac('sha256', target.secret).update(`1700000000.${body}`).digest('hex')
  assert.equal(headers['bouncewise-signature'], `t=1700000000,v1=${mac}`)
  assert.equal(headers['bouncewise-delivery'], ticket.id)
  const sent = JSON.parse(body)
  assert.deepEqual(sent.ticket, handOff)
  assert.equal(sent.key, ticket.key)
})

test('zendesk: an internal comment, the key as external id and tag', () => {
  const { url, headers, body } = requestOf('zendesk', { requester: '' })
  assert.equal(url, 'https://helpdesk.example.com/api/v2/tickets.json')
  assert.equal(headers.authorization, basic('agent@example.com/token:tok'))
  assert.equal(headers['idempotency-key'], ticket.id)
  const sent = JSON.parse(body).ticket
  assert.equal(sent.comment.public, false)
  assert.equal(sent.external_id, 'bouncewise-0123456789abcdef')
  assert.deepEqual(sent.tags, ['bouncewise', 'bouncewise-0123456789abcdef'])
  assert.equal('requester' in sent, false)
})

test('freshdesk: the configured requester, tags within its 32 characters', () => {
  const { url, headers, body } = requestOf('freshdesk')
  assert.equal(url, 'https://helpdesk.example.com/api/v2/tickets')
  assert.equal(headers.authorization, basic('tok:X'))
  const sent = JSON.parse(body)
  assert.equal(sent.email, 'mail-help@example.com')
  assert.deepEqual([sent.status, sent.priority, sent.source], [2, 1, 2])
  assert.ok(sent.tags.every((tag: string) => tag.length <= 32))
})

test('zammad: an internal note in the configured group', () => {
  const { url, headers, body } = requestOf('zammad')
  assert.equal(url, 'https://helpdesk.example.com/api/v1/tickets')
  assert.equal(headers.authorization, 'Token token=tok')
  const sent = JSON.parse(body)
  assert.equal(sent.group, 'Mail')
  assert.equal(sent.customer, 'mail-help@example.com')
  assert.equal(sent.tags, 'bouncewise,bouncewise-0123456789abcdef')
  assert.deepEqual(
    [sent.article.type, sent.article.internal, sent.article.content_type],
    ['note', true, 'text/plain'],
  )
})

test('osticket: plain text by RFC 2397, no autoresponse', () => {
  const { url, headers, body } = requestOf('osticket')
  assert.equal(url, 'https://helpdesk.example.com/api/tickets.json')
  assert.equal(headers['x-api-key'], 'tok')
  const sent = JSON.parse(body)
  assert.equal(sent.autorespond, false)
  assert.equal(sent.topicId, '7')
  const [head, text = ''] = sent.message.split(/,(.*)/s)
  assert.equal(head, 'data:text/plain;charset=utf-8')
  assert.match(decodeURIComponent(text), /bouncewise-0123456789abcdef/)
})

test('osticket: half a surrogate pair does not break it', () => {
  const odd = { ...ticket, handOff: { ...handOff, note: 'a\ud83d' } }
  assert.match(adapters.osticket(odd, target, 0).body, /%EF%BF%BD/)
})

test('jira: service desk and request type, everything verbatim', () => {
  const { url, headers, body } = requestOf('jira')
  assert.equal(url, 'https://helpdesk.example.com/rest/servicedeskapi/request')
  assert.equal(headers.authorization, basic('agent@example.com:tok'))
  assert.equal(requestOf('jira', { user: '' }).headers.authorization, 'Bearer tok')
  const sent = JSON.parse(body)
  assert.deepEqual([sent.serviceDeskId, sent.requestTypeId], ['1', '10'])
  const { description } = sent.requestFieldValues
  assert.equal(description.match(/\{noformat\}/g).length, 2, 'the paste must not end the block')
  assert.ok(description.length <= 32_767)
})

test('no adapter makes a requester of the contact or of an address in the paste', () => {
  for (const kind of kinds) {
    const { headers, body } = requestOf(kind)
    const sent = JSON.parse(body)
    const who = [
      sent.email,
      sent.customer,
      sent.requester,
      sent.ticket?.requester,
      sent.raiseOnBehalfOf,
    ]
    assert.doesNotMatch(JSON.stringify([who, headers]), /victim|ann@/, kind)
  }
})

test('the contact is the requester only where the operator says so and it is an address', () => {
  const opted = { ...target, contactIsRequester: true }
  const emailOf = (contact: string) =>
    JSON.parse(adapters.freshdesk({ ...ticket, handOff: { ...handOff, contact } }, opted, 0).body)
      .email
  assert.equal(emailOf('ann@example.com'), 'ann@example.com')
  for (const odd of ['room 12', 'a@b.example, c@d.example', 'Ann <ann@example.com>', 'a@b']) {
    assert.equal(emailOf(odd), 'mail-help@example.com', odd)
  }
})

test('markup of a hostile report is text in helpdesks that take HTML', () => {
  for (const kind of ['zendesk', 'freshdesk'] as const) {
    const sent = JSON.parse(requestOf(kind).body)
    const html: string = sent.description ?? sent.ticket.comment.html_body
    assert.equal(html.replaceAll(/^<pre>|<\/pre>$/g, '').includes('<'), false, kind)
  }
})

test('a subject holds nothing but the reason, the code and the host, in safe letters', () => {
  const facts = { ...handOff.facts, remoteMta: 'mx\r\nBcc: <x>@example.org', reason: '"><b>' }
  const { body } = adapters.zendesk({ ...ticket, handOff: { ...handOff, facts } }, target, 0)
  assert.equal(JSON.parse(body).ticket.subject, 'Mail problem: b 5.1.1 at mxBccxexample.org')
})

test('a ticket too long for a helpdesk says that it was shortened; the webhook has all', () => {
  const text = `${PASTE}${'x'.repeat(500_000)}`
  const long = { ...ticket, handOff: { ...handOff, report: { kind: 'full' as const, text } } }
  for (const kind of kinds.filter((one) => one !== 'webhook')) {
    const { body } = adapters[kind](long, { ...target, queue: '1/10' }, 0)
    assert.match(
      decodeURIComponent(body.replaceAll(/%(?![0-9A-F]{2})/g, '%25')),
      /\[shortened: \d+/,
      kind,
    )
  }
  assert.equal(JSON.parse(adapters.webhook(long, target, 0).body).ticket.report.text, text)
})
