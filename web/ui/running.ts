/** The one answer that is on its way: asked for, received, stopped, failed. */
import { Failure } from '../core/client.ts'
import { messageOf } from '../core/failure-text.ts'
import type { Stage } from './stage.ts'
import { outcomeOf, type Turn } from './turn.ts'
import type { Turns } from './turns.ts'

export type Running = {
  run(turn: Turn): Promise<void>
  isOn(): boolean
  /** the person has read enough: what is there stays */
  stop(): void
  /** nothing of it is wanted any more */
  drop(): void
}

export function createRunning(stage: Stage, turns: Turns): Running {
  const { words, shell, emit } = stage
  let current: { readonly turn: Turn; readonly stop: AbortController } | undefined

  const setBusy = (busy: boolean, message: string) => {
    shell.composer.setBusy(busy)
    shell.node.classList.toggle('busy', busy)
    shell.announce(message)
  }

  async function receive(turn: Turn, signal: AbortSignal): Promise<void> {
    // a report that only the server recognised gets its card too, in the turn that brought it
    const isFirst = !turns.all.some((other) => other !== turn && other.data.report !== null)
    const own = turn.data.report !== null || turn.files.length > 0 || isFirst
    const request = {
      messages: turns.until(turn),
      audience: turns.audience,
      locale: stage.locale,
      ...(turn.files.length > 0 && { files: turn.files }),
    }
    for await (const event of stage.client.ask(request, signal)) {
      if (signal.aborted) return
      if (event.type === 'failed') throw new Failure(event.error.code, event.error.message)
      turn.take(event, own || turn.data.report !== null)
      turns.follow(turn)
    }
  }

  function end(turn: Turn, message: string): void {
    current = undefined
    setBusy(false, message)
    turns.show()
    stage.store.save(turns.keep())
    turns.follow(turn)
  }

  function failed(turn: Turn, error: unknown, signal: AbortSignal): string {
    if (signal.aborted) {
      turn.stop(words.stopped)
      return words.stopped
    }
    // what is no failure of the network is a fault of ours: let it be seen
    if (!(error instanceof Failure)) console.error(error)
    const failure = error instanceof Failure ? error : new Failure('server')
    const message = messageOf(failure, words)
    turn.fail(failure, message)
    if (failure.code === 'origin') {
      console.error(
        `Bouncewise: ${stage.base} does not allow this page. Add ${location.origin} to ALLOWED_ORIGINS there.`,
      )
    }
    emit('error', { code: failure.code })
    return message
  }

  async function run(turn: Turn): Promise<void> {
    const before = current
    before?.stop.abort()
    const stop = new AbortController()
    const running = { turn, stop }
    current = running
    if (before && before.turn !== turn) before.turn.stop(words.stopped)
    const followed = shell.view.isFollowed()
    turn.clear()
    turns.follow(turn, followed)
    setBusy(true, words.working)
    void stage.person.available()
    let ended = words.ready
    try {
      await receive(turn, stop.signal)
      if (current === running) emit('message', outcomeOf(turn))
    } catch (error) {
      if (current !== running) return
      ended = failed(turn, error, stop.signal)
    } finally {
      if (current === running) end(turn, ended)
    }
  }

  return {
    run,
    isOn: () => current !== undefined,
    stop: () => current?.stop.abort(),
    drop() {
      if (!current) return
      current.stop.abort()
      current = undefined
      setBusy(false, '')
    },
  }
}
