import type { Progress } from './embed.ts'
import type { Summary } from './index.ts'

type Terminal = Pick<NodeJS.WriteStream, 'isTTY' | 'write'>

/** One line that is rewritten on a terminal; into a log, a line at the start alone. */
export function createProgress(out: Terminal): Progress {
  return (done, total) => {
    if (out.isTTY) out.write(`\rIndexing: ${done} of ${total} texts${done === total ? '\n' : ''}`)
    else if (done === 0) out.write(`Indexing ${total} texts …\n`)
  }
}

const SHOWN = 20

/** What an ingest did, one line each. */
export function describe(summary: Summary): string[] {
  return [
    ...summary.broken.map(({ path, message }) => `broken: ${path}: ${message}`),
    ...named('added', summary.added),
    ...named('changed', summary.changed),
    ...named('removed', summary.removed),
    `${summary.added.length} added, ${summary.changed.length} changed, ${summary.removed.length} removed, ` +
      `${summary.unchanged} unchanged, ${summary.broken.length} broken; ` +
      `${summary.chunks} chunks, ${summary.embedded} texts embedded` +
      `${summary.written ? '' : '; the index was up to date'}`,
  ]
}

function named(what: string, paths: readonly string[]): string[] {
  const more = paths.length > SHOWN ? [`${what}: … and ${paths.length - SHOWN} more`] : []
  return [...paths.slice(0, SHOWN).map((path) => `${what}: ${path}`), ...more]
}
