/**
 * Learns from `kb/data/field` and from the articles' ways of asking which words speak for which field, and
 * writes `server/retrieve/field/head.json`.
 *
 *   npx tsx scripts/retrieval/fit-field.ts
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../server/config/index.ts'
import { FIELD_QUESTIONS, trainHead, waysOfAsking } from './field.ts'

const questions = [...waysOfAsking(), ...FIELD_QUESTIONS]
const { bias, tokens } = trainHead(questions)
const lines = Object.entries(tokens).map((entry) =>
  entry.map((part) => JSON.stringify(part)).join(':'),
)
writeFileSync(
  join(root, 'server/retrieve/field/head.json'),
  `{"bias":${JSON.stringify(bias)},"tokens":{\n${lines.join(',\n')}\n}}\n`,
)
console.log(`${questions.length} questions, ${lines.length} tokens`)
