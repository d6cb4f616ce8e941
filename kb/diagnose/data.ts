/** The typed loader of what diagnosis reads. The one place with casts: a test checks every file. */

import generalCauses from '../data/causes/general.json' with { type: 'json' }
import microsoftCauses from '../data/causes/microsoft.json' with { type: 'json' }
import providerCauses from '../data/causes/providers.json' with { type: 'json' }
import topicCauses from '../data/causes/topics.json' with { type: 'json' }
import generalFacts from '../data/facts/general.json' with { type: 'json' }
import microsoftFacts from '../data/facts/microsoft.json' with { type: 'json' }
import topicFacts from '../data/facts/topics.json' with { type: 'json' }
import products from '../data/products.json' with { type: 'json' }
import reasons from '../data/reasons.json' with { type: 'json' }
import { findRule, REPLY_CODES, STATUS_CODES } from '../ndr/rules.ts'
import type { CauseData, FactData, Product, ReasonData } from '../types.ts'
import type { CodeData } from './codes.ts'

export const PRODUCTS = products as readonly Product[]
export const REASONS = new Map((reasons as readonly ReasonData[]).map((one) => [one.id, one]))
export const FACTS = [...topicFacts, ...generalFacts, ...microsoftFacts] as readonly FactData[]
export const CAUSES = [
  ...topicCauses,
  ...microsoftCauses,
  ...providerCauses,
  ...generalCauses,
] as readonly CauseData[]

/** What a diagnosis is made from; tests hand in small ones of their own. */
export type DiagnosisData = {
  readonly causes: readonly CauseData[]
  readonly facts: readonly FactData[]
}

export const SHIPPED: DiagnosisData = { causes: CAUSES, facts: FACTS }

/** What codes mean. */
export const CODES: CodeData = {
  statusCodes: STATUS_CODES,
  replyCodes: REPLY_CODES,
  ruleOf: (id) => findRule(id)?.rule,
}
