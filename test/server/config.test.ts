import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ConfigError, loadConfig } from '../../server/config/index.ts'

test('without any setting every one has a default', () => {
  const config = loadConfig({})
  assert.equal(config.PORT, 3000)
  assert.equal(config.HOST, 'localhost')
  assert.match(config.DATA_DIR, /data$/)
})

test('an empty variable counts as not set', () => {
  assert.equal(loadConfig({ PORT: '' }).PORT, 3000)
})

const REFUSED: readonly [string, Record<string, string>, RegExp][] = [
  ['a port that is no number', { PORT: 'abc' }, /^PORT must be integer \(it is "abc"\)\.$/],
  ['a port out of range', { PORT: '70000' }, /^PORT must be <= 65535/],
  ['an unknown embedder', { EMBEDDINGS: 'magic' }, /^EMBEDDINGS must be one of local, openai/],
  ['an unknown setting of ours', { BOUNCEWISE_TYPO: '1' }, /^BOUNCEWISE_TYPO is not a setting/],
  [
    'an origin with a path',
    { ALLOWED_ORIGINS: 'https://a.example/x' },
    /^ALLOWED_ORIGINS must hold/,
  ],
]
for (const [what, env, message] of REFUSED) {
  test(`${what} stops the start with one line that names it`, () => {
    assert.throws(
      () => loadConfig(env),
      (error: Error) =>
        error instanceof ConfigError &&
        message.test(error.message) &&
        !error.message.includes('\n'),
    )
  })
}

test('a bad key is named and never shown', () => {
  const secret = 's'.repeat(5000)
  assert.throws(
    () => loadConfig({ OPENAI_API_KEY: secret }),
    (error: Error) => error.message.includes('OPENAI_API_KEY') && !error.message.includes('sss'),
  )
})
