/** The scripted conversations of `test/eval/conversations`, by their own runner. */
import { join } from 'node:path'
import { root } from '../../server/config/index.ts'
import { openDeps } from '../converse.ts'
import { evaluate, readScripts } from '../eval-conversations.ts'

export type ConversationResult = {
  readonly n: number
  readonly right: number
  readonly share: number
  /** at least 120 of them, 95 % right */
  readonly ok: boolean
  readonly wrong: readonly string[]
}

const LEAST = 120
const BAR = 0.95

export async function runConversations(): Promise<ConversationResult> {
  const scripts = readScripts(join(root, 'test/eval/conversations'))
  const deps = await openDeps()
  const wrong: string[] = []
  try {
    for (const script of scripts) {
      const outcome = await evaluate(script, deps)
      if (outcome.wrong.length > 0) wrong.push(`${outcome.file}/${outcome.id}`)
    }
  } finally {
    await deps.close()
  }
  const n = scripts.length
  const right = n - wrong.length
  return { n, right, share: right / n, ok: n >= LEAST && right / n >= BAR, wrong }
}
