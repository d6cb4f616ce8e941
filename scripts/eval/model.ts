/** The question set put to the configured language model: how often its words were used. */
import type { AnswerEvent, ChatAnswer } from '../../kb/types.ts'
import { type AnswerDeps, answer } from '../../server/answer/index.ts'
import type { Config } from '../../server/config/index.ts'
import { clientOf } from '../../server/model/client.ts'
import { createRewrite, type ModelOutcome } from '../../server/model/index.ts'
import { search } from '../../server/retrieve/search.ts'
import type { EvalQuestion } from './questions.ts'
import type { Source } from './ways.ts'

export type ModelResult = {
  readonly asked: number
  /** answers in the model's words */
  readonly used: number
  /** the rules' answer was given instead, by why */
  readonly fellBack: Readonly<Record<string, number>>
  /** answers of which statements were taken out */
  readonly withRemoved: number
  /** the rules had nothing to put into words */
  readonly notSent: number
}

/** Asks each answerable question of the test half; throws where no model is configured. */
export async function runModel(
  questions: readonly EvalQuestion[],
  source: Source,
  config: Config,
): Promise<ModelResult> {
  if (!config.OPENAI_API_KEY && !config.OPENAI_BASE_URL)
    throw new Error('--model needs OPENAI_API_KEY or OPENAI_BASE_URL.')
  const outcomes: ModelOutcome[] = []
  const deps: AnswerDeps = {
    retrieve: (query) => search(query, source),
    article: (id) => source.articles.get(id),
    rewrite: createRewrite(clientOf(config, 1), (outcome) => outcomes.push(outcome)),
  }
  const asked = questions.filter(({ kind, split }) => kind === 'answerable' && split === 'test')
  for (const { q } of asked) await last(answer({ messages: [{ role: 'user', content: q }] }, deps))
  return count(asked.length, outcomes)
}

function count(asked: number, outcomes: readonly ModelOutcome[]): ModelResult {
  const fellBack: Record<string, number> = {}
  for (const { outcome, reason } of outcomes)
    if (outcome === 'fallback') fellBack[reason] = (fellBack[reason] ?? 0) + 1
  return {
    asked,
    used: outcomes.filter(({ outcome }) => outcome === 'used').length,
    fellBack,
    withRemoved: outcomes.filter(({ removed }) => removed > 0).length,
    notSent: asked - outcomes.length,
  }
}

async function last(events: AsyncIterable<AnswerEvent>): Promise<ChatAnswer> {
  for await (const event of events) if (event.type === 'done') return event.result
  throw new Error('the answer ended without "done"')
}
