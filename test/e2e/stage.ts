import { after, before, beforeEach } from 'node:test'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { launch, openPage, type Watched } from '../helpers/browser.ts'
import { RESULT, type Stub, startStub } from '../helpers/stub-server.ts'

export type Stage = {
  readonly browser: Browser
  readonly stub: Stub
  /** a page of the scripted server */
  visit(path?: string, options?: BrowserContextOptions): Promise<Watched>
}

/** For the tests of a `describe`: one browser and one scripted server, which behaves well before each. */
export function stage(): Stage {
  let browser: Browser | undefined
  let stub: Stub | undefined
  const there = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error('the stage is set up before the first test')
    return value
  }
  before(async () => {
    browser = await launch()
    stub = await startStub()
  })
  beforeEach(() => {
    Object.assign(there(stub), { behaviour: 'normal', result: RESULT })
  })
  after(async () => {
    await browser?.close()
    await stub?.close()
  })
  return {
    get browser() {
      return there(browser)
    },
    get stub() {
      return there(stub)
    },
    visit: (path = '/', options = {}) =>
      openPage(there(browser), `${there(stub).url}${path}`, options),
  }
}
