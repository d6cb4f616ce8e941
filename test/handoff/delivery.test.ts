import assert from 'node:assert/strict'
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { backOff } from '../../server/handoff/delivery.ts'
import { type DeliveryEvent, openHandOffs } from '../../server/handoff/index.ts'
import { temporaryFolder } from '../helpers/app.ts'
import { handOff, settingsOf, webhookEnv } from './cases.ts'
import { startHelpdesk } from './helpdesk.ts'

type Kind = DeliveryEvent['kind']

async function open(t: TestContext, dataDir: string, env: Record<string, string>) {
  const events: DeliveryEvent[] = []
  const waiting: { kind: Kind; go: () => void }[] = []
  const handOffs = await openHandOffs({
    settings: settingsOf(env),
    dataDir,
    tell(event) {
      events.push(event)
      for (const { kind, go } of waiting) if (kind === event.kind) go()
    },
    delay: () => 5,
  })
  assert.ok(handOffs)
  t.after(() => handOffs.close())
  const happened = (kind: Kind) =>
    new Promise<void>((go) => {
      if (events.some((event) => event.kind === kind)) go()
      else waiting.push({ kind, go })
    })
  return { handOffs, events, happened }
}

const files = (dataDir: string, folder: string) => readdirSync(join(dataDir, 'handoff', folder))

test('a ticket is on disk before it is answered, and gone once delivered', async (t) => {
  const helpdesk = await startHelpdesk(t)
  const dataDir = temporaryFolder(t)
  const { handOffs, happened } = await open(t, dataDir, webhookEnv(helpdesk.url))
  const ticket = await handOffs.accept(handOff)
  await happened('delivered')
  assert.deepEqual(files(dataDir, 'outbox'), [])
  assert.equal(JSON.parse(helpdesk.received[0]?.body ?? '').id, ticket?.id)
})

test('a helpdesk that fails is tried again until it takes the ticket', async (t) => {
  const helpdesk = await startHelpdesk(t, [{ status: 500 }, { status: 401 }, { status: 429 }])
  const dataDir = temporaryFolder(t)
  const { handOffs, events, happened } = await open(t, dataDir, webhookEnv(helpdesk.url))
  await handOffs.accept(handOff)
  await happened('delivered')
  assert.deepEqual(
    events.map(({ kind }) => kind),
    ['failed', 'failed', 'failed', 'delivered'],
  )
  const ids = new Set(helpdesk.received.map(({ headers }) => headers['bouncewise-delivery']))
  assert.equal(ids.size, 1)
})

test('after the last try a ticket is whole among the dead letters', async (t) => {
  const helpdesk = await startHelpdesk(t, Array(3).fill({ status: 503 }))
  const dataDir = temporaryFolder(t)
  const env = { ...webhookEnv(helpdesk.url), BOUNCEWISE_HANDOFF_TRIES: '3' }
  const { handOffs, happened } = await open(t, dataDir, env)
  const ticket = await handOffs.accept(handOff)
  await happened('dead')
  assert.equal(helpdesk.received.length, 3)
  assert.deepEqual(files(dataDir, 'outbox'), [])
  const file = join(dataDir, 'handoff', 'dead-letter', `${ticket?.id}.json`)
  const dead = JSON.parse(readFileSync(file, 'utf8'))
  assert.deepEqual(dead.ticket.handOff, handOff)
  assert.equal(dead.failure, 'status 503')
})

test('a request that is wrong in itself is not sent again', async (t) => {
  const helpdesk = await startHelpdesk(t, [{ status: 422 }])
  const dataDir = temporaryFolder(t)
  const { handOffs, happened } = await open(t, dataDir, webhookEnv(helpdesk.url))
  await handOffs.accept(handOff)
  await happened('dead')
  assert.equal(helpdesk.received.length, 1)
  assert.equal(files(dataDir, 'dead-letter').length, 1)
})

test('a redirect is not followed', async (t) => {
  const other = await startHelpdesk(t)
  const helpdesk = await startHelpdesk(t, [{ status: 307, headers: { location: other.url } }])
  const { handOffs, happened } = await open(t, temporaryFolder(t), webhookEnv(helpdesk.url))
  await handOffs.accept(handOff)
  await happened('delivered')
  assert.equal(other.received.length, 0)
  assert.equal(helpdesk.received.length, 2)
})

test('what waited when a process ended is delivered by the next one', async (t) => {
  const dataDir = temporaryFolder(t)
  const nobody = await open(t, dataDir, webhookEnv('http://127.0.0.1:9'))
  const ticket = await nobody.handOffs.accept(handOff)
  await nobody.happened('failed')
  await nobody.handOffs.close()
  assert.equal(files(dataDir, 'outbox').length, 1)
  const helpdesk = await startHelpdesk(t)
  const next = await open(t, dataDir, webhookEnv(helpdesk.url))
  await next.happened('delivered')
  assert.equal(JSON.parse(helpdesk.received[0]?.body ?? '').id, ticket?.id)
})

