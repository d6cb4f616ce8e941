import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { noBrowser, stylesOf, type Watched } from '../helpers/browser.ts'
import { REPORT, RESULT, text } from '../helpers/stub-server.ts'
import { stage } from './stage.ts'

/** What the functions that run inside the page use; Node's types do not know a browser. */
type PageGlobals = {
  DataTransfer: new () => { setData(type: string, value: string): void }
  ClipboardEvent: new (type: string, options: object) => unknown
  MutationObserver: new (changed: () => void) => { observe(node: unknown, options: object): void }
}

describe('the chat page', { skip: noBrowser }, () => {
  const on = stage()
  const { visit } = on
  const box = (page: Watched) => page.locator('.composer textarea')
  const answered = (page: Watched) => page.getByText('two days', { exact: true }).last().waitFor()
  const status = (page: Watched) => page.locator('.status')
  const lastAsked = () => {
    const asked = on.stub.requests.filter(({ path }) => path === '/api/chat')
    return JSON.parse(asked.at(-1)?.body ?? '{}') as {
      messages: { content: string }[]
      audience: string
    }
  }
  const paste = (page: Watched, words: string) =>
    box(page).evaluate((node, value) => {
      const { ClipboardEvent, DataTransfer } = globalThis as unknown as PageGlobals
      const clipboardData = new DataTransfer()
      clipboardData.setData('text/plain', value)
      const options = { clipboardData, bubbles: true, cancelable: true }
      node.dispatchEvent(new ClipboardEvent('paste', options) as never)
      ;(node as unknown as { value: string }).value = value
    }, words)

  test('shows the card, the marked lines, the way of the mail, and then the answer', async () => {
    const page = await visit()
    await page.getByRole('button', { name: 'Try an example' }).click()
    await page.getByRole('heading', { name: 'Not delivered' }).waitFor()
    await page.locator('.facts').getByText('kim@partner.example').waitFor()
    await page.getByText('It stopped here').waitFor()
    await page.locator('mark', { hasText: '4.4.7' }).first().waitFor()
    await answered(page)
    assert.deepEqual(page.faults, [])
    assert.deepEqual(page.strangers, [])
  })

  test('shows the card from its own reading while the server is silent', async () => {
    on.stub.behaviour = 'silent'
    const page = await visit()
    await box(page).fill(REPORT.text)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Not delivered' }).waitFor()
  })

  test('a pasted report is taken at once; a pasted line is not', async () => {
    const page = await visit()
    await paste(page, 'one line')
    await page.waitForTimeout(200)
    assert.equal(await page.locator('.turn').count(), 0)
    await box(page).fill('')
    await paste(page, REPORT.text)
    await answered(page)
  })

  test('a host that wants a confirmation sees nothing sent by pasting', async () => {
    const page = await visit()
    await page.evaluate("document.querySelector('bouncewise-chat').setAttribute('confirm', '')")
    await paste(page, REPORT.text)
    await page.waitForTimeout(500)
    assert.equal(await page.locator('.turn').count(), 0)
  })

  test('a file is read here and sent whole', async () => {
    const page = await visit()
    const mail = `From: MAILER-DAEMON@example.org\r\nTo: a@example.org\r\nSubject: Undelivered\r\nContent-Type: text/plain\r\n\r\n${REPORT.text}`
    const chooser = page.waitForEvent('filechooser')
    await page.locator('button.file').click()
    await (await chooser).setFiles({
      name: '<img src=x onerror=alert(1)>.eml',
      mimeType: 'message/rfc822',
      buffer: Buffer.from(mail),
    })
    await answered(page)
    const asked = on.stub.requests.filter(({ path }) => path === '/api/chat').at(-1)
    assert.match(asked?.body ?? '', /name="file"/)
    assert.match(asked?.body ?? '', /MAILER-DAEMON/)
    await page.getByText('<img src=x onerror=alert(1)>.eml').waitFor()
    assert.deepEqual(page.faults, [])
  })

  test('a citation opens its passage and gives the focus back', async () => {
    const page = await visit()
    await page.getByRole('button', { name: 'Try an example' }).click()
    await answered(page)
    const mark = page.locator('.cite').first()
    await mark.click()
    await page.getByText('could not be reached for two days').waitFor()
    const link = page.getByRole('link', { name: 'Open the article' })
    assert.equal(await link.getAttribute('href'), `${on.stub.url}/articles/queue-expired`)
    await page.keyboard.press('Escape')
    await mark.and(page.locator(':focus')).waitFor()
  })

  test('suggestions and questions are buttons that ask', async () => {
    const page = await visit()
    await page.getByRole('button', { name: 'Try an example' }).click()
    await answered(page)
    await page.getByRole('button', { name: 'Only meeting requests' }).click()
    await page.locator('.bubble', { hasText: 'Only meeting requests' }).waitFor()
    await page.locator('.turn').nth(1).locator('.answer', { hasText: 'two days' }).waitFor()
    assert.equal(lastAsked().messages.at(-1)?.content, 'Only meeting requests')
    assert.equal(await page.locator('.card').count(), 1)
  })

  test('the answer can be had for the IT, and as a text for the other side', async () => {
    const page = await visit()
    await page.getByRole('button', { name: 'Try an example' }).click()
    await answered(page)
    await page.getByLabel('My IT').check()
    await answered(page)
    assert.equal(lastAsked().audience, 'admin')
    const before = on.stub.requests.length
    await page.getByLabel('The other side').check()
    await page.locator('.code', { hasText: 'My mail to kim@partner.example came back' }).waitFor()
    assert.equal(on.stub.requests.length, before)
  })

  test('thumbs down asks why, once, and sends no text of the person', async () => {
    const page = await visit()
    await page.getByRole('button', { name: 'Try an example' }).click()
    await answered(page)
    await page.getByRole('button', { name: 'No', exact: true }).click()
    await page.getByRole('button', { name: 'Hard to understand' }).click()
    await page.getByText('Thank you.').waitFor()
    const sent = on.stub.requests.find(({ path }) => path === '/api/feedback')?.body ?? ''
    assert.match(sent, /"why":"unclear"/)
    assert.doesNotMatch(sent, /partner\.example/)
  })

  test('the hand-off shows exactly what it sends', async () => {
    const page = await visit()
    await page.getByRole('button', { name: 'Try an example' }).click()
    await answered(page)
    await page.getByRole('button', { name: 'Ask a person' }).click()
    await page.getByLabel('How to reach you').fill('4711')
    await page.getByLabel('Hide names and addresses').uncheck()
    const shown = await page.locator('.handoff pre').innerText()
    await page.getByRole('button', { name: 'Send to the helpdesk' }).click()
    await page.locator('.done', { hasText: 'BW-1' }).waitFor()
    const sent = on.stub.requests.findLast(({ path }) => path === '/api/handoff')?.body ?? ''
    assert.deepEqual(JSON.parse(Buffer.from(sent, 'latin1').toString()), JSON.parse(shown))
    assert.equal((JSON.parse(shown) as { contact: string }).contact, '4711')
  })

  test('hidden names and addresses do not leave', async () => {
    const page = await visit()
    await page.getByRole('button', { name: 'Try an example' }).click()
    await answered(page)
    await page.getByRole('button', { name: 'Ask a person' }).click()
    const shown = await page.locator('.handoff pre').innerText()
    assert.doesNotMatch(shown, /kim@partner\.example/)
    assert.match(shown, /"kind": "redacted"/)
  })

  test('messages sent in a burst become one', async () => {
    on.stub.behaviour = 'slow'
    const page = await visit()
    await box(page).fill('The first part')
    await page.keyboard.press('Enter')
    await box(page).fill('and the second')
    await page.keyboard.press('Enter')
    await page.getByText('The answer is complete.').waitFor()
    assert.equal(await page.locator('.turn').count(), 1)
    assert.deepEqual(
      lastAsked().messages.map(({ content }) => content),
      ['The first part\n\nand the second'],
    )
  })

  test('a long answer can be stopped', async () => {
    on.stub.behaviour = 'slow'
    const page = await visit()
    await page.getByRole('button', { name: 'Try an example' }).click()
    await page.getByText('two days', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Stop' }).click()
    await status(page).getByText('Stopped.').waitFor()
    await page.getByRole('button', { name: 'Try again' }).waitFor()
  })

  /* ---------------------------------------------------------------- bad networks */

  test('a connection that breaks in mid-answer is taken up again by itself', async () => {
    on.stub.behaviour = 'cut-once'
    const page = await visit()
    await page.getByRole('button', { name: 'Try an example' }).click()
    await page.getByText('The answer is complete.').waitFor()
    assert.equal(await page.locator('.answer ol').count(), 1)
  })

  test('a connection that stays broken says so, keeps the card, and can be tried again', async () => {
    on.stub.behaviour = 'cut'
    const page = await visit()
    await page.getByRole('button', { name: 'Try an example' }).click()
    await page.locator('.failure', { hasText: 'No connection to the server' }).waitFor()
    await page.getByRole('heading', { name: 'Not delivered' }).waitFor()
    on.stub.behaviour = 'normal'
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByText('The answer is complete.').waitFor()
  })

  test('a proxy that holds the stream back is got round with JSON, from then on at once', async () => {
    on.stub.behaviour = 'hold'
    const page = await visit()
    await page.getByRole('button', { name: 'Try an example' }).click()
    await page.getByText('The answer is complete.').waitFor()
    const before = on.stub.requests.length
    await box(page).fill('And why?')
    await page.keyboard.press('Enter')
    await page.locator('.turn').nth(1).locator('.answer', { hasText: 'two days' }).waitFor()
    assert.deepEqual(
      on.stub.requests.slice(before).map(({ accept }) => accept),
      ['application/json'],
    )
  })

  for (const [behaviour, message] of [
    ['busy', 'Too many requests. Try again in 7 seconds.'],
    ['broken', 'The server failed.'],
    ['failed', 'The index is missing.'],
  ] as const) {
    test(`a server that is ${behaviour} is named for what it is`, async () => {
      on.stub.behaviour = behaviour
      const page = await visit()
      await page.getByRole('button', { name: 'Try an example' }).click()
      await page.locator('.failure', { hasText: message }).waitFor()
    })
  }

  test('a reload keeps the conversation, "forget me" ends it', async () => {
    const page = await visit()
    await page.getByRole('button', { name: 'Try an example' }).click()
    await page.getByText('The answer is complete.').waitFor()
    await page.reload()
    await answered(page)
    await page.getByRole('heading', { name: 'Not delivered' }).waitFor()
    await page.locator('.menu summary').click()
    await page.getByRole('button', { name: 'Forget me' }).click()
    await page.getByRole('heading', { name: 'A mail came back?', level: 2 }).waitFor()
    assert.equal(await page.evaluate('sessionStorage.length'), 0)
  })

  test('two tabs do not see each other, unless the host shares', async () => {
    const page = await visit('/?keep=local')
    const other = await page.context().newPage()
    await other.goto(`${on.stub.url}/?keep=local`)
    await other.locator('.composer textarea').waitFor()
    const alone = await page.context().newPage()
    await alone.goto(on.stub.url)
    await page.getByRole('button', { name: 'Try an example' }).click()
    await page.getByText('The answer is complete.').waitFor()
    await other.getByText('two days', { exact: true }).waitFor()
    assert.equal(await alone.locator('.turn').count(), 0)
  })

  test('leaving and coming back shows the conversation again', async () => {
    const page = await visit()
    await page.getByRole('button', { name: 'Try an example' }).click()
    await page.getByText('The answer is complete.').waitFor()
    await page.goto(`${on.stub.url}/healthz`)
    await page.goBack()
    await answered(page)
  })

  /* ---------------------------------------------------------------- hostile input */

  test('nothing in an answer, an article or a paste becomes more than text', async () => {
    const bad = '<img src="http://evil.example/x.png" onerror="alert(1)">'
    const link = (href: string) =>
      ({ t: 'p', c: [{ t: 'link', href, c: [{ t: 'text', v: href }] }] }) as const
    on.stub.result = {
      ...RESULT,
      answer: `![x](http://evil.example/a.png) ${bad}`,
      blocks: [
        text(bad),
        text('![x](http://evil.example/a.png)'),
        link('javascript:alert(1)'),
        link('data:text/html,<script>alert(1)</script>'),
        link('vbscript:x'),
        { t: 'code', v: bad, lang: bad, title: bad },
        { t: 'h', level: 2, id: bad, c: [{ t: 'text', v: bad }] },
        { t: 'p', c: [{ t: 'cite', n: 99 }] },
      ],
      suggestions: [bad],
      citations: [
        { n: 1, articleId: '../../x', title: bad, heading: bad, url: 'javascript:alert(1)' },
      ],
      notices: [bad],
    }
    const page = await visit()
    await box(page).fill(
      `${bad}\n<style>@import url(http://evil.example/a.css)</style>\n${REPORT.text}`,
    )
    await page.keyboard.press('Enter')
    await page.getByText('The answer is complete.').waitFor()
    await page.locator('.source').click()
    await page.waitForTimeout(300)
    assert.equal(
      await page
        .locator('bouncewise-chat img, bouncewise-chat style, bouncewise-chat iframe')
        .count(),
      0,
    )
    assert.equal(await page.locator('.answer a, .sheet a').count(), 0)
    assert.equal(await page.locator('.answer .cite').count(), 0)
    assert.deepEqual(page.faults, [])
    assert.deepEqual(page.strangers, [])
  })

  /* ---------------------------------------------------------------- keyboard, languages */

  test('the whole way by keyboard, F6 between list and box', async () => {
    const page = await visit()
    await box(page).focus()
    await page.keyboard.type('What is a bounce?')
    await page.keyboard.press('Enter')
    await page.getByText('The answer is complete.').waitFor()
    await page.keyboard.press('F6')
    await page.getByRole('log').and(page.locator(':focus')).waitFor()
    await page.keyboard.press('Tab')
    await page.locator('.turn :focus').waitFor()
    await page.keyboard.press('F6')
    await box(page).and(page.locator(':focus')).waitFor()
  })

  test('one status line tells start and end, never the words between', async () => {
    on.stub.behaviour = 'slow'
    const page = await visit()
    await status(page).evaluate((node) => {
      const said: (string | null)[] = []
      Object.assign(globalThis, { said })
      const { MutationObserver } = globalThis as unknown as PageGlobals
      new MutationObserver(() => said.push(node.textContent)).observe(node, { childList: true })
    })
    await page.getByRole('button', { name: 'Try an example' }).click()
    await page.getByText('The answer is complete.').waitFor()
    assert.deepEqual(await page.evaluate('said'), ['Answering…', 'The answer is complete.'])
    assert.equal(await page.getByRole('log').getAttribute('aria-live'), 'off')
  })

  test('speaks the language of the browser, the card too, and right to left where it is so', async () => {
    for (const [locale, verdict, direction] of [
      ['de-AT', 'Nicht zugestellt', 'ltr'],
      ['ja-JP', '配信されませんでした', 'ltr'],
      ['ar-EG', 'لم تُسلَّم', 'rtl'],
    ] as const) {
      const page = await visit('/', { locale })
      await page.locator('.hello .chip').click()
      await page.getByRole('heading', { name: verdict }).waitFor()
      assert.deepEqual(await stylesOf(page.locator('.shell'), ['direction']), [direction])
      await page.context().close()
    }
  })

  test('the language can be changed in mid-conversation', async () => {
    const page = await visit()
    await page.getByRole('button', { name: 'Try an example' }).click()
    await page.getByText('The answer is complete.').waitFor()
    await page.locator('.menu summary').click()
    await page.getByLabel('Language').selectOption('fr')
    await page.getByRole('heading', { name: 'Non remis' }).waitFor()
    await answered(page)
  })

  test('no input is smaller than 16 px, nothing overflows at 320 px', async () => {
    const page = await visit('/', { viewport: { width: 320, height: 640 } })
    await page.locator('.hello .chip').click()
    await page.getByText('The answer is complete.').waitFor()
    const [size] = await stylesOf(box(page), ['fontSize'])
    assert.equal(size, '16px')
    const [wide, client] = await page
      .getByRole('log')
      .evaluate((node) => [node.scrollWidth, node.clientWidth] as const)
    assert.equal(wide, client)
    assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 320)
  })

  test("a phone's keyboard leaves the box and the last lines in sight", async () => {
    const page = await visit('/', { viewport: { width: 375, height: 740 } })
    await page.locator('.hello .chip').click()
    await page.getByText('The answer is complete.').waitFor()
    await box(page).focus()
    await page.setViewportSize({ width: 375, height: 340 })
    const area = await box(page).boundingBox()
    const log = await page.getByRole('log').boundingBox()
    assert.ok(area && area.y + area.height <= 340, JSON.stringify(area))
    assert.ok(log && log.height >= 100, JSON.stringify(log))
  })

  test('motion stops where it is not wanted', async () => {
    on.stub.behaviour = 'slow'
    const page = await visit('/', { reducedMotion: 'reduce' })
    await page.getByRole('button', { name: 'Try an example' }).click()
    await page.locator('.busy').waitFor()
    assert.equal(await page.evaluate('document.getAnimations().length'), 0)
  })

  test('without script the page is a plain form', async () => {
    const page = await visit('/', { javaScriptEnabled: false })
    const form = page.locator('form')
    assert.equal(await form.getAttribute('method'), 'post')
    await page.getByRole('textbox').fill('5.1.1')
    await page.getByRole('button', { name: 'Explain it' }).waitFor()
  })
})
