/**
 * Pictures of the page and of each demo portal, to be looked at: wide and narrow, light and dark, right
 * to left, before and after a paste. They go to `screenshots/`.
 *
 *   npm run build && npm run screenshots              # of a server of its own, with the index of DATA_DIR
 *   npm run screenshots -- passage narrow             # only those with such a name
 *   npm run screenshots -- http://127.0.0.1:3000      # of one that runs, allows the portals' origin and
 *                                                     # has a hand-off
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { servePortals } from '../examples/serve.ts'
import { launch, openPage } from '../test/helpers/browser.ts'
import { root } from '../test/helpers/root.ts'

const given = process.argv.slice(2)
const wanted = given.filter((word) => !word.includes('://'))
const portal = 'http://127.0.0.1:3104'

/** Our own server, at any free port. Its hand-off leads nowhere: the form is opened, never sent. */
const own = given.length > wanted.length ? undefined : startServer()
const server = own ? await addressOf(own) : (given.find((word) => word.includes('://')) ?? '')
const folder = join(root, 'screenshots')

const WIDE: BrowserContextOptions = { viewport: { width: 1280, height: 860 } }
const NARROW: BrowserContextOptions = {
  viewport: { width: 375, height: 760 },
  isMobile: true,
  hasTouch: true,
}
const SLIM: BrowserContextOptions = { ...NARROW, viewport: { width: 320, height: 700 } }
const DARK: BrowserContextOptions = { colorScheme: 'dark' }

type Steps = (page: Page) => Promise<void>

const start: Steps = (page) => page.locator('.composer textarea').first().waitFor()
const answer: Steps = async (page) => {
  await page.locator('.hello .chip').first().click()
  await page.locator('.thumbs').first().waitFor()
}
/** Everything long: addresses, hosts, codes, several recipients. */
const LONG = `From: Maximiliane Rechnungspruefung <maximiliane.rechnungspruefung-abteilung-3@verwaltung.stadtwerke.example>
This is the mail system at host outbound-relay-7.frankfurt.mail.stadtwerke.example.

<wolfgang-amadeus.hohenzollern-sigmaringen@donaudampfschifffahrtsgesellschaft.example>: host
    mx1.inbound.protection.donaudampfschifffahrtsgesellschaft.example[192.0.2.7] said:
    550-5.7.26 Unauthenticated email from stadtwerke.example is not accepted due to domain's
    550 5.7.26 DMARC policy, see https://support.example.org/very/long/path/that/never/ends#0123456789abcdef (in reply to end of DATA command)
<kim@partner.example>: host mx.partner.example[192.0.2.8] said: 452 4.2.2 Mailbox full (in reply to RCPT TO command)`
const long: Steps = async (page) => {
  await page.locator('.composer textarea').first().fill(LONG)
  await page.keyboard.press('Enter')
  await page.locator('.thumbs').first().waitFor()
}
const wayOf =
  (before: Steps): Steps =>
  async (page) => {
    await before(page)
    await page
      .locator('.journey')
      .first()
      .evaluate((node) => node.scrollIntoView())
  }
const folds: Steps = async (page) => {
  await answer(page)
  for (const fold of await page.locator('.fold summary').all()) await fold.click()
  await page.locator('.fold').first().scrollIntoViewIfNeeded()
}
const bottom: Steps = async (page) => {
  await answer(page)
  await page.locator('.tools').first().scrollIntoViewIfNeeded()
}
const passage: Steps = async (page) => {
  await answer(page)
  await page.locator('.cite').first().click()
  await page.locator('.sheet .body p').first().waitFor()
}
const handOff: Steps = async (page) => {
  await answer(page)
  await page.locator('.tools [aria-haspopup=dialog]').click()
  await page.locator('.handoff').waitFor()
}
const opened: Steps = async (page) => {
  await page.locator('bouncewise-widget .go').click()
  await page.locator('bouncewise-widget .composer textarea').waitFor()
}
const openedAnswer: Steps = async (page) => {
  await opened(page)
  await page.locator('bouncewise-widget .hello .chip').click()
  await page.locator('bouncewise-widget .thumbs').waitFor()
}
const launcher: Steps = (page) => page.locator('bouncewise-widget .go').waitFor()

