import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ConfigError, loadConfig } from '../../server/config/index.ts'
import { createApp } from '../helpers/app.ts'
import { handOff, webhookEnv } from './cases.ts'
import { startHelpdesk } from './helpdesk.ts'

const post = (payload: unknown) =>
  ({ method: 'POST', url: '/api/handoff', payload: payload as object }) as const

test('without a helpdesk the widget is told so, and why', async (t) => {
  const { app } = await createApp(t, [])
  assert.deepEqual((await app.inject('/api/handoff')).json(), { enabled: false })
  const response = await app.inject(post(handOff))
  assert.equal(response.statusCode, 404)
  assert.equal(response.json().error.code, 'handoff-off')
})

test('what the form showed arrives unchanged', async (t) => {
  const helpdesk = await startHelpdesk(t)
  const { app } = await createApp(t, [], webhookEnv(helpdesk.url))
  assert.deepEqual((await app.inject('/api/handoff')).json(), { enabled: true })
  const response = await app.inject(post(handOff))
  assert.equal(response.statusCode, 202)
  const { id, repeated } = response.json()
  assert.match(id, /^BW-[0-9A-F]{12}$/)
  assert.equal(repeated, false)
  await helpdesk.seen(1)
  assert.deepEqual(JSON.parse(helpdesk.received[0]?.body ?? '').ticket, handOff)
  assert.match(
    (await app.inject('/metrics')).body,
    /bouncewise_handoff_total\{repeated="false"\} 1/,
  )
})

test('without a report or a diagnosis a person can still be asked', async (t) => {
  const helpdesk = await startHelpdesk(t)
  const { app } = await createApp(t, [], webhookEnv(helpdesk.url))
  const bare = { facts: {}, diagnosis: null, conversation: [], report: null, locale: 'de' }
  assert.equal((await app.inject(post(bare))).statusCode, 202)
  await helpdesk.seen(1)
  assert.deepEqual(JSON.parse(helpdesk.received[0]?.body ?? '').ticket, bare)
})

test('what is too long or of another shape is refused', async (t) => {
  const helpdesk = await startHelpdesk(t)
  const { app } = await createApp(t, [], webhookEnv(helpdesk.url))
  const wrong = [
    { ...handOff, contact: 'x'.repeat(201) },
    { ...handOff, note: 'x'.repeat(2001) },
    { ...handOff, report: { kind: 'raw', text: '' } },
    { ...handOff, facts: { reason: { nested: true } } },
    { ...handOff, conversation: Array(201).fill({ role: 'user', content: '' }) },
    {},
  ]
  for (const payload of wrong) assert.equal((await app.inject(post(payload))).statusCode, 400)
  assert.equal(
    (await app.inject(post({ ...handOff, note: 'x'.repeat(5_000_000) }))).statusCode,
    413,
  )
})

test('one address hands over ten cases a minute, not more', async (t) => {
  const helpdesk = await startHelpdesk(t)
  const { app } = await createApp(t, [], webhookEnv(helpdesk.url))
  const codes: number[] = []
  for (let count = 0; count < 11; count += 1)
    codes.push((await app.inject(post(handOff))).statusCode)
  assert.deepEqual(codes, [...Array(10).fill(202), 429])
})

test('settings that do not fit together stop the start with one line that names the setting', () => {
  const url = 'https://helpdesk.example.com'
  const wrong: [Record<string, string>, RegExp][] = [
    [{ BOUNCEWISE_HANDOFF: 'mail' }, /BOUNCEWISE_HANDOFF must be one of/],
    [{ BOUNCEWISE_HANDOFF: 'webhook' }, /needs BOUNCEWISE_HANDOFF_URL/],
    [{ ...webhookEnv('http://helpdesk.example.com') }, /https:/],
    [{ ...webhookEnv('https://a:b@helpdesk.example.com') }, /no user or password/],
    [{ ...webhookEnv('http://127.0.0.1.example.com') }, /https:/],
    [{ ...webhookEnv(url), BOUNCEWISE_HANDOFF_SECRET: 'short' }, /at least 16/],
    [
      {
        BOUNCEWISE_HANDOFF: 'freshdesk',
        BOUNCEWISE_HANDOFF_URL: url,
        BOUNCEWISE_HANDOFF_TOKEN: 't',
      },
      /needs BOUNCEWISE_HANDOFF_REQUESTER/,
    ],
    [
      {
        BOUNCEWISE_HANDOFF: 'jira',
        BOUNCEWISE_HANDOFF_URL: url,
        BOUNCEWISE_HANDOFF_TOKEN: 't',
        BOUNCEWISE_HANDOFF_QUEUE: 'HELP',
      },
      /1\/10/,
    ],
  ]
  for (const [env, message] of wrong) {
    assert.throws(
      () => loadConfig(env),
      (error) =>
        error instanceof ConfigError && message.test(error.message) && !/\n/.test(error.message),
    )
  }
})

test('a secret is never shown when a setting is wrong', () => {
  for (const name of ['BOUNCEWISE_HANDOFF_SECRET', 'BOUNCEWISE_HANDOFF_TOKEN']) {
    const value = 'geheim'.repeat(1000)
    assert.throws(
      () => loadConfig({ [name]: value }),
      (error) => error instanceof ConfigError && !error.message.includes('geheim'),
    )
  }
})
