import assert from 'node:assert/strict'
import { test } from 'node:test'
import { classify } from '../../../kb/ndr/classify.ts'
import { RULES } from '../../../kb/ndr/rules.ts'
import type { Reason } from '../../../kb/types.ts'
import diagnostics from './diagnostics.json' with { type: 'json' }
import { inputOf, spokenBy } from './input.ts'
import wordings from './wordings.json' with { type: 'json' }

test('every example is answered by its own rule: none is dead, none hidden by another', () => {
  for (const { rule, file } of RULES)
    for (const example of rule.examples)
      assert.equal(classify(spokenBy(file, example)).rule, rule.id, example)
})

test('an example is answered alike in capitals and inside a longer text', () => {
  for (const { rule, file } of RULES)
    for (const example of rule.examples) {
      const input = spokenBy(file, example)
      const loud = { ...input, diagnosticCode: example.toUpperCase() }
      const long = { ...input, diagnosticCode: `Zzz qqq. ${example} Qqq zzz.` }
      assert.equal(classify(loud).rule, rule.id, example)
      assert.equal(classify(long).rule, rule.id, example)
    }
})

/** Who said it (a host or the product that wrote the report), what was said, what it means. */
test('what products and providers are known to say is understood', () => {
  for (const [by, said, reason] of diagnostics as [string, string, Reason][]) {
    const host = by.includes('.')
    const input = inputOf(said, { remoteMta: host ? by : null, product: host ? null : by || null })
    assert.equal(classify(input).reason, reason, `${by}: ${said}`)
  }
})

/** Refusals as they are met in the wild, in words that the rules' own examples do not use. */
test('general wording is understood whoever says it', () => {
  for (const [reason, texts] of Object.entries(wordings))
    for (const text of texts) assert.equal(classify(inputOf(text)).reason, reason, text)
})
