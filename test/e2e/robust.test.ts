import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { noBrowser, openPage, stylesOf, type Watched } from '../helpers/browser.ts'
import { writeMsg } from '../helpers/msg.ts'
import { REPORT, startStub } from '../helpers/stub-server.ts'
import { stage } from './stage.ts'

/** What the functions that run inside the page use; Node's types do not know a browser. */
type PageGlobals = {
  DataTransfer: new () => {
    items: { add(file: unknown): void }
    setData(type: string, value: string): void
  }
  File: new (parts: unknown[], name: string, options: object) => unknown
  DragEvent: new (type: string, options: object) => unknown
  ClipboardEvent: new (type: string, options: object) => unknown
}

/** One field of a saved Outlook message: its property's number, of text in UTF-16. */
const MSG = writeMsg({
  '__properties_version1.0': Buffer.alloc(32),
  '__substg1.0_001A001F': 'REPORT.IPM.Note.NDR',
  '__substg1.0_0037001F': 'Undeliverable: Meeting on Thursday',
  '__substg1.0_1000001F': REPORT.text,
})

describe('what happens to pages', { skip: noBrowser }, () => {
  const on = stage()
  const { visit } = on
  const box = (page: Watched) => page.locator('.composer textarea')
  const complete = (page: Watched) => page.getByText('The answer is complete.').waitFor()
  const askExample = async (page: Watched) => {
    await page.getByRole('button', { name: 'Try an example' }).click()
    await complete(page)
  }
  const verdict = (page: Watched) => page.getByRole('heading', { name: 'Not delivered' })

  test('a server that restarts in mid-answer is asked again', async () => {
    const first = await startStub({ behaviour: 'slow' })
    const port = Number(new URL(first.url).port)
    const page = await openPage(on.browser, first.url)
    await page.getByRole('button', { name: 'Try an example' }).click()
    await page.getByText('two days', { exact: true }).waitFor()
    await first.close()
    const second = await startStub({ port })
    try {
      await complete(page)
      assert.equal(await page.locator('.answer ol').count(), 1)
      assert.equal(await page.locator('.failure').count(), 0)
    } finally {
      await second.close()
    }
  })

  test('a lost connection is said; back on the line, one click goes on', async () => {
    const page = await visit()
    await askExample(page)
    await page.context().setOffline(true)
    await box(page).fill('And now?')
    await page.keyboard.press('Enter')
    await page.locator('.failure', { hasText: 'No connection' }).waitFor()
    await page.context().setOffline(false)
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.locator('.turn').nth(1).locator('.thumbs').waitFor()
  })

  test('a conversation that is too old is not shown again', async () => {
    const page = await visit('/?ttl=30')
    await askExample(page)
    await page.evaluate(`{
      const [key] = Object.keys(sessionStorage)
      const kept = JSON.parse(sessionStorage[key])
      sessionStorage[key] = JSON.stringify({ ...kept, at: kept.at - 31 * 60_000 })
    }`)
    await page.reload()
    await page.locator('.hello .chip').waitFor()
    assert.equal(await page.locator('.turn').count(), 0)
    assert.equal(await page.evaluate('sessionStorage.length'), 0)
  })

  test('a browser that refuses storage gets its answers all the same', async () => {
    const context = await on.browser.newContext()
    await context.addInitScript(`
      for (const name of ['sessionStorage', 'localStorage'])
        Object.defineProperty(window, name, { get() { throw new DOMException('no', 'SecurityError') } })
    `)
    const page = await context.newPage()
    const faults: string[] = []
    page.on('pageerror', ({ message }) => faults.push(message))
    await page.goto(`${on.stub.url}/?keep=local`)
    await page.locator('.hello .chip').click()
    await page.locator('.thumbs').waitFor()
    assert.deepEqual(faults, [])
    await context.close()
  })

  test('a report that is pasted in two parts becomes one message with one card', async () => {
    const page = await visit()
    const cut = REPORT.text.indexOf('The following')
    for (const part of [REPORT.text.slice(0, cut), REPORT.text.slice(cut)]) {
      await box(page).fill(part)
      await page.keyboard.press('Enter')
    }
    await verdict(page).waitFor()
    await complete(page)
    assert.equal(await page.locator('.turn').count(), 1)
    assert.equal(await page.locator('.card').count(), 1)
    const asked = on.stub.requests.filter(({ path }) => path === '/api/chat').at(-1)
    assert.equal(JSON.parse(asked?.body ?? '').messages.length, 1)
  })

  test('a message that Outlook saved is read by dropping it, before the server says a word', async () => {
    on.stub.behaviour = 'silent'
    const page = await visit()
    await box(page).waitFor()
    await page.locator('.shell').evaluate(
      (node, bytes) => {
        const { DataTransfer, DragEvent, File } = globalThis as unknown as PageGlobals
        const dataTransfer = new DataTransfer()
        dataTransfer.items.add(new File([new Uint8Array(bytes)], 'bounce.msg', { type: '' }))
        const options = { dataTransfer, bubbles: true, cancelable: true, composed: true }
        for (const type of ['dragover', 'drop'])
          node.dispatchEvent(new DragEvent(type, options) as never)
      },
      [...MSG],
    )
    await verdict(page).waitFor()
    await page.locator('.said', { hasText: 'bounce.msg' }).waitFor()
    assert.equal(await page.locator('[data-drop]').count(), 0)
  })

  test('printing opens every fold and closes it again', async () => {
    const page = await visit()
    await askExample(page)
    const open = () => page.locator('details[open]').count()
    assert.equal(await open(), 0)
    await page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert.equal(await open(), await page.locator('details:not(.menu)').count())
    assert.equal(await page.locator('.evidence details pre').count(), 1)
    assert.equal(await page.locator('.menu[open]').count(), 0)
    await page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert.equal(await open(), 0)
  })

  test('on paper stands what was said, without buttons, on white', async () => {
    const page = await visit('/?theme=dark')
    await askExample(page)
    await page.emulateMedia({ media: 'print' })
    for (const gone of ['.composer', '.bar', '.tools', '.chips'])
      assert.equal(await page.locator(gone).first().isVisible(), false, gone)
    await verdict(page).waitFor()
    assert.deepEqual(await stylesOf(page.locator('.shell'), ['color']), ['rgb(24, 32, 43)'])
  })

  test('folds open by keyboard and stay open when the answer ends', async () => {
    on.stub.behaviour = 'slow'
    const page = await visit()
    await page.getByRole('button', { name: 'Try an example' }).click()
    const fold = page.locator('.fold summary', { hasText: 'For your mail admin' })
    await fold.focus()
    await page.keyboard.press('Enter')
    await page.locator('.fold[open] .code').waitFor()
    await complete(page)
    await page.locator('.fold[open] table').waitFor()
  })

  test('where a keyboard lies over the page, the box stands above it', async () => {
    const page = await visit('/', { viewport: { width: 375, height: 740 } })
    await askExample(page)
    await page.evaluate(`
      Object.defineProperty(visualViewport, 'height', { get: () => 400, configurable: true })
      visualViewport.dispatchEvent(new Event('resize'))
    `)
    const area = await box(page).boundingBox()
    assert.ok(area && area.y + area.height <= 400, JSON.stringify(area))
    await page.evaluate(`
      delete visualViewport.height
      visualViewport.dispatchEvent(new Event('resize'))
    `)
    const back = await box(page).boundingBox()
    assert.ok(back && back.y > 600, JSON.stringify(back))
  })

  test('a paste of a megabyte goes to the server, and the page stays alive', async () => {
    const page = await visit()
    const huge = `${REPORT.text}\n${'padding that says nothing\n'.repeat(36_000)}`
    await box(page).evaluate((node, words) => {
      const { ClipboardEvent, DataTransfer } = globalThis as unknown as PageGlobals
      const clipboardData = new DataTransfer()
      clipboardData.setData('text/plain', words)
      const options = { clipboardData, bubbles: true, cancelable: true }
      node.dispatchEvent(new ClipboardEvent('paste', options) as never)
    }, huge)
    await complete(page)
    assert.equal(await box(page).inputValue(), '')
    await page.getByRole('button', { name: 'Ask a person' }).click()
    await page.getByLabel('Anything to add?').fill('still alive')
    await page.locator('.handoff pre', { hasText: 'still alive' }).waitFor()
  })

  test('right to left within left to right, and the other way round', async () => {
    const page = await visit()
    await box(page).fill('למה המייל חזר?')
    await page.keyboard.press('Enter')
    await complete(page)
    assert.deepEqual(await stylesOf(page.locator('.bubble'), ['direction']), ['rtl'])
    assert.deepEqual(await stylesOf(page.locator('.shell'), ['direction']), ['ltr'])
    const arabic = await visit('/?locale=ar')
    await arabic.locator('.hello .chip').click()
    await arabic.locator('.thumbs').waitFor()
    assert.deepEqual(await stylesOf(arabic.locator('.shell'), ['direction']), ['rtl'])
    assert.deepEqual(await stylesOf(arabic.locator('.answer'), ['direction']), ['ltr'])
    assert.equal(await arabic.locator('.answer').getAttribute('lang'), 'en')
    await arabic.getByText('الشرح بالإنجليزية.').waitFor()
  })
})
