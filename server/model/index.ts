/**
 * The optional language model: puts the rules' answer into better words and another language. It never
 * decides anything: report, diagnosis, codes and sources come from the rules, what it writes is checked
 * sentence by sentence, and whatever goes wrong ends in the rules' answer with one honest line.
 */
import { createRedactor, type Redactor } from '../../kb/ndr/redact.ts'
import type { AnswerEvent, Block, ChatAnswer } from '../../kb/types.ts'
import type { Rewrite } from '../answer/index.ts'
import type { Turn } from '../answer/turn.ts'
import { toBlocks } from '../markdown/index.ts'
import { type ModelClient, ModelError, type Usage } from './client.ts'
import { namesInTalk } from './names.ts'
import { toMessages } from './prompt.ts'
import { type Sources, verify } from './verify.ts'

/** What happened, for log and metrics: kinds and counts, never text. */
export type ModelOutcome = {
  readonly outcome: 'used' | 'fallback' | 'left'
  readonly reason: string
  readonly removed: number
  readonly usage: Usage | undefined
}

/** Fewer characters than this are not worth a redraw of the page. */
const STEP = 24
/** With more than this share taken out, the rest is no answer any more. */
const TOLERATED = 0.34

/** A `Rewrite` for `answer()`. `tell` hears how each request ended. */
export function createRewrite(client: ModelClient, tell: (outcome: ModelOutcome) => void): Rewrite {
  return async function* rewrite(draft, turn) {
    const redactor = createRedactor(turn.report, namesInTalk(turn.own))
    const reader = new AbortController()
    const sources = sourcesOf(draft, turn)
    let usage: Usage | undefined
    let ended = false
    try {
      const stream = client.stream(toMessages(draft, turn, redactor), reader.signal)
      let written = ''
      let finish = ''
      const page = createPage(sources.citations)
      for await (const event of stream) {
        if (event.type === 'end') {
          finish = event.finish
          usage = event.usage
        } else {
          written += event.text
          if (page.isDue(written)) yield* page.show(readable(written, redactor, sources))
        }
      }
      const { result, removed } = finished(draft, redactor.restore(written), finish, sources)
      ended = true
      tell({
        outcome: result.answeredBy === 'model' ? 'used' : 'fallback',
        reason: result.notices[0] ?? 'ok',
        removed,
        usage,
      })
      yield* page.show(result.answer)
      yield { type: 'done', result }
    } catch (error) {
      ended = true
      const reason = error instanceof ModelError ? error : new ModelError('bad-answer', error)
      tell({ outcome: 'fallback', reason: reason.kind, removed: 0, usage })
      yield { type: 'answer', text: draft.answer, index: 0, blocks: [...draft.blocks] }
      yield { type: 'done', result: fallback(draft, reason.message) }
    } finally {
      if (!ended) tell({ outcome: 'left', reason: 'reader left', removed: 0, usage })
      reader.abort()
    }
  }
}

const fallback = (draft: ChatAnswer, why: string): ChatAnswer => ({
  ...draft,
  notices: [...draft.notices, `Written from the rules and articles alone: ${why}.`],
})

/** The checked whole. Cut off in the middle, or with too much taken out, it is the rules' answer. */
function finished(
  draft: ChatAnswer,
  written: string,
  finish: string,
  sources: Sources,
): { result: ChatAnswer; removed: number } {
  const whole = finish === 'stop' ? written : written.slice(0, lastSentenceEnd(written))
  const { markdown, kept, removed } = verify(whole, sources)
  const share = removed.length / Math.max(kept + removed.length, 1)
  const cites = draft.citations.length === 0 || /\[\d{1,3}\]/.test(markdown)
  if (markdown.length < 20 || share > TOLERATED || !cites) {
    return {
      result: fallback(draft, new ModelError('bad-answer').message),
      removed: removed.length,
    }
  }
  const notices = [
    ...draft.notices,
    ...(removed.length > 0
      ? [
          `${removed.length === 1 ? 'One statement' : `${removed.length} statements`} of the language model could not be confirmed and ${removed.length === 1 ? 'was' : 'were'} taken out.`,
        ]
      : []),
    ...(finish === 'stop' ? [] : ['The language model stopped early; the end is missing.']),
  ]
  return {
    result: {
      ...draft,
      answer: markdown,
      blocks: toBlocks(markdown, sources.citations),
      answeredBy: 'model',
      notices,
    },
    removed: removed.length,
  }
}

/** While it grows: finished sentences are checked, the one being written is shown as it comes. */
function readable(written: string, redactor: Redactor, sources: Sources): string {
  const end = lastSentenceEnd(written)
  const checked = verify(redactor.restore(written.slice(0, end)), sources).markdown
  // half a stand-in would show as nonsense
  const tail = written.slice(end).replace(/[A-Z_]{2,12}\d{0,5}$/, '')
  return `${checked}${/\n/.test(tail) ? '\n\n' : ' '}${redactor.restore(tail).trim()}`.trim()
}

function lastSentenceEnd(text: string): number {
  const ends = [...text.matchAll(/[.!?。！？](?:\s*\[\d{1,3}\])*(?=\s)|\n/g)]
  const last = ends.at(-1)
  return last ? last.index + last[0].length : 0
}

type Page = { isDue(written: string): boolean; show(markdown: string): Generator<AnswerEvent> }

/** Turns growing Markdown into events that replace only the blocks that changed. */
function createPage(citations: ReadonlySet<number>): Page {
  let blocks: readonly Block[] = []
  let shown = ''
  let due = 0
  return {
    isDue(written) {
      if (written.length < due) return false
      due = written.length + (due === 0 ? 1 : STEP)
      return true
    },
    *show(markdown) {
      const next = toBlocks(markdown, citations)
      const same = next.findIndex((block, i) => JSON.stringify(block) !== JSON.stringify(blocks[i]))
      if (same < 0 && next.length === blocks.length) return
      const index = same < 0 ? next.length : same
      const text = markdown.startsWith(shown) ? markdown.slice(shown.length) : ''
      blocks = next
      shown = markdown
      yield { type: 'answer', text, index, blocks: next.slice(index) }
    },
  }
}

function sourcesOf(draft: ChatAnswer, turn: Turn): Sources {
  const articles = draft.citations.flatMap(
    ({ articleId }) => turn.articles.get(articleId)?.sections ?? [],
  )
  return {
    citations: new Set(draft.citations.map(({ n }) => n)),
    text: [
      draft.answer,
      JSON.stringify(draft.diagnosis ?? ''),
      ...draft.citations.map(({ title }) => title),
      ...turn.retrieval.passages.map(({ markdown }) => markdown),
      ...articles.map(({ markdown }) => markdown),
    ].join('\n'),
    quoted: `${draft.report?.text ?? ''}\n${turn.own}`,
    verdict: draft.diagnosis
      ? { ...draft.diagnosis, delayed: draft.report?.kind === 'delay' }
      : undefined,
  }
}
