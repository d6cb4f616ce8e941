/** What a person says: a question, a paste in one piece or in several, files. */
import type { Report } from '../../kb/types.ts'
import { readFile, readPaste } from '../core/read.ts'
import type { Running } from './running.ts'
import type { Stage } from './stage.ts'
import { emptyTurn, type Turn } from './turn.ts'
import type { Turns } from './turns.ts'

export type Saying = {
  say(text: string, read?: Report): Promise<void>
  sayFiles(files: readonly File[]): Promise<void>
  /** a paste into the box; true when it was taken and is not to stand there */
  pasted(text: string): boolean
}

/** Two pastes within this time, the second no question, are parts of one. */
const BURST_MS = 10_000
/** what the server takes of one message */
const MOST = 1_000_000
const MOST_IN_BOX = 50_000

export function createSaying(stage: Stage, turns: Turns, running: Running): Saying {
  const { shell, emit } = stage
  let lastSaid = 0

  /** People paste a report in parts, or say more before the answer is there: that is one message. */
  const isPart = ({ data, files }: Turn, text: string): boolean => {
    if (files.length > 0) return false
    if (running.isOn()) return true
    return Date.now() - lastSaid < BURST_MS && data.text.includes('\n') && text.includes('\n')
  }

  /** The local card first. The request need not wait for it. */
  async function start(turn: Turn, reading: Promise<Report | undefined>): Promise<void> {
    const focused = (shell.node.getRootNode() as ShadowRoot).activeElement
    turns.show()
    // the button that asked may be gone now: its focus must not fall out of the chat
    if (focused?.getClientRects().length === 0) shell.log.focus({ preventScroll: true })
    turns.follow(turn, true)
    const local = reading.then((report) => {
      if (report && !turn.data.diagnosis) turn.setReport(report, null)
      turns.follow(turn)
    })
    await Promise.all([local, running.run(turn)])
  }

  async function say(text: string, read?: Report): Promise<void> {
    const clean = text.trim().slice(0, MOST)
    if (clean === '') return
    const last = turns.all.at(-1)
    const joined = last && isPart(last, clean) ? last : undefined
    lastSaid = Date.now()
    const turn = joined ?? turns.add(emptyTurn(clean))
    if (joined) joined.data.text = `${joined.data.text}\n\n${clean}`.slice(0, MOST)
    turn.drawSaid()
    emit('message', { role: 'user', kind: 'text' })
    await start(turn, read && !joined ? Promise.resolve(read) : readPaste(turn.data.text))
  }

  async function sendReport(text: string): Promise<void> {
    const report = await readPaste(text)
    const { input } = shell.composer
    if (!report || input.value.trim() !== text.trim().replaceAll('\r\n', '\n')) return
    input.value = ''
    await say(text, report)
  }

  return {
    say,
    async sayFiles(files) {
      const [file] = files
      if (!file) return
      const name = files.map((one) => one.name).join(', ')
      const turn = turns.add({ ...emptyTurn(''), name })
      turn.files = [...files]
      turn.drawSaid()
      emit('message', { role: 'user', kind: 'file' })
      await start(
        turn,
        readFile(file).then((report) => {
          turn.data.text = report?.text ?? ''
          return report?.kind === 'none' ? undefined : report
        }),
      )
    },
    /** A report is sent at once; so is what a box would take seconds to lay out. */
    pasted(text) {
      if (stage.confirm()) return false
      const long = text.length > MOST_IN_BOX
      if (long) void say(text)
      else void sendReport(text)
      return long
    },
  }
}
