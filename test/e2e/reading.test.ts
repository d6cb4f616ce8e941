/** How a conversation reads: nothing twice, and what was asked last in sight. */
import assert from 'node:assert/strict'
import { describe, type TestContext, test } from 'node:test'
import type { Locator } from 'playwright-core'
import { article, createApp } from '../helpers/app.ts'
import { launch, noBrowser, openPage, type Watched } from '../helpers/browser.ts'

const QUEUE = `---
codes: [4.4.7]
---
The mail waited in a queue until its time was up.

## What you can do

Check the address, then ask the other side whether its mail works.
`

const visit = async (t: TestContext, path = '/', options = {}): Promise<Watched> => {
  const { app } = await createApp(t, [article('queue-expired', QUEUE)])
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  const browser = await launch()
  t.after(() => browser.close())
  return openPage(browser, `${url}${path}`, options)
}

const turn = (page: Watched, at: number) => page.locator('.turn').nth(at)
const example = async (page: Watched) => {
  await page.locator('.hello .chip').click()
  await turn(page, 0).locator('.thumbs').waitFor()
}
const ask = async (page: Watched, words: string, at: number) => {
  await page.locator('.composer textarea').fill(words)
  await page.keyboard.press('Enter')
  await turn(page, at).locator('.thumbs').waitFor()
}
const seen = (what: Locator) => what.innerText()

describe('reading a conversation', { skip: noBrowser }, () => {
  test('the answer under a card does not say again what the card says', async (t) => {
    const page = await visit(t)
    await example(page)
    const told = await seen(page.locator('.card .what'))
    const answer = await seen(page.locator('.answer'))
    assert.match(told, /time/)
    assert.match(answer, /What to do now/)
    assert.ok(!answer.includes(told))
    assert.doesNotMatch(answer, /Did it arrive|Send it again\?/)
    await ask(page, 'What happened?', 1)
    assert.equal(await turn(page, 1).locator('.card').count(), 0)
    assert.notEqual((await seen(turn(page, 1).locator('.answer'))).trim(), '')
  })

  test('where the card speaks another language, the answer keeps its first sentence', async (t) => {
    const page = await visit(t, '/?locale=de')
    await example(page)
    assert.match(await seen(page.locator('.card .what')), /Zustellung/)
    const answer = await seen(page.locator('.answer'))
    assert.match(answer, /time/)
    assert.doesNotMatch(answer, /Did it arrive/)
  })

  test('a follow-up and its answer come into view; old choices go', async (t) => {
    const page = await visit(t, '/', { viewport: { width: 375, height: 760 } })
    await example(page)
    assert.ok(await turn(page, 0).locator('.choices .chip').first().isVisible())
    await ask(page, 'Why did it take two days?', 1)
    const log = await page.locator('.log').boundingBox()
    const said = await turn(page, 1).locator('.said').boundingBox()
    const answer = await turn(page, 1).locator('.answer').boundingBox()
    assert.ok(log && said && answer)
    assert.ok(
      said.y >= log.y && answer.y < log.y + log.height / 2,
      JSON.stringify({ said, answer }),
    )
    assert.equal(await turn(page, 0).locator('.choices').isVisible(), false)
  })

  test('who scrolls elsewhere is left there', async (t) => {
    const page = await visit(t, '/', { viewport: { width: 375, height: 500 } })
    await example(page)
    await ask(page, 'Why did it take two days?', 1)
    const log = page.locator('.log')
    await log.evaluate((node) => {
      ;(node as unknown as { scrollTop: number }).scrollTop = 40
    })
    // another reader, chosen without the focus that would bring it into view
    await page
      .locator('.readers input')
      .nth(1)
      .evaluate((node) => {
        ;(node as unknown as { checked: boolean }).checked = true
      })
    await page.locator('.readers input').nth(1).dispatchEvent('change')
    await page.waitForTimeout(300)
    await turn(page, 1).locator('.thumbs').waitFor({ state: 'attached' })
    const at = await log.evaluate((node) => (node as unknown as { scrollTop: number }).scrollTop)
    assert.equal(at, 40)
  })

  test('a short report is shown as its card, not a second time as what was said', async (t) => {
    const page = await visit(t)
    await ask(
      page,
      '<kim@partner.example>: host mx.partner.example[192.0.2.8] said:\n452 4.2.2 Mailbox full\n(in reply to RCPT TO command)',
      0,
    )
    await turn(page, 0).locator('.card').waitFor()
    assert.match(await seen(turn(page, 0).locator('.said')), /3 lines/)
    await page.getByText('The server gave up on this message').waitFor()
  })
})
