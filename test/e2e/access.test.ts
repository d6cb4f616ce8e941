import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { launch, noBrowser, openPage, type Watched } from '../helpers/browser.ts'
import { root } from '../helpers/root.ts'
import { type Stub, startStub } from '../helpers/stub-server.ts'
import { startPortals } from './portals.ts'

type Violation = {
  readonly id: string
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[]
}

const SETTINGS: Record<string, BrowserContextOptions & { readonly path?: string }> = {
  light: {},
  dark: { colorScheme: 'dark' },
  'forced colours': { forcedColors: 'active' },
  '320 px': { viewport: { width: 320, height: 640 } },
  '200 % zoom': { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 },
  'right to left': { path: '/?locale=ar' },
  Japanese: { path: '/?locale=ja' },
}

describe('accessibility, by axe', { skip: noBrowser }, () => {
  let browser: Browser
  let stub: Stub
  const axe = readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8')

  before(async () => {
    browser = await launch()
    stub = await startStub()
  })
  after(async () => {
    await browser?.close()
    await stub?.close()
  })

  /** Every rule of WCAG 2.2 AA and of good practice; nothing switched off. */
  const check = async (page: Watched, state: string) => {
    const violations = (await page.evaluate(
      'axe.run(document, { resultTypes: ["violations"] }).then(result => result.violations)',
    )) as Violation[]
    const said = violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${state}: ${id}: ${html}\n${failureSummary}`),
    )
    assert.deepEqual(said, [])
  }

  for (const [name, { path = '/', ...options }] of Object.entries(SETTINGS)) {
    test(`nothing is found in any state: ${name}`, async () => {
      Object.assign(stub, { behaviour: 'normal' })
      // axe itself needs what the page's policy forbids
      const page = await openPage(browser, `${stub.url}${path}`, { ...options, bypassCSP: true })
      await page.evaluate(axe)
      await page.locator('.composer textarea').waitFor()
      await check(page, 'start')
      await page.locator('.menu summary').click()
      await check(page, 'menu')
      await page.keyboard.press('Escape')
      await page.locator('.hello .chip').click()
      await page.locator('.thumbs').waitFor()
      await check(page, 'answer')
      await page.locator('.evidence summary').click()
      await check(page, 'whole message')
      await page.locator('.cite').first().click()
      await page.locator('.sheet .body p').first().waitFor()
      await check(page, 'passage')
      await page.keyboard.press('Escape')
      await page.locator('.tools [aria-haspopup=dialog]').click()
      await page.locator('.handoff').waitFor()
      await check(page, 'hand-off')
      await page.locator('.handoff .primary').click()
      await page.locator('.handoff .done').waitFor()
      await check(page, 'handed over')
      await page.keyboard.press('Escape')
      await page.locator('.thumbs button').last().click()
      await check(page, 'feedback')
      await page.locator('.fold summary').first().click()
      await check(page, 'unfolded')
      await page.locator('.readers input[value=them]').check()
      await check(page, 'text for the other side')
      Object.assign(stub, { behaviour: 'broken' })
      await page.locator('.composer textarea').fill('x')
      await page.keyboard.press('Enter')
      await page.locator('.failure').waitFor()
      await check(page, 'failure')
      await page.context().close()
    })
  }

  test('nothing is found in a portal, closed and open', async () => {
    Object.assign(stub, { behaviour: 'normal' })
    const portals = await startPortals()
    try {
      const page = await openPage(browser, `${portals.portal}/ordinary.html`, { bypassCSP: true })
      await page.evaluate(axe)
      await page.locator('bouncewise-widget .go').waitFor()
      await check(page, 'launcher')
      await page.locator('bouncewise-widget .go').click()
      await page.locator('.composer textarea').waitFor()
      await check(page, 'panel')
      await page.context().close()
    } finally {
      await portals.close()
    }
  })

  test('what can be pressed is at least 24 px, and 200 % text spacing hides nothing', async () => {
    Object.assign(stub, { behaviour: 'normal' })
    const page = await openPage(browser, stub.url)
    await page.locator('.hello .chip').click()
    await page.locator('.thumbs').waitFor()
    const small = await page
      .locator('button:visible, summary:visible, select:visible')
      .evaluateAll((nodes) =>
        nodes
          .map(
            (node) => [node.className, (node as unknown as Sized).getBoundingClientRect()] as const,
          )
          .filter(([, { width, height }]) => width < 24 || height < 24)
          .map(([name]) => String(name)),
      )
    assert.deepEqual(small, [])
  })
})

type Sized = { getBoundingClientRect(): { readonly width: number; readonly height: number } }
