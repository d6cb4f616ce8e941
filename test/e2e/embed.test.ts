import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, before, describe, type TestContext, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { launch, noBrowser, openPage, stylesOf, type Watched } from '../helpers/browser.ts'
import { root } from '../helpers/root.ts'
import type { Stub } from '../helpers/stub-server.ts'
import { type Portals, startPortals } from './portals.ts'

describe('embedding', { skip: noBrowser }, () => {
  let browser: Browser
  let portals: Portals
  let stub: Stub
  let portal: string

  before(async () => {
    browser = await launch()
    portals = await startPortals()
    ;({ stub, portal } = portals)
  })
  after(async () => {
    await browser?.close()
    await portals?.close()
  })

  const visit = (path: string, options = {}) =>
    openPage(browser, `${portal}${path}`, { own: [stub.url], ...options })

  const clean = (page: Watched) => {
    assert.deepEqual(page.faults, [])
    assert.deepEqual(page.strangers, [])
  }

  const askExample = async (page: Watched) => {
    await page.getByRole('button', { name: 'Try an example' }).click()
    await page.getByText('two days', { exact: true }).waitFor()
  }

  test('a script tag brings a launcher that opens and closes, and gives the focus back', async () => {
    const page = await visit('/ordinary.html')
    const launcher = page.getByRole('button', { name: 'Mail came back?' })
    await launcher.click()
    const dialog = page.getByRole('dialog', { name: 'Mail came back?' })
    await dialog.waitFor()
    await page.locator('.composer textarea').and(page.locator(':focus')).waitFor()
    await askExample(page)
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    await launcher.and(page.locator(':focus')).waitFor()
    clean(page)
  })

  test('the panel is not loaded before somebody shows interest', async () => {
    const before = stub.requests.length
    const loaded = () => stub.requests.slice(before).map(({ path }) => path)
    const page = await visit('/ordinary.html')
    const launcher = page.getByRole('button', { name: 'Mail came back?' })
    await launcher.waitFor()
    // the page of the test before may still be asking for something small
    assert.ok(loaded().includes('/widget.js') && !loaded().includes('/chat.js'))
    await Promise.all([page.waitForResponse(/chat\.js/), launcher.hover()])
    assert.ok(loaded().includes('/chat.js'))
    clean(page)
  })

  test("the portal's own button opens it, and the queue works before loading", async () => {
    const page = await visit('/own-button.html')
    await page.getByRole('button', { name: 'My mail came back' }).click()
    await page.getByRole('dialog').waitFor()
    await page.locator('#last').getByText('open').waitFor()
    await page.getByRole('button', { name: 'Close' }).click()
    await page.locator('#last').getByText('close').waitFor()
    await page
      .getByRole('button', { name: 'My mail came back' })
      .and(page.locator(':focus'))
      .waitFor()
    clean(page)
  })

  test('inline, it is a part of the page, takes no focus, and keeps nothing when told so', async () => {
    const page = await visit('/inline.html')
    await page.locator('.composer textarea').waitFor()
    assert.equal(await page.evaluate('document.activeElement.tagName'), 'BODY')
    await askExample(page)
    assert.equal(await page.evaluate('sessionStorage.length + localStorage.length'), 0)
    clean(page)
  })

  test('as a component it takes tokens and texts, and hands tickets to the portal alone', async () => {
    const page = await visit('/component.html')
    await page.getByRole('heading', { name: 'Returned mail' }).waitFor()
    const [colour] = await stylesOf(page.locator('.send[type=submit]'), ['backgroundColor'])
    assert.equal(colour, 'rgb(91, 42, 134)')
    await askExample(page)
    const before = stub.requests.length
    await page.getByRole('button', { name: 'Ask a person' }).click()
    await page.getByRole('button', { name: 'Send to the helpdesk' }).click()
    await page.locator('#tickets').getByText('1').waitFor()
    assert.deepEqual(
      stub.requests.slice(before).filter(({ path }) => path.includes('/api/handoff')),
      [],
    )
    clean(page)
  })

  test('colours of the host that cannot be read are named in the console', async () => {
    const page = await visit('/inline.html')
    await page.locator('.composer textarea').waitFor()
    const warned: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'warning') warned.push(message.text())
    })
    const said = page.waitForEvent('console', (message) => message.type() === 'warning')
    await page.evaluate(
      "document.querySelector('bouncewise-chat').theme = { accent: '#ffe000', text: '#222222' }",
    )
    assert.match(
      (await said).text(),
      /Bouncewise: theme: onAccent on accent has a contrast of 1\.\d/,
    )
    assert.ok(
      warned.every((text) => /accent/.test(text)),
      warned.join('\n'),
    )
  })

  test('in a frame, commands and events pass between the two', async () => {
    const page = await visit('/iframe.html')
    await page.locator('#last').getByText('ready').waitFor()
    await page.getByRole('button', { name: 'What is a bounce?' }).click()
    await page.frameLocator('iframe').getByText('two days', { exact: true }).waitFor()
    await page.locator('#last').getByText('message').waitFor()
    clean(page)
  })

  test('a frame obeys no window but its host, and no message but its own', async () => {
    const page = await visit('/iframe.html')
    await page.locator('#last').getByText('ready').waitFor()
    const frame = page.frames().find((one) => one.url().startsWith(stub.url))
    assert.ok(frame)
    // the frame's own window is not the host
    await frame.evaluate("window.postMessage({ bouncewise: 1, command: 'ask', args: ['x'] }, '*')")
    await page.evaluate(
      "document.querySelector('iframe').contentWindow.postMessage({ bouncewise: 1, command: 'destroy', args: [] }, '*')",
    )
    await page.evaluate(
      "document.querySelector('iframe').contentWindow.postMessage({ command: 'ask', args: ['x'] }, '*')",
    )
    await page.frameLocator('iframe').locator('.composer textarea').waitFor()
    assert.equal(await page.frameLocator('iframe').locator('.turn').count(), 0)
  })

  test('the React wrapper survives strict mode and mounting again', async () => {
    const page = await visit('/react.html')
    await page.locator('#last').getByText('ready').waitFor()
    assert.equal(await page.locator('bouncewise-chat').count(), 1)
    await askExample(page)
    await page.locator('#last').getByText('assistant').waitFor()
    await page.getByRole('button', { name: 'Toggle' }).click()
    assert.equal(await page.locator('bouncewise-chat').count(), 0)
    await page.getByRole('button', { name: 'Toggle' }).click()
    await page.getByText('two days', { exact: true }).waitFor()
    clean(page)
  })

  test('under the strictest policy nothing is violated', async () => {
    const page = await visit('/strict-csp.html')
    await page.getByRole('button', { name: 'Mail came back?' }).click()
    await askExample(page)
    await page.locator('.cite').first().click()
    await page.getByText('could not be reached for two days').waitFor()
    await page.getByRole('button', { name: 'Close' }).last().click()
    await page.getByRole('button', { name: 'Ask a person' }).click()
    await page.getByText('Exactly this is sent:').waitFor()
    clean(page)
  })

  /** A portal with a policy of the security page, in front of the stub. */
  const under = async (t: TestContext, policy: string, body: string) => {
    const doc = readFileSync(join(root, 'docs/widget-security.md'), 'utf8')
    const csp = doc.split(`\`\`\`${policy}\n`)[1]?.split('\n')[0] ?? ''
    assert.match(csp, /default-src 'none'/)
    const at = (text: string) => text.replaceAll('https://mail-help.example.com', stub.url)
    const server = createServer((_request, response) => {
      response.setHeader('content-security-policy', at(csp))
      response.setHeader('content-type', 'text/html')
      response.end(`<!doctype html><html lang="en"><title>x</title><body>${at(body)}</body></html>`)
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const close = portals.allow(address)
    t.after(() => {
      close()
      server.closeAllConnections()
      server.close()
    })
    return openPage(browser, address, { own: [stub.url] })
  }

  test('the policy for a script, as documented, is enough', async (t) => {
    const page = await under(
      t,
      'csp-script',
      '<script type="module" src="https://mail-help.example.com/widget.js" data-bouncewise></script>',
    )
    await page.getByRole('button', { name: 'Mail came back?' }).click()
    await askExample(page)
    await page.locator('.cite').first().click()
    await page.getByText('could not be reached for two days').waitFor()
    clean(page)
  })

  test('the policy for a frame, as documented, is enough, in a sandbox too', async (t) => {
    const page = await under(
      t,
      'csp-frame',
      '<iframe src="https://mail-help.example.com/" sandbox="allow-scripts allow-same-origin"></iframe>',
    )
    const frame = page.frameLocator('iframe')
    await frame.getByRole('button', { name: 'Try an example' }).click()
    await frame.getByText('two days', { exact: true }).waitFor()
    clean(page)
  })

  test('nothing leaves for another host, and nothing is kept but one entry', async () => {
    const page = await visit('/ordinary.html')
    await page.getByRole('button', { name: 'Mail came back?' }).click()
    await askExample(page)
    await page.getByText('The answer is complete.').waitFor()
    assert.deepEqual(
      await page.evaluate(`(async () => [
        Object.keys(sessionStorage), Object.keys(localStorage), document.cookie,
        (await indexedDB.databases()).length, (await navigator.serviceWorker?.getRegistrations())?.length,
      ])()`),
      [[`bouncewise:${stub.url}/`], [], '', 0, 0],
    )
    const sent = stub.requests.filter(({ path }) => path.startsWith('/api/'))
    assert.ok(sent.length > 0)
    assert.ok(sent.every(({ cookie, referer }) => cookie === '' && referer === ''))
    clean(page)
  })

  test('a hostile style sheet changes nothing', async () => {
    const page = await visit('/hostile-css.html')
    const launcher = page.locator('bouncewise-widget .go')
    await launcher.click() // it is above the banner, or this click would not reach it
    const input = page.locator('bouncewise-chat .hello p').first()
    const size = await stylesOf(input, ['fontSize', 'letterSpacing', 'textTransform'])
    assert.deepEqual(size, ['18.4px', 'normal', 'none'])
    await page.locator('bouncewise-widget').getByRole('button', { name: 'Try an example' }).click()
    await page.locator('bouncewise-widget').getByText('two days', { exact: true }).waitFor()
    clean(page)
  })

  test('a router that swaps the body and loads the script again keeps one widget', async () => {
    const page = await visit('/spa.html')
    await page.getByRole('link', { name: 'Mail' }).click()
    await page.getByRole('heading', { name: '#mail' }).waitFor()
    await page.goBack()
    await page.goForward()
    await page.getByRole('button', { name: 'Mail came back?' }).click()
    await page.getByRole('dialog').waitFor()
    assert.equal(await page.locator('bouncewise-widget').count(), 1)
    await page.evaluate('bouncewise.destroy()')
    await page.locator('bouncewise-widget').waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'Home' }).click()
    assert.equal(await page.locator('bouncewise-widget').count(), 0)
    clean(page)
  })

  test('an origin that is not allowed gets no answer, and the console names what to add', async () => {
    const strict = await startPortals({ allow: false })
    const address = strict.portal
    try {
      const page = await openPage(browser, `${address}/inline.html`, { own: [strict.stub.url] })
      const said = page.waitForEvent('console', (message) =>
        message.text().includes('ALLOWED_ORIGINS'),
      )
      await page.getByRole('button', { name: 'Try an example' }).click()
      assert.match((await said).text(), new RegExp(`Add ${address} to ALLOWED_ORIGINS`))
      await page.getByText('No connection to the server').first().waitFor()
    } finally {
      await strict.close()
    }
  })

  test('the panel prints whole, and without the portal', async () => {
    const page = await visit('/ordinary.html')
    await page.getByRole('button', { name: 'Mail came back?' }).click()
    await askExample(page)
    const print = page.getByRole('button', { name: 'Print' })
    await print.waitFor()
    await page.emulateMedia({ media: 'print' })
    await page.evaluate(`window.print = () => {
      const dialog = document.querySelector('bouncewise-widget').shadowRoot.querySelector('dialog')
      const shell = dialog.firstChild.shadowRoot.querySelector('.shell')
      window.seen = [dialog.offsetHeight + 4 >= shell.scrollHeight, document.querySelector('main').offsetHeight]
    }`)
    // on paper there is no button: it is pressed as if the paper came right after
    await page.locator('.tools button').nth(1).dispatchEvent('click')
    assert.deepEqual(await page.evaluate('window.seen'), [true, 0])
    assert.equal(await page.evaluate('document.adoptedStyleSheets.length'), 0)
  })

  test('the page around it does not move', async () => {
    const page = await visit('/ordinary.html')
    // shifts inside the chat, where an answer grows, are its own affair
    await page.evaluate(
      `window.moved = [];
      new PerformanceObserver(list => {
        for (const { sources } of list.getEntries())
          for (const { node } of sources)
            if (node?.parentElement?.closest?.('header, main')) window.moved.push(node.nodeName)
      }).observe({ type: 'layout-shift', buffered: true })`,
    )
    await page.getByRole('button', { name: 'Mail came back?' }).click()
    await askExample(page)
    assert.deepEqual(await page.evaluate('window.moved'), [])
  })
})
