import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import examples from '../../kb/data/intents/examples.json' with { type: 'json' }
import intents from '../../kb/data/intents/intents.json' with { type: 'json' }
import { readFacts } from '../../kb/diagnose/index.ts'
import { readIntents } from '../../server/answer/intent.ts'
import { createNearest, type Nearest, withNearest } from '../../server/answer/nearest.ts'
import { REPLIES, TALK } from '../../server/answer/replies/index.ts'
import { openWhole, type Whole } from '../helpers/whole.ts'
import followUps from './follow-ups.json' with { type: 'json' }

/** What a text is taken for: the first intent that anything answers. */
async function taken(text: string, nearest?: Nearest): Promise<string> {
  if (readFacts(text).length > 0) return 'none'
  const told = await withNearest(readIntents(text), text, nearest)
  return told.find(({ id }) => REPLIES[id] ?? TALK[id])?.id ?? 'none'
}

async function score(list: typeof followUps, nearest?: Nearest) {
  const wrong: string[] = []
  let right = 0
  for (const { say, means } of list) {
    const found = await taken(say, nearest)
    if (means.includes(found) || (found === 'ok' && means.includes('none'))) right += 1
    else if (found !== 'none') wrong.push(`${say}: ${found}`)
  }
  return { share: right / list.length, wrong }
}

describe('follow-ups that are short, elliptic, rude or mistyped', () => {
  let whole: Whole
  before(async () => {
    whole = await openWhole()
  })
  after(() => whole.close())

  test('are understood, by wording or by the nearest example', async (t) => {
    const held = followUps.filter(({ half }) => half === 'test')
    const alone = await score(held)
    const both = await score(held, whole.nearest)
    t.diagnostic(
      `of ${held.length} held out: wordings ${alone.share.toFixed(2)}, with the nearest example ${both.share.toFixed(2)}, wrong: ${both.wrong.join('; ') || 'none'}`,
    )
    assert.ok(both.share >= 0.85, `${both.share}`)
    assert.ok(both.wrong.length <= held.length * 0.05, both.wrong.join('; '))
  })

  test('a question about something else is none', async () => {
    for (const text of [
      'how do I publish a DMARC record for a subdomain',
      'which firewall rules does an Edge server need',
      'can you recommend a good mail client for a Mac',
    ])
      assert.deepEqual(await withNearest([], text, whole.nearest), [], text)
  })
})

test('every example and every wording belongs to an intent that is answered', () => {
  const known = new Set(intents.map(({ id }) => id))
  for (const id of Object.keys(examples)) assert.ok(id === 'topic' || known.has(id), id)
  for (const { id } of intents)
    assert.ok(id === 'code' || id in REPLIES || id in TALK, `${id} has no reply`)
})

/** A model of three dimensions: enough to count what is embedded. */
function countingModel() {
  const asked: string[] = []
  return {
    asked,
    fingerprint: 'test',
    embed: async (texts: readonly string[]) => {
      asked.push(...texts)
      return texts.map((text) => Float32Array.from([text.length, 1, text.charCodeAt(0)]))
    },
  }
}

const COUNT = Object.values(examples).flat().length

test('examples are embedded once, and never again where they are kept', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'bouncewise-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const model = countingModel()
  const first = createNearest(model, folder)
  await first.ready()
  await first.nearest('so what now')
  await first.nearest('and then')
  assert.equal(model.asked.length, COUNT + 2)
  assert.equal(readdirSync(folder).length, 1)
  const again = countingModel()
  await createNearest(again, folder).ready()
  assert.equal(again.asked.length, 0)
})

test('a model that fails leaves it to the wordings', async () => {
  const broken = { ...countingModel(), embed: () => Promise.reject(new Error('no model')) }
  assert.deepEqual(await createNearest(broken).nearest('so what now'), [])
})
