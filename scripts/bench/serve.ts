/** What a person waits for, and whether the event loop stays free while the server answers. */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { buildApp } from '../../server/app.ts'
import { loadConfig } from '../../server/config/index.ts'
import { quantile, type Row, spread } from './measure.ts'

const NDR = `Delivery has failed to these recipients or groups:
ann@example.org
The email address you entered couldn't be found.
Diagnostic information for administrators:
Generating server: mail01.example.com
ann@example.org
mx.example.org #550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##`
const ROUNDS = 120
const AT_ONCE = 4

/** A turn of a long talk beside one of a short talk, as a ratio: 1 where the fiftieth costs what the third does. */
async function benchTurns(ask: (messages: readonly Said[]) => Promise<number>): Promise<Row[]> {
  const talkOf = (turns: number): readonly Said[] => [
    { role: 'user', content: NDR },
    ...Array.from({ length: turns - 1 }, (): readonly Said[] => [
      { role: 'assistant', content: 'An answer of the usual length. '.repeat(40) },
      { role: 'user', content: 'is it my fault?' },
    ]).flat(),
  ]
  const short: number[] = []
  const long: number[] = []
  for (let i = 0; i < TURNS; i++) {
    short.push(await ask(talkOf(3)))
    long.push(await ask(talkOf(50)))
  }
  return [
    { what: 'third turn of a talk, p50', value: quantile(short, 0.5), unit: 'ms' },
    { what: 'fiftieth turn of a talk, p50', value: quantile(long, 0.5), unit: 'ms' },
    {
      what: 'fiftieth turn by third turn',
      value: quantile(long, 0.5) / quantile(short, 0.5),
      unit: 'times',
    },
  ]
}
type Said = { readonly role: 'user' | 'assistant'; readonly content: string }
const TURNS = 40

export async function benchServer(dataDir: string, questions: readonly string[]): Promise<Row[]> {
  const app = await buildApp({
    ...loadConfig({}),
    DATA_DIR: dataDir,
    BOUNCEWISE_RATE_LIMIT: 0,
    LOG_LEVEL: 'silent',
  })
  const send = async (messages: readonly Said[]): Promise<number> => {
    const start = performance.now()
    const { statusCode } = await app.inject({
      method: 'POST',
      url: '/api/chat',
      payload: { messages },
    })
    if (statusCode !== 200) throw new Error(`the server answered ${statusCode}`)
    return performance.now() - start
  }
  const ask = (content: string) => send([{ role: 'user', content }])
  for (const question of questions.slice(0, 5)) await ask(question)
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  const reports: number[] = []
  const talks: number[] = []
  for (let i = 0; i < ROUNDS; i += AT_ONCE) {
    const lanes = Array.from({ length: AT_ONCE }, (_, lane) => i + lane)
    await Promise.all(
      lanes.map(async (n) => {
        // a new address each time: nothing is answered from a cache
        if (n % 2 === 0) reports.push(await ask(NDR.replaceAll('ann@', `ann${n}@`)))
        else talks.push(await ask(questions[n % questions.length] as string))
      }),
    )
  }
  delay.disable()
  const turns = await benchTurns(send)
  await app.close()
  return [
    ...spread(`answer to a pasted report, ${AT_ONCE} at once`, reports),
    ...spread(`answer to a question, ${AT_ONCE} at once`, talks),
    {
      what: 'event-loop delay while serving p99',
      value: delay.percentile(99) / 1e6,
      unit: 'ms',
      note: `of ${ROUNDS} answers; median of answers ${quantile([...reports, ...talks], 0.5).toFixed(0)} ms`,
    },
    ...turns,
  ]
}
