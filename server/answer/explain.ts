/** The answer to a report: what happened, what to do, why we think so; for an admin the details too. */
import type { Draft } from './draft.ts'
import { adminPart, senderLine } from './say/admin.ts'
import { codeList } from './say/codes.ts'
import { whyInFull, whyInShort } from './say/evidence.ts'
import { oddities } from './say/oddities.ts'
import { others } from './say/people.ts'
import { ask } from './say/question.ts'
import { headline, senderSteps, verdict } from './say/verdict.ts'
import type { Turn } from './turn.ts'

export type Section = (turn: Turn, draft: Draft) => unknown

/** Short: whoever wants the details asks for them, or says "show this for my IT". */
const SENDER: readonly Section[] = [verdict, others, senderSteps, whyInShort, ask]
/** Beside the answer to a question of their own: that is enough to read at once. */
const ASKING: readonly Section[] = [verdict, others, senderSteps, ask]
const ADMIN: readonly Section[] = [others, codeList, whyInFull, adminPart, senderLine, ask]

/** `asked`: what the person asked along with the paste; it comes right after the first sentence. */
export function explain(turn: Turn, draft: Draft, asked?: Section): void {
  headline(turn, draft)
  oddities(turn, draft)
  asked?.(turn, draft)
  const sections = turn.audience === 'admin' ? ADMIN : asked ? ASKING : SENDER
  for (const section of sections) section(turn, draft)
}
