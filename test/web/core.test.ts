import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { type Ask, createClient, Failure } from '../../web/core/client.ts'
import { contrast, faultOf } from '../../web/core/contrast.ts'
import { linesOf, marksOf, sayingLines } from '../../web/core/spans.ts'
import { readFrames, toEvent } from '../../web/core/sse.ts'
import { createStore } from '../../web/core/store.ts'
import { type Theme, toCss } from '../../web/core/theme.ts'
import { REPORT, RESULT, startStub } from '../helpers/stub-server.ts'

const ask: Ask = { messages: [{ role: 'user', content: 'x' }], audience: 'sender', locale: 'en' }

const bodyOf = (parts: readonly Uint8Array[]): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start(controller) {
      for (const part of parts) controller.enqueue(part)
      controller.close()
    },
  })

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

describe('reading a stream', () => {
  const stream =
    ': hi\n\nevent: report\ndata: {"report":null}\n\nevent: answer\ndata: {"text":"ü",\ndata: "index":0,"blocks":[]}\n\n'
  const bytes = new TextEncoder().encode(stream)

  test('wherever the network cuts it, the frames are the same', async () => {
    const whole = await collect(readFrames(bodyOf([bytes])))
    assert.equal(whole.length, 2)
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: bytes.length })), async (cuts) => {
        const places = [0, ...cuts.sort((a, b) => a - b), bytes.length]
        const parts = places.slice(1).map((end, index) => bytes.slice(places[index], end))
        assert.deepEqual(await collect(readFrames(bodyOf(parts))), whole)
      }),
      { numRuns: 100 },
    )
  })

  test('half a frame at the end is no frame', async () => {
    assert.deepEqual(await collect(readFrames(bodyOf([bytes.slice(0, 30)]))), [])
  })

  test('an event that is not known is left out', () => {
    assert.equal(toEvent({ event: 'later', data: '{}' }), undefined)
    assert.deepEqual(toEvent({ event: 'report', data: '{"report":null}' }), {
      type: 'report',
      report: null,
    })
  })
})

describe('asking', () => {
  const types = async (behaviour: Parameters<typeof startStub>[0], options = {}) => {
    const stub = await startStub(behaviour)
    try {
      const client = createClient(`${stub.url}/`, { firstByteMs: 20_000, retryMs: 10, ...options })
      const events = await collect(client.ask(ask, new AbortController().signal))
      return { types: events.map(({ type }) => type), requests: [...stub.requests] }
    } finally {
      await stub.close()
    }
  }

  test('streams', async () => {
    const { types: seen, requests } = await types({})
    assert.deepEqual(seen.slice(0, 3), ['report', 'diagnosis', 'answer'])
    assert.equal(seen.at(-1), 'done')
    assert.equal(requests.length, 1)
  })

  test('takes JSON where a proxy holds the stream, and where a server sends it', async () => {
    const held = await types({ behaviour: 'hold' }, { firstByteMs: 150 })
    assert.deepEqual(held.types, ['report', 'diagnosis', 'answer', 'done'])
    assert.deepEqual(
      held.requests.map(({ accept }) => accept),
      ['text/event-stream', 'application/json'],
    )
    assert.deepEqual((await types({ behaviour: 'json' })).types, [
      'report',
      'diagnosis',
      'answer',
      'done',
    ])
  })

  test('asks once more after a cut, and not a third time', async () => {
    assert.equal((await types({ behaviour: 'cut-once' })).types.at(-1), 'done')
    await assert.rejects(types({ behaviour: 'cut' }), { code: 'cut' })
  })

  test('names what a server refuses, with the time to wait', async () => {
    await assert.rejects(types({ behaviour: 'busy' }), { code: 'too-many-requests', retryAfter: 7 })
    await assert.rejects(types({ behaviour: 'broken' }), { code: 'server' })
  })

  test('names a server that is not there', async () => {
    const client = createClient('http://127.0.0.1:9/', { retryMs: 1 })
    await assert.rejects(
      client.json('api/articles/x'),
      (error) => error instanceof Failure && error.code === 'offline',
    )
  })

  test('stops at once when told so', async () => {
    const stub = await startStub({ behaviour: 'hold' })
    const stop = new AbortController()
    const client = createClient(`${stub.url}/`)
    const asked = collect(client.ask(ask, stop.signal))
    setTimeout(() => stop.abort(), 50)
    await assert.rejects(asked, { name: 'AbortError' })
    await stub.close()
  })
})

