import { watch } from 'node:fs'
import { join } from 'node:path'
import { root } from '../server/config/index.ts'

/** Editors write a file in several steps; one ingest after the last is enough. */
const QUIET_MS = 400

/** Runs again after each change under the paths or in the shipped KB, never twice at once. */
export async function watchPaths(
  paths: readonly string[],
  run: () => Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  let running = Promise.resolve()
  const soon = () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      running = running.then(run).catch((error: unknown) => console.error(String(error)))
    }, QUIET_MS)
  }
  const watchers = [join(root, 'kb/articles'), join(root, 'kb/notes'), ...paths].map((path) =>
    watch(path, { recursive: true }, soon),
  )
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve)
    signal?.addEventListener('abort', () => resolve(), { once: true })
  })
  clearTimeout(timer)
  for (const watcher of watchers) watcher.close()
  await running
}
