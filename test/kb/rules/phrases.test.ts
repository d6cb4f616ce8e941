import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createMatcher, fold, inOrder } from '../../../kb/ndr/phrases.ts'
import { RULES } from '../../../kb/ndr/rules.ts'

const naive = (lists: readonly (readonly string[])[], text: string): number =>
  lists.findIndex((phrases) => inOrder(text, phrases))

const letters = fc.string({
  unit: fc.constantFrom('a', 'b', ' ', 'ü', '邮'),
  minLength: 4,
  maxLength: 7,
})
const lists = fc.array(fc.array(letters, { minLength: 1, maxLength: 3 }), {
  minLength: 1,
  maxLength: 9,
})
const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', 'ü', '邮'), maxLength: 200 })

test('the index finds what looking for every list in turn finds', () => {
  fc.assert(
    fc.property(lists, text, (given, said) => {
      assert.equal(
        createMatcher(given).find(said, (list) => list),
        naive(given, said),
      )
    }),
  )
})

test('the same with all rules, on texts made of their phrases', () => {
  const phrases = RULES.map(({ rule }) => rule.phrases)
  const worded = phrases.filter((list) => list.length > 0)
  const matcher = createMatcher(worded)
  const pieces = fc.array(fc.constantFrom(...worded.flat()), { minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(pieces, (said) => {
      const all = said.join(' . ')
      assert.equal(
        matcher.find(all, (list) => list),
        naive(worded, all),
      )
    }),
  )
})

test('a rank of undefined leaves a list out, a lower rank comes first', () => {
  const matcher = createMatcher([['user unknown'], ['unknown'], ['mailbox']])
  assert.equal(
    matcher.find('user unknown', (list) => list),
    0,
  )
  assert.equal(
    matcher.find('user unknown', (list) => -list),
    1,
  )
  assert.equal(
    matcher.find('user unknown', (list) => (list === 0 ? undefined : list)),
    1,
  )
  assert.equal(
    matcher.find('nothing', (list) => list),
    -1,
  )
})

test('phrases must stand in their order and may not overlap', () => {
  assert.ok(inOrder('the mailbox of joe is full', ['mailbox', 'full']))
  assert.ok(!inOrder('full is the mailbox', ['mailbox', 'full']))
  assert.ok(!inOrder('mailbox', ['mailbox', 'box']))
})

test('folding ignores case, kinds of blanks and of apostrophes', () => {
  assert.equal(fold('  User\u00a0doesn\u2019t\r\n\tEXIST '), "user doesn't exist")
})

test('time is linear: sixteen times the text costs less than sixty-four times the time', () => {
  const matcher = createMatcher(RULES.map(({ rule }) => rule.phrases))
  const time = (said: string): number => {
    const from = performance.now()
    for (let i = 0; i < 20; i++) matcher.find(said, (list) => list)
    return performance.now() - from
  }
  const said = 'the quick brown fox jumps over the lazy dog, and nobody refuses that. '
  time(said.repeat(500))
  assert.ok(time(said.repeat(8000)) < 64 * time(said.repeat(500)) + 50)
})
