import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, type TestContext, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import type { Browser } from 'playwright-core'
import { webhookEnv } from '../handoff/cases.ts'
import { type Reply, startHelpdesk } from '../handoff/helpdesk.ts'
import { article, createApp } from '../helpers/app.ts'
import { launch, noBrowser, openPage, type Watched } from '../helpers/browser.ts'

const QUEUE = '---\ncodes: [4.4.7]\n---\nThe mail waited in a queue until its time was up.\n'
const BOUNCE = `From: Ann <ann@office.example>
<lee@partner.example>: host mx1.partner.example[192.0.2.7] said: 550 5.1.1
    <lee@partner.example>: Recipient address rejected: User unknown`

type Ticket = {
  readonly key: string
  readonly repeated: boolean
  readonly ticket: { readonly facts: Record<string, string>; readonly note?: string }
}

describe('asking a person, with the real route and a scripted helpdesk', {
  skip: noBrowser,
}, () => {
  let browser: Browser

  before(async () => {
    browser = await launch()
  })
  after(() => browser?.close())

  const setUp = async (t: TestContext, env: Record<string, string>) => {
    const { app, dataDir } = await createApp(t, [article('queue-expired', QUEUE)], env)
    return { app, dataDir, url: await app.listen({ port: 0, host: '127.0.0.1' }) }
  }

  const withHelpdesk = async (
    t: TestContext,
    replies: readonly Reply[] = [],
    env: Record<string, string> = {},
  ) => {
    const helpdesk = await startHelpdesk(t, replies)
    return { helpdesk, ...(await setUp(t, { ...webhookEnv(helpdesk.url), ...env })) }
  }

  const answered = async (t: TestContext, url: string): Promise<Watched> => {
    const page = await openPage(browser, url)
    t.after(() => page.context().close())
    await page.locator('.composer textarea').fill(BOUNCE)
    await page.keyboard.press('Enter')
    await page.locator('.thumbs').waitFor()
    return page
  }

  const human = (page: Watched) => page.getByRole('button', { name: 'Ask a person' })

  const handOver = async (page: Watched) => {
    await human(page).click()
    await page.getByRole('button', { name: 'Send to the helpdesk' }).click()
  }

  test('without a helpdesk nobody is offered', async (t) => {
    const { url } = await setUp(t, {})
    const page = await answered(t, url)
    assert.equal(await page.locator('.tools [aria-haspopup]').count(), 1)
    assert.equal(await human(page).count(), 0)
    assert.deepEqual(page.faults, [])
  })

  test('without a helpdesk a portal that makes its own tickets is offered', async (t) => {
    const { url } = await setUp(t, {})
    const page = await answered(t, `${url}/?handoff=event`)
    await handOver(page)
    await page.locator('.done', { hasText: 'Thank you.' }).waitFor()
  })

  test('what the form shows arrives, and the second ticket of one outage says so', async (t) => {
    const { helpdesk, url } = await withHelpdesk(t)
    const first = await answered(t, url)
    await human(first).click()
    await first.getByLabel('Anything to add?').fill('The third one today')
    const shown = JSON.parse(await first.locator('.handoff pre').innerText())
    await first.getByRole('button', { name: 'Send to the helpdesk' }).click()
    await first.locator('.done:focus', { hasText: /^Sent\. Number: BW-[0-9A-F]{12}$/ }).waitFor()
    const second = await answered(t, url)
    await handOver(second)
    await second.locator('.done', { hasText: 'Others have reported the same.' }).waitFor()
    await helpdesk.seen(2)
    const [one, two] = helpdesk.received.map(({ body }) => JSON.parse(body) as Ticket)
    assert.deepEqual(one?.ticket, shown)
    assert.equal(one?.ticket.note, 'The third one today')
    assert.equal(one?.ticket.facts.senderDomain, 'office.example')
    assert.doesNotMatch(JSON.stringify(one), /ann@|lee@/)
    assert.deepEqual([one?.repeated, two?.repeated], [false, true])
    assert.equal(one?.key, two?.key)
    assert.deepEqual(first.faults, [])
  })

  test('a ticket that cannot be delivered is the operator’s affair alone', async (t) => {
    const env = { BOUNCEWISE_HANDOFF_TRIES: '1' }
    const { helpdesk, url, dataDir, app } = await withHelpdesk(t, [{ status: 500 }], env)
    const page = await answered(t, url)
    await handOver(page)
    const done = page.locator('.done')
    await done.waitFor()
    const said = await done.innerText()
    await helpdesk.seen(1)
    // counted after it lies on disk
    const metrics = async () => (await app.inject('/metrics')).body
    while (!/deliveries_total\{result="dead"\} 1/.test(await metrics())) await setTimeout(20)
    const folder = join(dataDir, 'handoff/dead-letter')
    const [file = ''] = readdirSync(folder)
    assert.ok(said.includes(JSON.parse(readFileSync(join(folder, file), 'utf8')).ticket.id))
    assert.equal(await done.innerText(), said)
    assert.equal(await page.locator('.failure').count(), 0)
  })

  test('what the server says of a refusal is shown, and what was typed stays', async (t) => {
    const { url } = await withHelpdesk(t)
    const page = await answered(t, url)
    const refusals = [
      [503, 'handoff-full', 'reach it in another way'],
      [404, 'handoff-off', 'No helpdesk is connected here'],
    ] as const
    await human(page).click()
    await page.getByLabel('Anything to add?').fill('Urgent')
    for (const [status, code, message] of refusals) {
      await page.route('**/api/handoff', (route) =>
        route.fulfill({ status, json: { error: { code, message } } }),
      )
      await page.getByRole('button', { name: 'Send to the helpdesk' }).click()
      await page.locator('.result', { hasText: message }).waitFor()
      await page.unroute('**/api/handoff')
    }
    assert.equal(await page.getByLabel('Anything to add?').inputValue(), 'Urgent')
    await page.getByRole('button', { name: 'Send to the helpdesk' }).click()
    await page.locator('.done').waitFor()
  })

  test('a lost connection is said, and sending again sends', async (t) => {
    const { url } = await withHelpdesk(t)
    const page = await answered(t, url)
    await human(page).click()
    await page.locator('.handoff').waitFor()
    await page.context().setOffline(true)
    await page.getByRole('button', { name: 'Send to the helpdesk' }).click()
    await page.locator('.result', { hasText: 'No connection' }).waitFor()
    await page.context().setOffline(false)
    await page.getByRole('button', { name: 'Send to the helpdesk' }).click()
    await page.locator('.done').waitFor()
  })
  test('where redaction cannot be loaded, hiding leaves every text out', async (t) => {
    const { helpdesk, url } = await withHelpdesk(t)
    const page = await answered(t, url)
    await page.route(/assets\/redact/, (route) => route.abort())
    await handOver(page)
    await page.locator('.done').waitFor()
    await helpdesk.seen(1)
    const { ticket } = JSON.parse(helpdesk.received[0]?.body ?? '') as Ticket
    assert.equal(ticket.facts.reason, 'userunknown')
    assert.doesNotMatch(JSON.stringify(ticket), /partner|lee|ann@/)
  })
})
