/** What a page pays for the widget: time of its script until the panel stands open. */
import type { Browser } from 'playwright-core'
import { startPortals } from '../../test/e2e/portals.ts'
import { launch, openPage } from '../../test/helpers/browser.ts'
import { type Row, spread } from './measure.ts'

const TIMES = 12
const THROTTLE = 4
const OPEN = `new Promise(resolve => {
  addEventListener('bouncewise:open', () => resolve(true))
  window.bouncewise.push(['open'])
})`

/** Milliseconds of script in a demo portal with the processor slowed down four times; at most 60 is the aim. */
export async function benchWidget(): Promise<Row[]> {
  const browser = await launch()
  const portals = await startPortals()
  try {
    const samples: number[] = []
    for (let time = 0; time < TIMES; time++)
      samples.push(await scriptTime(browser, `${portals.portal}/own-button.html`))
    return spread(`widget until open, script at ${THROTTLE}x throttle`, samples)
  } finally {
    await browser.close()
    await portals.close()
  }
}

/**
 * The page opens the panel itself, asked by the browser's own protocol: a poll from outside, and the
 * script that a test's tool puts into a page to evaluate anything, would be measured too.
 */
async function scriptTime(browser: Browser, url: string): Promise<number> {
  const page = await openPage(browser, 'about:blank')
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  await session.send('Emulation.setCPUThrottlingRate', { rate: THROTTLE })
  await page.goto(url)
  await session.send('Runtime.evaluate', { expression: OPEN, awaitPromise: true })
  const { metrics } = await session.send('Performance.getMetrics')
  await page.context().close()
  return (metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? Number.NaN) * 1000
}