test('a dead letter that is moved back is tried anew', async (t) => {
  const dataDir = temporaryFolder(t)
  const deaf = await startHelpdesk(t, [{ status: 503 }])
  const env = { BOUNCEWISE_HANDOFF_TRIES: '1' }
  const first = await open(t, dataDir, { ...webhookEnv(deaf.url), ...env })
  const ticket = await first.handOffs.accept(handOff)
  await first.happened('dead')
  await first.handOffs.close()
  const [from, to] = ['dead-letter', 'outbox'].map((folder) =>
    join(dataDir, 'handoff', folder, `${ticket?.id}.json`),
  ) as [string, string]
  renameSync(from, to)
  const next = await open(t, dataDir, { ...webhookEnv(deaf.url), ...env })
  await next.happened('delivered')
  assert.equal(deaf.received.length, 2)
})

test('a file that cannot be read stays, is counted, and holds up nothing', async (t) => {
  const dataDir = temporaryFolder(t)
  const helpdesk = await startHelpdesk(t)
  const first = await open(t, dataDir, webhookEnv(helpdesk.url))
  await first.handOffs.close()
  writeFileSync(join(dataDir, 'handoff', 'outbox', 'BW-1.json'), '{"ticket":')
  const { handOffs, happened } = await open(t, dataDir, webhookEnv(helpdesk.url))
  assert.equal(handOffs.unreadable, 1)
  await handOffs.accept(handOff)
  await happened('delivered')
  assert.deepEqual(files(dataDir, 'outbox'), ['BW-1.json'])
})

test('the same outage again is marked, over a restart too; another one is not', async (t) => {
  const dataDir = temporaryFolder(t)
  const helpdesk = await startHelpdesk(t)
  const first = await open(t, dataDir, webhookEnv(helpdesk.url))
  assert.equal((await first.handOffs.accept(handOff))?.repeated, false)
  await first.handOffs.close()
  const next = await open(t, dataDir, webhookEnv(helpdesk.url))
  const facts = { ...handOff.facts, remoteMta: 'MX2.example.org.' }
  const again = await next.handOffs.accept({ ...handOff, facts })
  assert.deepEqual([again?.repeated, again?.count], [true, 2])
  for (const other of [{ remoteMta: 'mx1.example.net' }, { reason: 'mailboxfull' }]) {
    const one = await next.handOffs.accept({ ...handOff, facts: { ...handOff.facts, ...other } })
    assert.equal(one?.repeated, false)
  }
})

test('tickets of which too little is known are never called the same', async (t) => {
  const helpdesk = await startHelpdesk(t)
  const { handOffs } = await open(t, temporaryFolder(t), webhookEnv(helpdesk.url))
  for (const facts of [
    {},
    { reason: 'userunknown' },
    { remoteMta: 'HOST_1', reason: 'filtered' },
  ]) {
    await handOffs.accept({ ...handOff, facts })
    const again = await handOffs.accept({ ...handOff, facts })
    assert.deepEqual([again?.key, again?.repeated], [undefined, false])
  }
})

test('a key is forgotten after its window', async (t) => {
  const helpdesk = await startHelpdesk(t)
  const env = { ...webhookEnv(helpdesk.url), BOUNCEWISE_HANDOFF_REPEAT_MINUTES: '0' }
  const { handOffs } = await open(t, temporaryFolder(t), env)
  await handOffs.accept(handOff)
  assert.equal((await handOffs.accept(handOff))?.repeated, false)
})

test('many at once are each delivered once', async (t) => {
  const helpdesk = await startHelpdesk(t)
  const { handOffs } = await open(t, temporaryFolder(t), webhookEnv(helpdesk.url))
  const tickets = await Promise.all(Array.from({ length: 20 }, () => handOffs.accept(handOff)))
  await helpdesk.seen(20)
  const sent = helpdesk.received.map(({ body }) => JSON.parse(body).id)
  assert.deepEqual(sent.toSorted(), tickets.map((ticket) => ticket?.id).toSorted())
  assert.deepEqual(
    tickets.map((ticket) => ticket?.count).toSorted((a = 0, b = 0) => a - b),
    Array.from({ length: 20 }, (_, index) => index + 1),
  )
})

test('tries are ever further apart, up to about an hour', () => {
  const pauses = [1, 2, 3, 8, 30].map(backOff)
  assert.deepEqual(
    pauses,
    pauses.toSorted((a, b) => a - b),
  )
  assert.ok((pauses[0] ?? 0) >= 5000 && (pauses[4] ?? 0) <= 4_320_000)
})
