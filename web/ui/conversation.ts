/** A conversation: what is said, what comes back, and what can be done with an answer. */
import { opinionOf } from '../core/opinion.ts'
import { createRunning } from './running.ts'
import { createSaying, type Saying } from './saying.ts'
import { handOff, passage } from './sheets.ts'
import type { Kept, Stage } from './stage.ts'
import type { Turn, TurnActions } from './turn.ts'
import { createTurns } from './turns.ts'

export type Conversation = Saying & {
  keep(): Kept
  restore(kept?: Kept): void
  isRunning(): boolean
  stop(): void
  /** ends what is running; what is there so far stays */
  drop(): void
  clear(): void
}

export function createConversation(stage: Stage): Conversation {
  const { words, base, locale, shell, client, person, emit } = stage
  const turns = createTurns(stage, () => actions)
  const running = createRunning(stage, turns)
  const saying = createSaying(stage, turns, running)

  async function cite(turn: Turn, n: number, from: HTMLElement): Promise<void> {
    const citation = turn.data.result?.citations.find((one) => one.n === n)
    if (!citation) return
    emit('citation', { articleId: citation.articleId })
    shell.sheet.show(citation.title, await passage(citation, client, words, base), from)
  }

  async function human(turn: Turn, from: HTMLElement): Promise<void> {
    const nodes = await handOff({
      words,
      case: {
        report: turns.all.findLast(({ data }) => data.report)?.data.report ?? null,
        diagnosis: turn.data.result?.diagnosis ?? turn.data.diagnosis,
        conversation: turns.until(turn),
        locale,
        context: stage.context(),
      },
      send: person.send,
    })
    shell.sheet.show(words.human, nodes, from)
  }

  const actions: TurnActions = {
    words,
    locale,
    base,
    ask: (text) => void saying.say(text),
    cite: (turn, n, from) => void cite(turn, n, from),
    rate(turn, rating, why) {
      emit('feedback', { rating, why: why ?? null })
      // an opinion that does not arrive is not worth an error message
      const body = opinionOf(turn.data.result, locale, rating, why)
      void client.json('api/feedback', body).catch(() => {})
    },
    print: stage.print,
    human: (turn, from) => void human(turn, from),
    hasHuman: person.available,
    retry: (turn) => void running.run(turn),
    read(turn, reader) {
      if (reader === 'them') return
      turns.audience = reader
      void running.run(turn)
    },
  }

  return {
    ...saying,
    keep: turns.keep,
    restore: turns.restore,
    isRunning: running.isOn,
    drop: running.drop,
    clear() {
      running.drop()
      turns.restore({ turns: [], audience: turns.audience })
    },
    stop() {
      running.stop()
      shell.composer.input.focus()
    },
  }
}