const PICTURES: readonly (readonly [string, string, BrowserContextOptions, Steps])[] = [
  ['page-start-wide', `${server}/`, WIDE, start],
  ['page-start-wide-dark', `${server}/`, { ...WIDE, ...DARK }, start],
  ['page-start-narrow', `${server}/`, NARROW, start],
  ['page-answer-wide', `${server}/`, WIDE, answer],
  ['page-answer-wide-dark', `${server}/`, { ...WIDE, ...DARK }, answer],
  ['page-answer-narrow', `${server}/`, NARROW, answer],
  ['page-answer-narrow-dark', `${server}/`, { ...NARROW, ...DARK }, answer],
  ['page-answer-end-wide', `${server}/`, WIDE, bottom],
  ['page-answer-end-narrow', `${server}/`, NARROW, bottom],
  ['page-answer-320', `${server}/`, SLIM, answer],
  ['page-way-320', `${server}/`, SLIM, wayOf(answer)],
  ['page-long-wide', `${server}/`, WIDE, long],
  ['page-long-320', `${server}/`, SLIM, long],
  ['page-long-way-320', `${server}/`, SLIM, wayOf(long)],
  ['page-folds-open', `${server}/`, WIDE, folds],
  ['page-handoff-narrow', `${server}/`, NARROW, handOff],
  ['page-passage-wide', `${server}/`, WIDE, passage],
  ['page-handoff-wide', `${server}/`, WIDE, handOff],
  ['page-start-arabic', `${server}/?locale=ar`, WIDE, start],
  ['page-answer-arabic', `${server}/?locale=ar`, WIDE, answer],
  ['page-answer-end-arabic', `${server}/?locale=ar`, WIDE, bottom],
  ['page-answer-hebrew-narrow', `${server}/?locale=he`, NARROW, answer],
  ['page-answer-german', `${server}/?locale=de`, WIDE, answer],
  ['page-answer-japanese-narrow', `${server}/?locale=ja`, NARROW, answer],
  ['page-answer-forced-colours', `${server}/`, { ...WIDE, forcedColors: 'active' }, answer],
  ['portal-ordinary', `${portal}/ordinary.html`, WIDE, launcher],
  ['portal-ordinary-open', `${portal}/ordinary.html`, WIDE, opened],
  ['portal-ordinary-answer', `${portal}/ordinary.html`, WIDE, openedAnswer],
  ['portal-ordinary-narrow', `${portal}/ordinary.html`, NARROW, openedAnswer],
  ['portal-own-button', `${portal}/own-button.html`, WIDE, async () => {}],
  ['portal-inline', `${portal}/inline.html`, WIDE, answer],
  ['portal-component', `${portal}/component.html`, WIDE, answer],
  [
    'portal-iframe',
    `${portal}/iframe.html`,
    WIDE,
    (page) => page.frameLocator('iframe').locator('.composer').waitFor(),
  ],
  ['portal-react', `${portal}/react.html`, WIDE, answer],
  ['portal-strict-csp', `${portal}/strict-csp.html`, WIDE, openedAnswer],
  ['portal-hostile-css', `${portal}/hostile-css.html`, WIDE, openedAnswer],
  ['portal-spa', `${portal}/spa.html`, WIDE, opened],
]

async function take(browser: Browser): Promise<void> {
  for (const [name, url, options, steps] of PICTURES) {
    if (wanted.length > 0 && !wanted.some((part) => name.includes(part))) continue
    const page = await openPage(browser, url, { ...options, own: [server] })
    await steps(page)
    await page.screenshot({ path: join(folder, `${name}.png`) })
    if (page.faults.length > 0) console.error(name, page.faults)
    console.log(`screenshots/${name}.png`)
    await page.context().close()
  }
}

function startServer(): ChildProcess {
  const main = join(root, 'dist/server/main.js')
  return spawn(process.execPath, ['--enable-source-maps', main], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      HOST: '127.0.0.1',
      PORT: '0',
      ALLOWED_ORIGINS: portal,
      BOUNCEWISE_HANDOFF: 'webhook',
      BOUNCEWISE_HANDOFF_URL: 'https://helpdesk.example/hook',
      BOUNCEWISE_HANDOFF_SECRET: 'of-nobody-and-for-nothing',
    },
  })
}

/** Where it listens, once it says so; without an index it builds one first. */
async function addressOf(child: ChildProcess): Promise<string> {
  let said = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  const over = once(child, 'exit')
  for (;;) {
    const address = /ready: (http:\S+)/.exec(said)?.[1]
    if (address) return address
    const ended = await Promise.race([over.then(() => true), once(child.stdout ?? child, 'data')])
    if (ended === true) throw new Error(`the server ended before it was ready:\n${said}`)
  }
}

mkdirSync(folder, { recursive: true })
const portals = await servePortals(server, 3104)
const browser = await launch()
try {
  await take(browser)
} finally {
  await browser.close()
  portals.close()
  own?.kill()
}
