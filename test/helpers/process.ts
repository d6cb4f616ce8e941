/** The program as a process of its own, as it is shipped or from its sources. */
import { type ChildProcess, spawn } from 'node:child_process'
import type { TestContext } from 'node:test'

export type Running = {
  readonly child: ChildProcess
  /** everything it has said so far */
  readonly output: () => string
  /** resolves when it has said this; fails where it ends before */
  said(pattern: RegExp): Promise<RegExpMatchArray>
  /** resolves to its exit code, or the signal that ended it */
  readonly ended: Promise<number | string | null>
}

/** Starts a file of ours, such as `server/main`, and ends it after the test. */
export function startProcess(
  t: TestContext,
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Running {
  const compiled = import.meta.url.endsWith('.js')
  const script = new URL(`../../${file}.${compiled ? 'js' : 'ts'}`, import.meta.url).pathname
  const loader = compiled ? ['--enable-source-maps'] : ['--import', 'tsx']
  const child = spawn(process.execPath, [...loader, script, ...args], {
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const waiting = new Set<() => void>()
  const tell = () => {
    for (const look of waiting) look()
  }
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
      tell()
    })
  }
  const ended = new Promise<number | string | null>((resolve) => {
    child.once('close', (code, signal) => {
      resolve(code ?? signal)
      tell()
    })
  })
  t.after(() => {
    child.kill('SIGKILL')
    return ended
  })
  const said = (pattern: RegExp) =>
    new Promise<RegExpMatchArray>((resolve, reject) => {
      const look = () => {
        const match = output.match(pattern)
        const over = child.exitCode !== null || child.signalCode !== null
        if (!match && !over) return
        waiting.delete(look)
        if (match) resolve(match)
        else reject(new Error(`it ended and never said ${pattern}:\n${output}`))
      }
      waiting.add(look)
      look()
    })
  return { child, output: () => output, said, ended }
}
