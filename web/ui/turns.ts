/** The turns of a conversation: which there are, what is kept of them, which one is in sight. */
import type { Audience, ChatMessage } from '../../kb/types.ts'
import type { Kept, Stage } from './stage.ts'
import { Turn, type TurnActions, type TurnData } from './turn.ts'

export type Turns = {
  /** as the reader chose it; undefined: the server tells it from what is said and pasted */
  audience: Audience | undefined
  readonly all: readonly Turn[]
  add(data: TurnData): Turn
  /** shows what was kept, in place of all that is there */
  restore(kept?: Kept): void
  keep(): Kept
  /** the first view or the conversation; only the last turn can be answered for somebody else */
  show(): void
  follow(turn: Turn, anew?: boolean): void
  until(turn: Turn): ChatMessage[]
}

export function createTurns(stage: Stage, act: () => TurnActions): Turns {
  const { words, shell } = stage
  let all: Turn[] = []
  const turns: Turns = {
    audience: stage.audience,
    get all() {
      return all
    },
    add(data) {
      const turn = new Turn(data, act())
      turn.reader = turns.audience ?? 'sender'
      all.push(turn)
      shell.list.append(turn.node)
      return turn
    },
    restore(kept) {
      all = []
      shell.list.replaceChildren()
      turns.audience = kept?.audience ?? stage.audience
      for (const data of kept?.turns ?? []) {
        const turn = turns.add(data)
        if (data.report) turn.setReport(data.report, data.diagnosis)
        if (data.result) turn.finish(data.result)
        else turn.stop(words.stopped)
      }
      turns.show()
    },
    keep: () => ({ turns: all.map(({ data }) => data), audience: turns.audience }),
    show() {
      const talking = all.length > 0
      if (talking) stage.dress()
      shell.node.classList.toggle('talking', talking)
      shell.composer.setTalking(talking)
      for (const turn of all) turn.setReaders(turn === all.at(-1) && turn.data.result !== null)
    },
    follow(turn, anew) {
      if (turn === all.at(-1)) shell.view.follow(turn.node, anew)
    },
    until: (turn) =>
      all
        .slice(0, all.indexOf(turn) + 1)
        .flatMap(({ data }) => [
          { role: 'user' as const, content: data.text || data.name },
          ...(data.result ? [{ role: 'assistant' as const, content: data.result.answer }] : []),
        ]),
  }
  return turns
}
