import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { root } from '../server/config/index.ts'

export type WatchOptions = {
  /** ends the watch; an ingest that runs is finished first */
  readonly signal: AbortSignal
  /** our own KB's folders, unless a test brings others */
  readonly shipped?: readonly string[]
  readonly everyMs?: number
}

const SHIPPED = ['kb/articles', 'kb/notes'].map((folder) => join(root, folder))

/**
 * Runs, and again after each change under the paths or in the shipped KB, never twice at once. Looks at names,
 * sizes and times rather than waiting to be told: that also works on network drives and in containers,
 * with editors that replace a file, and with a folder that goes and comes back. Two looks that agree after
 * a change mean that whoever writes is done.
 */
export async function watchPaths(
  paths: readonly string[],
  run: () => Promise<void>,
  { signal, shipped = SHIPPED, everyMs = 500 }: WatchOptions,
): Promise<void> {
  const all = [...shipped, ...paths]
  let done = stampOf(all)
  let last = done
  await run()
  while (await pause(everyMs, signal)) {
    const now = stampOf(all)
    const settled = now === last
    last = now
    if (!settled || now === done) continue
    done = now
    await run()
  }
}

/** False where the watch was ended meanwhile. */
const pause = (ms: number, signal: AbortSignal): Promise<boolean> =>
  sleep(ms, true, { signal }).catch(() => false)

function stampOf(paths: readonly string[]): string {
  return paths.map((path) => `${path}\n${filesUnder(path).map(lineOf).join('\n')}`).join('\n\n')
}

/** A path that is not there has no files: what is gone, and comes back, are two changes. */
function filesUnder(path: string): string[] {
  try {
    if (statSync(path).isFile()) return [path]
    return readdirSync(path, { recursive: true, encoding: 'utf8' })
      .filter((file) => !file.split(/[/\\]/).some((part) => part.startsWith('.')))
      .map((file) => join(path, file))
      .sort()
  } catch {
    return []
  }
}

function lineOf(file: string): string {
  const stats = statSync(file, { throwIfNoEntry: false })
  return stats?.isFile() ? `${file} ${stats.size} ${stats.mtimeMs}` : ''
}
