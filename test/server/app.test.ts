import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { article, createApp } from '../helpers/app.ts'

const FULL = article(
  'mailbox-full',
  `---
title: The mailbox is full
codes: [5.2.2]
reasons: [mailboxfull]
askedAs: [their inbox has no room left]
---
The recipient's mailbox is full, so the mail came back.

## What you can do

Wait, or tell them by phone.
`,
)
const ask = (content: string, headers: Record<string, string> = {}) => ({
  method: 'POST' as const,
  url: '/api/chat',
  headers,
  payload: { messages: [{ role: 'user', content }] },
})

test('a question is answered as JSON with blocks, citations and an honest flag', async (t) => {
  const { app } = await createApp(t, [FULL])
  const response = await app.inject(ask('552 5.2.2 <b@example.org>: mailbox full'))
  assert.equal(response.statusCode, 200)
  const answer = response.json()
  assert.equal(typeof answer.answer, 'string')
  assert.equal(answer.report.recipients[0].enhancedStatusCode, '5.2.2')
  assert.ok(Array.isArray(answer.blocks) && answer.blocks.length > 0)
})

test('a stream tells report and diagnosis before the answer, and ends with done', async (t) => {
  const { app } = await createApp(t, [FULL])
  const response = await app.inject(ask('552 5.2.2 mailbox full', { accept: 'text/event-stream' }))
  assert.match(String(response.headers['content-type']), /^text\/event-stream/)
  assert.equal(response.headers['x-accel-buffering'], 'no')
  assert.match(String(response.headers['cache-control']), /no-transform/)
  const events = [...response.body.matchAll(/^event: (\w+)$/gm)].map(([, name]) => name)
  assert.deepEqual(events.slice(0, 2), ['report', 'diagnosis'])
  assert.equal(events.at(-1), 'done')
  for (const [, data] of response.body.matchAll(/^data: (.*)$/gm)) JSON.parse(data ?? '')
})

test('a file in a form counts as part of the last message', async (t) => {
  const { app } = await createApp(t, [FULL])
  const form = new FormData()
  form.append('request', JSON.stringify({ messages: [{ role: 'user', content: 'what is this?' }] }))
  form.append('file', new Blob(['550 5.1.1 <a@example.org>: user unknown']), 'bounce.txt')
  const body = new Response(form)
  const response = await app.inject({
    method: 'POST',
    url: '/api/chat',
    headers: { 'content-type': String(body.headers.get('content-type')) },
    payload: Buffer.from(await body.arrayBuffer()),
  })
  assert.equal(response.statusCode, 200)
  assert.equal(response.json().report.recipients[0].enhancedStatusCode, '5.1.1')
})

const BAD: readonly [string, object | string, string][] = [
  ['no messages', { messages: [] }, 'bad-request'],
  ['an unknown role', { messages: [{ role: 'system', content: 'x' }] }, 'bad-request'],
  [
    'a last message of the assistant',
    { messages: [{ role: 'assistant', content: 'x' }] },
    'bad-request',
  ],
  ['a body that is no JSON', '{"messages"', 'bad-json'],
]
for (const [what, payload, code] of BAD) {
  test(`${what} is refused in words, without a stack`, async (t) => {
    const { app } = await createApp(t, [FULL])
    const headers = { 'content-type': 'application/json' }
    const response = await app.inject({ method: 'POST', url: '/api/chat', headers, payload })
    assert.equal(response.statusCode, 400)
    assert.equal(response.json().error.code, code)
    assert.doesNotMatch(response.body, /node_modules|\.ts:\d|\.js:\d/)
  })
}

test('a request over the limit is refused with 413', async (t) => {
  const { app } = await createApp(t, [FULL], { BOUNCEWISE_MAX_UPLOAD_MB: '1' })
  const response = await app.inject(ask('x'.repeat(2_000_000)))
  assert.equal(response.statusCode, 413)
  assert.equal(response.json().error.code, 'payload-too-large')
})

for (const [type, payload] of [
  ['text/plain', '550 5.1.1 user unknown'],
  ['application/json', JSON.stringify({ text: '550 5.1.1 user unknown' })],
  ['message/rfc822', 'Subject: x\r\n\r\n550 5.1.1 user unknown\r\n'],
] as const) {
  test(`${type} is parsed`, async (t) => {
    const { app } = await createApp(t, [FULL])
    const response = await app.inject({
      method: 'POST',
      url: '/api/parse',
      headers: { 'content-type': type },
      payload,
    })
    assert.equal(response.statusCode, 200, response.body)
    assert.equal(response.json().report.recipients[0].enhancedStatusCode, '5.1.1')
  })
}

test('search explains each score', async (t) => {
  const { app } = await createApp(t, [FULL])
  const { passages } = (await app.inject('/api/search?q=mailbox+full')).json()
  assert.equal(passages[0].articleId, 'mailbox-full')
  const { weight, ...parts } = passages[0].explain as Record<string, number>
  const sum = Object.values(parts).reduce((total, part) => total + part, 0) * (weight ?? 1)
  assert.ok(Math.abs(sum - passages[0].score) < 1e-9)
})

test('what looks like an operator of the index is only words', async (t) => {
  const { app } = await createApp(t, [FULL])
  for (const q of ['"', 'a OR', 'NEAR(', 'title:x*', '-full', "' OR 1=1 --", 'AND NOT', '()']) {
    const response = await app.inject(`/api/search?q=${encodeURIComponent(q)}`)
    assert.equal(response.statusCode, 200, q)
  }
})