describe('marked lines', () => {
  test('the pieces of all lines are the text again', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', '\n', 'ü', ' ') }),
        fc.array(fc.record({ field: fc.constant('f'), start: fc.nat(40), end: fc.nat(40) })),
        (words, evidence) => {
          const [recipient] = REPORT.recipients
          const report = {
            ...REPORT,
            text: words,
            recipients: recipient ? [{ ...recipient, evidence }] : [],
          }
          const lines = linesOf(words, marksOf(report))
          assert.equal(
            lines.map(({ pieces }) => pieces.map(({ text }) => text).join('')).join('\n'),
            words,
          )
        },
      ),
    )
  })

  test('only lines that say something are shown', () => {
    const lines = sayingLines(linesOf(REPORT.text, marksOf(REPORT)))
    assert.equal(lines.length, 3)
    assert.ok(lines[0]?.pieces.some(({ text, field }) => field && text === 'kim@partner.example'))
  })
})

describe('keeping', () => {
  const box = () => {
    const map = new Map<string, string>()
    return {
      getItem: (key: string) => map.get(key) ?? null,
      setItem: (key: string, value: string) => void map.set(key, value),
      removeItem: (key: string) => void map.delete(key),
    }
  }

  test('what is too old is gone, from the browser too', () => {
    let now = 0
    const shelf = box()
    const store = createStore<typeof RESULT>(shelf, 'k', 10, () => now)
    store.save(RESULT)
    now = 9 * 60_000
    assert.deepEqual(store.load(), RESULT)
    now = 10 * 60_000
    assert.equal(store.load(), undefined)
    assert.equal(shelf.getItem('k'), null)
  })

  test('a browser that keeps nothing, or keeps rubbish, is no error', () => {
    const store = createStore(undefined, 'k', 10)
    store.save(1)
    assert.equal(store.load(), undefined)
    const shelf = box()
    shelf.setItem('k', '{"at":')
    assert.equal(createStore(shelf, 'k', 10).load(), undefined)
  })
})

describe('themes', () => {
  test('tokens become declarations', () => {
    assert.equal(toCss({ accent: '#5b2a86', radius: 4 }), '--bw-accent:#5b2a86;--bw-radius:4px')
  })

  test('nothing that is no token gets through', () => {
    const bad = ['red;}*{display:none', 'url(http://evil.example)', '#12', 'expression(1)']
    for (const accent of bad) assert.throws(() => toCss({ accent }), TypeError)
    assert.throws(() => toCss({ font: 'x;} @import "y"' }), TypeError)
    assert.throws(() => toCss({ radius: '4px;' as unknown as number }), TypeError)
    const density = '9px;}*{' as unknown as Exclude<Theme['density'], undefined>
    assert.equal(toCss({ density }), '--bw-gap:18px')
  })

  test('colours that cannot be read are told, others are not', () => {
    const white = 'rgb(255, 255, 255)'
    assert.match(
      faultOf('rgb(255, 255, 0)', white, 'a on b') ?? '',
      /a on b has a contrast of 1\.1/,
    )
    assert.match(faultOf('rgb(119, 119, 119)', white, 'a on b') ?? '', /4\.5; text needs 4\.5/)
    assert.equal(faultOf('rgb(118, 118, 118)', white, 'a on b'), undefined)
    assert.equal(faultOf('rgba(0, 0, 0, 0)', white, 'a on b'), undefined)
    assert.equal(contrast([0, 0, 0], [255, 255, 255]).toFixed(0), '21')
  })
})
