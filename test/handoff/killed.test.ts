import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { openHandOffs } from '../../server/handoff/index.ts'
import { temporaryFolder } from '../helpers/app.ts'
import { settingsOf, webhookEnv } from './cases.ts'
import { startHelpdesk } from './helpdesk.ts'

const here = import.meta.url.endsWith('.ts') ? '.ts' : '.js'
const script = fileURLToPath(new URL(`./killed-server${here}`, import.meta.url))
/** nothing listens there: every ticket stays in the outbox */
const NOBODY = 'http://127.0.0.1:9'

test('a process killed while it accepts loses no ticket that it answered', async (t) => {
  const dataDir = temporaryFolder(t)
  const answered: string[] = []
  for (let round = 0; round < 3; round += 1) {
    const child = spawn(process.execPath, [...process.execArgv, script, dataDir, NOBODY], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const ended = once(child, 'exit')
    let text = ''
    child.stdout.on('data', (chunk) => {
      text += chunk
      if (text.split('\n').length > 15 + round * 7) child.kill('SIGKILL')
    })
    assert.deepEqual(await ended, [null, 'SIGKILL'])
    answered.push(...text.split('\n').slice(0, -1))
  }
  assert.ok(answered.length >= 45)

  const helpdesk = await startHelpdesk(t)
  let left = () => {}
  const empty = new Promise<void>((resolve) => {
    left = resolve
  })
  const handOffs = await openHandOffs({
    settings: settingsOf(webhookEnv(helpdesk.url)),
    dataDir,
    tell() {
      if (handOffs?.waiting === 0) left()
    },
    delay: () => 5,
  })
  t.after(() => handOffs?.close())
  assert.equal(handOffs?.unreadable, 0, 'a half-written file must not be found')
  await empty
  const delivered = new Set(helpdesk.received.map(({ body }) => JSON.parse(body).id))
  assert.deepEqual(
    answered.filter((id) => !delivered.has(id)),
    [],
  )
  assert.equal(delivered.size, helpdesk.received.length, 'each once')
})
