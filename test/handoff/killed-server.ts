/** A process that accepts tickets and says so, one line each, until it is killed. */
import { openHandOffs } from '../../server/handoff/index.ts'
import { handOff, settingsOf, webhookEnv } from './cases.ts'

const [dataDir = '', url = ''] = process.argv.slice(2)
const handOffs = await openHandOffs({
  settings: settingsOf(webhookEnv(url)),
  dataDir,
  tell() {},
  delay: () => 60_000,
})
for (;;) {
  const ticket = await handOffs?.accept(handOff)
  process.stdout.write(`${ticket?.id}\n`)
}
