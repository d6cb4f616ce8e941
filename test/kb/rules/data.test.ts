import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import Value from 'typebox/value'
import { fold } from '../../../kb/ndr/phrases.ts'
import { REPLY_CODES, RULE_FILES, RULES, STATUS_CODES } from '../../../kb/ndr/rules.ts'
import * as schema from '../../../kb/schema.ts'
import { root } from '../../helpers/root.ts'

const folder = (name: string) => join(root, 'kb/data', name)
const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))
const paths = ['providers', 'mta'].flatMap((name) =>
  readdirSync(folder(name)).map((file) => join(folder(name), file)),
)

test('every rule file fits its schema and is named by its id', () => {
  for (const path of [...paths, folder('general.json'), folder('hints.json')]) {
    const file = read(path)
    assert.deepEqual(Value.Errors(schema.RuleFile, file), [], path)
    assert.ok(path.endsWith(`/${(file as { id: string }).id}.json`), path)
  }
})

test('every rule file is in the explicit order, once', () => {
  const ids = RULE_FILES.map((file) => file.id)
  assert.equal(new Set(ids).size, ids.length)
  assert.equal(ids.length, paths.length + 2)
  assert.deepEqual(ids.slice(-2), ['general', 'hints'])
})

test('ids are unique and begin with the name of their file', () => {
  const ids = new Set<string>()
  for (const { rule, file } of RULES) {
    assert.ok(!ids.has(rule.id), rule.id)
    assert.ok(rule.id.startsWith(`${file.id}.`), rule.id)
    ids.add(rule.id)
  }
})

test('phrases are written as texts are compared, and long enough to be found by index', () => {
  for (const { rule } of RULES) {
    for (const phrase of rule.phrases) {
      assert.equal(phrase, fold(phrase), rule.id)
      assert.ok(!/[|\t\n]/.test(phrase), rule.id)
    }
    if (rule.phrases.length > 0)
      assert.ok(
        rule.phrases.some((it) => it.length >= 4),
        rule.id,
      )
    else assert.ok(rule.enhancedStatusCode, `${rule.id} looks for nothing`)
  }
})

test('a host belongs to one provider, and every product exists', () => {
  const hosts = RULE_FILES.flatMap((file) => file.hosts)
  assert.equal(new Set(hosts).size, hosts.length)
  const products = new Set((read(folder('products.json')) as { id: string }[]).map((it) => it.id))
  for (const file of RULE_FILES)
    for (const product of file.products ?? []) assert.ok(products.has(product), product)
})

test('the registries fit their schemas and name each code once', () => {
  for (const code of STATUS_CODES) assert.deepEqual(Value.Errors(schema.StatusCode, code), [])
  for (const code of REPLY_CODES) assert.deepEqual(Value.Errors(schema.ReplyCode, code), [])
  assert.equal(new Set(STATUS_CODES.map((it) => it.code)).size, STATUS_CODES.length)
  assert.equal(new Set(REPLY_CODES.map((it) => it.code)).size, REPLY_CODES.length)
})

test('no gap in a subject of the registered enhanced codes', () => {
  const last: Readonly<Record<string, number>> = {
    0: 0,
    1: 10,
    2: 4,
    3: 6,
    4: 7,
    5: 6,
    6: 10,
    7: 30,
  }
  const codes = new Set(STATUS_CODES.map((it) => it.code))
  for (const [subject, end] of Object.entries(last))
    for (let detail = 0; detail <= end; detail++)
      assert.ok(codes.has(`X.${subject}.${detail}`), `X.${subject}.${detail}`)
})
