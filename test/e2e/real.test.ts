import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { article, createApp } from '../helpers/app.ts'
import { launch, noBrowser, openPage } from '../helpers/browser.ts'

const QUEUE = `---
codes: [4.4.7]
---
The mail waited in a queue until its time was up.

## What you can do

Check the address, then ask the other side whether its mail works.
`

describe('the page and the program together', { skip: noBrowser }, () => {
  test('an example is read, answered, cited, and its article opens', async (t) => {
    const { app } = await createApp(t, [article('queue-expired', QUEUE)])
    const url = await app.listen({ port: 0, host: '127.0.0.1' })
    const browser = await launch()
    t.after(() => browser.close())
    const page = await openPage(browser, url)
    await page.getByRole('button', { name: 'Try an example' }).click()
    await page.getByRole('heading', { name: 'Not delivered' }).waitFor()
    await page.locator('.facts').getByText('kim@partner.example').waitFor()
    await page.getByText('The answer is complete.').waitFor()
    assert.notEqual((await page.locator('.answer').innerText()).trim(), '')
    await page.locator('.composer textarea').fill('Why did it take two days?')
    await page.keyboard.press('Enter')
    await page.locator('.turn').nth(1).locator('.thumbs').waitFor()
    await page.locator('.turn').nth(1).getByRole('button', { name: 'Yes', exact: true }).click()
    await page.getByText('Thank you.').waitFor()
    assert.deepEqual(page.faults, [])
    assert.deepEqual(page.strangers, [])
  })

  test('without script a form goes out, an answer comes back, and one can ask on', async (t) => {
    const { app } = await createApp(t, [article('queue-expired', QUEUE)])
    const url = await app.listen({ port: 0, host: '127.0.0.1' })
    const browser = await launch()
    t.after(() => browser.close())
    const page = await openPage(browser, url, { javaScriptEnabled: false })
    await page.getByRole('textbox').fill(`<b>hostile</b>\n${MAIL}`)
    await page.getByRole('button', { name: 'Explain it' }).click()
    const answer = page.getByRole('region', { name: 'Answer' })
    await answer.waitFor()
    assert.match((await answer.textContent()) ?? '', /mailbox|address/)
    assert.equal(await page.locator('pre b').count(), 0)
    await page.getByRole('textbox').fill('Is it permanent?')
    await page.getByRole('button', { name: 'Explain it' }).click()
    await page.locator('pre', { hasText: 'Is it permanent?' }).waitFor({ state: 'attached' })
    const kept = await page.locator('input[name=messages]').getAttribute('value')
    assert.equal(JSON.parse(kept ?? '').length, 4)
    assert.deepEqual(page.strangers, [])
  })

  test('a mail as a file is read by both', async (t) => {
    const { app } = await createApp(t, [article('queue-expired', QUEUE)])
    const url = await app.listen({ port: 0, host: '127.0.0.1' })
    const browser = await launch()
    t.after(() => browser.close())
    const page = await openPage(browser, url)
    const chooser = page.waitForEvent('filechooser')
    await page.locator('button.file').click()
    await (await chooser).setFiles({
      name: 'bounce.eml',
      mimeType: 'message/rfc822',
      buffer: Buffer.from(MAIL.replaceAll('\n', '\r\n')),
    })
    await page.getByRole('heading', { name: 'Not delivered' }).waitFor()
    await page.locator('.facts').getByText('lee@partner.example').waitFor()
    await page.getByText('The answer is complete.').waitFor()
    assert.equal(await page.locator('.card').count(), 1)
    assert.deepEqual(page.faults, [])
  })
})

const MAIL = `Return-Path: <>
Date: Tue, 3 Nov 2026 10:00:00 +0100
From: MAILER-DAEMON@mail.office.example (Mail Delivery System)
To: kim@office.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mail.office.example.

<lee@partner.example>: host mx.partner.example[192.0.2.7] said: 550 5.1.1
    <lee@partner.example>: Recipient address rejected: User unknown (in reply
    to RCPT TO command)

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.office.example
Arrival-Date: Tue, 3 Nov 2026 09:59:58 +0100

Final-Recipient: rfc822; lee@partner.example
Action: failed
Status: 5.1.1
Remote-MTA: dns; mx.partner.example
Diagnostic-Code: smtp; 550 5.1.1 <lee@partner.example>: Recipient address
    rejected: User unknown

--b--
`
