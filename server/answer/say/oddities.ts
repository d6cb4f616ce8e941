/** What is odd about a report, named before anything is built on it. */
import type { Draft } from '../draft.ts'
import type { Turn } from '../turn.ts'
import { contradiction, hasContradiction } from './codes.ts'

/** Contradictions between codes have words of their own; so have these signs. */
const OWN_WORDS =
  /^Reply code \d+ and status|^The report's Status field says|is older than the message/

export function oddities(turn: Turn, draft: Draft): void {
  const { report } = turn
  if (!report) return
  for (const [sign, say] of Object.entries(SAYINGS))
    if (report.signs.includes(sign)) say(turn, draft)
  for (const warning of new Set(report.warnings))
    if (!OWN_WORDS.test(warning)) draft.add(`**Note:** ${warning.replaceAll('`', "'")}`)
  if (hasContradiction(report)) contradiction(turn, draft)
  else for (const warning of report.warnings) sayStatusField(warning, draft)
}

/** The Status field of the report against the answer of the server: the answer is nearer to the cause. */
function sayStatusField(warning: string, draft: Draft): void {
  if (warning.startsWith("The report's Status field"))
    draft.add(`**Note:** ${warning.replaceAll('`', "'")} The server's own answer wins.`)
}

const SAYINGS: Readonly<Record<string, (turn: Turn, draft: Draft) => void>> = {
  'impossible-times': (_, draft) =>
    draft.add(
      '**The times cannot be right:** the report is dated before the message itself. A clock or a time zone is wrong somewhere, so do not rely on the times in it.',
    ),
  'backscatter-possible': ({ articles }, draft) =>
    draft.add(
      `**Did you send this mail?** The returned message names another sender than the address that got the report. If it is not yours, somebody forged your address and there is nothing to send again.${draft.cite(articles.get('backscatter'), '')}`,
    ),
}
