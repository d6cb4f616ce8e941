/** One Chromium for a test file. Without one the tests are skipped with a reason; with CI=true they fail. */
import { existsSync } from 'node:fs'
import {
  type Browser,
  type BrowserContextOptions,
  chromium,
  type Locator,
  type Page,
} from 'playwright-core'

const PLACES = [
  process.env.CHROMIUM_PATH ?? '',
  // the same engine without a desktop around it opens a page three times as fast
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]

const executablePath = PLACES.find((place) => place !== '' && existsSync(place))

/** Reason to skip; false where a browser is at hand, or where its absence must be a failure. */
export const noBrowser: string | false =
  executablePath === undefined && process.env.CI !== 'true'
    ? 'no Chromium found: apt-get install chromium, or set CHROMIUM_PATH'
    : false

export function launch(): Promise<Browser> {
  if (executablePath === undefined) throw new Error('no Chromium found and CI=true')
  return chromium.launch({
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

export type Watched = Page & {
  /** requests that went to hosts other than the allowed ones */
  readonly strangers: string[]
  /** errors of the page and violations of its policy */
  readonly faults: string[]
}

/** A page that notes what should never happen. */
export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions & { readonly own?: readonly string[] } = {},
): Promise<Watched> {
  const { own = [], ...rest } = options
  const context = await browser.newContext({
    locale: 'en-GB',
    viewport: { width: 1200, height: 800 },
    ...rest,
  })
  context.setDefaultTimeout(30_000)
  const page = (await context.newPage()) as Watched
  const hosts = [new URL(url).origin, ...own]
  Object.assign(page, { strangers: [], faults: [] })
  page.on('request', (request) => {
    const target = request.url()
    if (!hosts.some((host) => target.startsWith(host)) && !/^(data|blob|about):/.test(target))
      page.strangers.push(target)
  })
  page.on('pageerror', (error) => page.faults.push(error.message))
  page.on('console', (message) => {
    if (/Content Security Policy|Trusted/i.test(message.text())) page.faults.push(message.text())
  })
  await page.goto(url)
  return page
}

type Styles = { getComputedStyle(node: unknown): Record<string, string> }

/** Computed styles of an element, by their names in script. */
export const stylesOf = (locator: Locator, names: readonly string[]): Promise<string[]> =>
  locator.evaluate((node, wanted) => {
    const style = (globalThis as unknown as Styles).getComputedStyle(node)
    return wanted.map((name) => style[name] ?? '')
  }, names)
