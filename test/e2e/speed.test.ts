import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { launch, noBrowser, openPage } from '../helpers/browser.ts'
import { type Portals, startPortals } from './portals.ts'

/** On a machine that is busy with other tests a measurement may be off: the best of a few counts. */
const TRIES = 8
const MOST_MS = 60

describe('speed', { skip: noBrowser }, () => {
  let browser: Browser
  let portals: Portals

  before(async () => {
    browser = await launch()
    portals = await startPortals()
  })
  after(async () => {
    await browser?.close()
    await portals?.close()
  })

  /**
   * Milliseconds of script until the panel stands open, with the processor slowed down four times. The
   * page opens it itself: a test that polls the page would be measured too.
   */
  async function scriptTime(): Promise<number> {
    const page = await openPage(browser, 'about:blank')
    const session = await page.context().newCDPSession(page)
    await session.send('Performance.enable', { timeDomain: 'threadTicks' })
    await session.send('Emulation.setCPUThrottlingRate', { rate: 4 })
    await page.goto(`${portals.portal}/own-button.html`)
    await page.evaluate(
      `new Promise(resolve => {
        addEventListener('bouncewise:open', resolve)
        window.bouncewise.push(['open'])
      })`,
    )
    const { metrics } = await session.send('Performance.getMetrics')
    await page.context().close()
    return (metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? Number.NaN) * 1000
  }

  test('takes little of a slow machine until it is open', async (t) => {
    const times: number[] = []
    while (times.length < TRIES && !times.some((time) => time <= MOST_MS)) {
      times.push(await scriptTime())
    }
    t.diagnostic(`script at 4x throttle: ${times.map((time) => time.toFixed(0)).join(', ')} ms`)
    assert.ok(Math.min(...times) <= MOST_MS, `${Math.min(...times).toFixed(0)} ms`)
  })
})
