/**
 * Checks the knowledge base: every file fits its schema, every pointer points somewhere, every code,
 * cause and rule leads to an article. Prints what is covered; ends with status 1 at any fault.
 *
 *   npx tsx scripts/check-kb.ts
 */
import { checkArticles, readArticles } from './kb/articles.ts'
import { checkAsked } from './kb/asked.ts'
import { coverage } from './kb/coverage.ts'
import { checkData, readData } from './kb/data.ts'
import { checkFaq } from './kb/faq.ts'

const { articles, faults: unreadable } = readArticles()
const { data, faults: malformed } = readData()
const faults = [
  ...unreadable,
  ...malformed,
  ...checkArticles(articles, data),
  ...checkData(articles, data),
  ...checkAsked(articles),
  ...checkFaq(articles),
]

console.table(coverage(articles, data))
for (const fault of faults) console.error(fault)
console.log(
  faults.length === 0
    ? `kb: ${articles.length} articles and notes, every pointer holds`
    : `kb: ${faults.length} faults`,
)
process.exitCode = faults.length === 0 ? 0 : 1