test('an article comes with its sections as blocks; an unknown one is 404', async (t) => {
  const { app } = await createApp(t, [FULL])
  const { sections } = (await app.inject('/api/articles/mailbox-full')).json()
  assert.deepEqual(sections[1].path, ['What you can do'])
  assert.equal(sections[1].role, 'sender')
  assert.equal(sections[1].blocks[0].t, 'p')
  assert.equal((await app.inject('/api/articles/nothing')).statusCode, 404)
})

test('pages are whole, without script, and under a strict policy', async (t) => {
  const { app } = await createApp(t, [FULL])
  for (const url of ['/articles', '/articles/mailbox-full', '/articles?q=full', '/docs']) {
    const response = await app.inject(url)
    assert.equal(response.statusCode, 200, url)
    assert.match(response.body, /^<!doctype html>/)
    assert.doesNotMatch(response.body, /<script|style=|src=/)
    const policy = String(response.headers['content-security-policy'])
    assert.match(policy, /default-src 'none'/)
    assert.doesNotMatch(policy, /unsafe/)
  }
})

test("an operator's hostile article is shown as text", async (t) => {
  const evil = article(
    'evil',
    '# <script>alert(1)</script>\n\n<script>alert(2)</script> ![x](https://evil.example/p.png) [y](javascript:alert(3))',
  )
  const { app } = await createApp(t, [evil])
  for (const url of ['/articles', '/articles/evil', '/articles?q=alert']) {
    assert.doesNotMatch((await app.inject(url)).body, /<script|<img|href="javascript/i)
  }
})

test('the form works without script, and brings the conversation along', async (t) => {
  const { app } = await createApp(t, [FULL])
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const post = (fields: Record<string, string>) =>
    app.inject({
      method: 'POST',
      url: '/',
      headers,
      payload: new URLSearchParams(fields).toString(),
    })
  const first = await post({ text: '552 5.2.2 <b@example.org> mailbox full' })
  assert.equal(first.statusCode, 200)
  assert.match(first.body, /name="messages"/)
  const again = await post({
    text: 'and now?',
    messages: JSON.stringify([
      { role: 'user', content: 'a' },
      { role: 'assistant', content: 'b' },
    ]),
  })
  assert.equal(again.statusCode, 200)
  assert.equal((await post({ text: 'x', messages: '{' })).statusCode, 400)
})

test('another site is refused, with the origin to add; an allowed one is let in', async (t) => {
  const { app } = await createApp(t, [FULL], { ALLOWED_ORIGINS: 'https://good.example' })
  const from = (origin: string) => app.inject({ url: '/api/articles', headers: { origin } })
  const refused = await from('https://other.example')
  assert.equal(refused.statusCode, 403)
  assert.match(refused.json().error.message, /adds https:\/\/other\.example to ALLOWED_ORIGINS/)
  const allowed = await from('https://good.example')
  assert.equal(allowed.headers['access-control-allow-origin'], 'https://good.example')
  const preflight = await app.inject({
    method: 'OPTIONS',
    url: '/api/chat',
    headers: { origin: 'https://good.example' },
  })
  assert.equal(preflight.statusCode, 204)
})

test('too many requests are told when to come back', async (t) => {
  const { app } = await createApp(t, [FULL], { BOUNCEWISE_RATE_LIMIT: '2' })
  await app.inject('/api/articles')
  await app.inject('/api/articles')
  const third = await app.inject('/api/articles')
  assert.equal(third.statusCode, 429)
  assert.equal(third.json().error.code, 'too-many-requests')
  assert.ok(Number(third.headers['retry-after']) > 0)
  assert.equal((await app.inject('/healthz')).statusCode, 200)
})

test('without an index the server lives, is not ready, and says what to do', async (t) => {
  const { app } = await createApp(t, undefined)
  assert.equal((await app.inject('/healthz')).statusCode, 200)
  const ready = await app.inject('/readyz')
  assert.equal(ready.statusCode, 503)
  assert.match(ready.json().message, /npm run ingest/)
  const answer = await app.inject(ask('mailbox full'))
  assert.equal(answer.statusCode, 503)
  assert.equal(answer.json().error.code, 'index-unusable')
})

test('feedback is counted, and kept only where the operator wants it', async (t) => {
  const payload = { rating: 'down', why: 'wrong', comment: 'nonsense' }
  const counting = await createApp(t, [FULL])
  assert.equal(
    (await counting.app.inject({ method: 'POST', url: '/api/feedback', payload })).statusCode,
    204,
  )
  assert.match(
    (await counting.app.inject('/metrics')).body,
    /bouncewise_feedback_total\{rating="down",why="wrong"\} 1/,
  )
  assert.equal(existsSync(join(counting.dataDir, 'feedback.jsonl')), false)
  const storing = await createApp(t, [FULL], { BOUNCEWISE_FEEDBACK: 'store' })
  await storing.app.inject({ method: 'POST', url: '/api/feedback', payload })
  assert.match(
    readFileSync(join(storing.dataDir, 'feedback.jsonl'), 'utf8'),
    /"comment":"nonsense"/,
  )
})

test('the API describes every one of its routes', async (t) => {
  const { app } = await createApp(t, [FULL])
  const { paths } = (await app.inject('/openapi.json')).json()
  assert.deepEqual(
    [
      '/api/chat',
      '/api/parse',
      '/api/search',
      '/api/articles',
      '/api/articles/{id}',
      '/api/feedback',
      '/healthz',
      '/readyz',
      '/metrics',
    ].filter((path) => !(path in paths)),
    [],
  )
})
