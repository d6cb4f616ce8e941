import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isSurelyElsewhere } from '../../server/answer/surely-found.ts'
import type { Turn } from '../../server/answer/turn.ts'

const turn = (band: string, ...found: readonly (readonly [string, number])[]): Turn =>
  ({
    report: null,
    conversation: { earlier: [] },
    retrieval: { band, passages: found.map(([articleId, score]) => ({ articleId, score })) },
  }) as unknown as Turn

test('a first question goes to what was surely found, not to what its words sound like', () => {
  const mine = ['phishing-fake-bounce']
  assert.ok(isSurelyElsewhere(turn('answer', ['is-a-bounce-safe', 1.3]), mine))
  assert.ok(
    isSurelyElsewhere(turn('answer', ['is-a-bounce-safe', 1.3], ['phishing-fake-bounce', 1]), mine),
  )
  assert.ok(
    !isSurelyElsewhere(turn('answer', ['backscatter', 1.1], ['phishing-fake-bounce', 1]), mine),
  )
  assert.ok(!isSurelyElsewhere(turn('nearest', ['is-a-bounce-safe', 1.3]), mine))
  assert.ok(!isSurelyElsewhere(turn('answer', ['phishing-fake-bounce', 1.3]), mine))
})
