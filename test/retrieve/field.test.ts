import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { trainHead } from '../../scripts/retrieval/field.ts'
import {
  adapt,
  classify,
  type FieldName,
  HEAD,
  tokensOf,
} from '../../server/retrieve/field/index.ts'
import { queryOf } from '../../server/retrieve/index.ts'
import { fitMetric, toMetric } from '../../server/store/index.ts'
import { openWhole, type Whole } from '../helpers/whole.ts'

const DIMS = 16

/** The same numbers every time, between -0.5 and 0.5. */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 16807) % 2147483647
    return state / 2147483647 - 0.5
  }
}

const cosine = (a: Float32Array, b: Float32Array): number => {
  const dot = (x: Float32Array, y: Float32Array) =>
    x.reduce((sum, v, at) => sum + v * (y[at] ?? 0), 0)
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))
}

describe('the metric of an index', () => {
  // what all texts share is ten times as large as what each of them has of its own
  const random = numbers(7)
  const own = Array.from({ length: 200 }, () => Float32Array.from({ length: DIMS }, random))
  const texts = own.map((vector) => vector.map((value, at) => value + (at < 4 ? 5 : 0)))

  test('tells texts apart that share almost everything', () => {
    const [a, b] = [texts[0], texts[1]] as [Float32Array, Float32Array]
    const metric = fitMetric(texts)
    assert.ok(cosine(a, b) > 0.9)
    assert.ok(Math.abs(cosine(toMetric(metric, a), toMetric(metric, b))) < 0.75)
    assert.ok(cosine(toMetric(metric, a), toMetric(metric, a)) > 0.999)
  })

  test('gives vectors of length 1, with and without it', () => {
    for (const metric of [undefined, fitMetric(texts)]) {
      const vector = toMetric(metric, texts[5] as Float32Array)
      assert.ok(Math.abs(vector.reduce((sum, value) => sum + value * value, 0) - 1) < 1e-5)
    }
  })

  test('is not made of a handful of texts', () => {
    assert.equal(fitMetric(texts.slice(0, 10)), undefined)
  })
})

describe('which field a question belongs to', () => {
  const said: Record<FieldName, readonly string[]> = {
    ours: [
      'my mail bounced',
      'the mail came back',
      'mail refused by the server',
      'mail bounced twice',
    ],
    near: [
      'share my calendar',
      'calendar in other colours',
      'print my calendar',
      'calendar on paper',
    ],
    off: [
      'my parcel came back',
      'the parcel is lost',
      'parcel refused at the door',
      'parcel twice',
    ],
  }
  const examples = (Object.keys(said) as FieldName[]).flatMap((field) =>
    said[field].map((text) => ({ field, text })),
  )
  const of = (text: string) => classify(trainHead(examples), tokensOf(text))

  test('is learnt from labelled questions', () => {
    assert.ok(of('why did the mail come back').ours > 0.5)
    assert.ok(of('a parcel came back').off > 0.5)
    assert.ok(of('how do I hide a calendar').near > 0.5)
  })

  test('shares add up, and the same examples give the same', () => {
    const shares = of('something else')
    assert.ok(Math.abs(shares.ours + shares.near + shares.off - 1) < 1e-9)
    assert.deepEqual(trainHead(examples), trainHead(examples))
  })

  test('what an operator’s own articles are asked for is of our field, and nothing else becomes so', () => {
    const own = ['vpn client drops every hour', 'the vpn asks for a token again'].map(tokensOf)
    const adapted = adapt(HEAD, own)
    const ours = (head: typeof HEAD, text: string) => classify(head, tokensOf(text)).ours
    assert.ok(ours(HEAD, 'the vpn drops again and again') < 0.5)
    assert.ok(ours(adapted, 'the vpn drops again and again') > 0.5)
    for (const text of ['my parcel never came', 'git push rejected', 'how do I boil an egg'])
      assert.ok(ours(adapted, text) < 0.5, text)
  })

  test('a pasted megabyte is read to its beginning only', () => {
    assert.ok(tokensOf('word other '.repeat(100_000)).length < 200)
  })
})

describe('questions to the shipped knowledge base', () => {
  let whole: Whole
  before(async () => {
    whole = await openWhole()
  })
  after(() => whole.close())

  const bandOf = async (text: string) => (await whole.retrieve(queryOf(text))).band

  for (const text of [
    'my parcel was returned to the warehouse, do I have to order again?',
    'the referee rejected our appeal',
    'npm install fails with exit code 1',
    'wie lange muss ein Ei kochen',
  ]) {
    test(`nothing here is about: ${text}`, async () => assert.equal(await bandOf(text), 'none'))
  }

  for (const text of [
    'my mail to a customer came back, it says user unknown',
    'what does 5.7.1 mean',
    'meine Mail kam zurück, das Postfach ist voll',
    'the scanner no longer sends its scans by mail, authentication unsuccessful',
  ]) {
    test(`answers: ${text}`, async () => assert.equal(await bandOf(text), 'answer'))
  }

  for (const text of [
    'how do I share my calendar with a colleague',
    'make a signature with our logo',
  ]) {
    test(`has no answer, at most something near: ${text}`, async () =>
      assert.notEqual(await bandOf(text), 'answer'))
  }
})
