/**
 * Tickets on disk until they are delivered: one file each, written whole or not at all.
 * `outbox/` waits, `dead-letter/` was given up; moving a file back to `outbox/` and starting again tries anew.
 */
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Ticket } from './ticket.ts'

export type Entry = {
  readonly ticket: Ticket
  readonly tries: number
  /** milliseconds since 1970, when to try next */
  readonly next: number
  /** what the last try failed with: a status or a network error's code, never an answer's text */
  readonly failure?: string
}

export type Outbox = {
  /** on disk, for certain, once this resolves */
  put(entry: Entry): Promise<void>
  /** every ticket that waits, and the number of files that could not be read (they stay) */
  load(): Promise<{ entries: Entry[]; unreadable: number }>
  remove(id: string): Promise<void>
  /** to the dead letters */
  bury(entry: Entry): Promise<void>
}

export async function openOutbox(folder: string): Promise<Outbox> {
  const waiting = join(folder, 'outbox')
  const dead = join(folder, 'dead-letter')
  await mkdir(waiting, { recursive: true, mode: 0o700 })
  await mkdir(dead, { recursive: true, mode: 0o700 })
  const fileOf = (id: string) => join(waiting, `${id}.json`)
  return {
    put: (entry) => writeWhole(waiting, `${entry.ticket.id}.json`, JSON.stringify(entry)),
    async load() {
      const names = (await readdir(waiting)).filter((name) => name.endsWith('.json'))
      const read = await Promise.all(names.map((name) => readEntry(waiting, name)))
      const entries = read.filter((entry) => entry !== undefined)
      return { entries, unreadable: names.length - entries.length }
    },
    remove: (id) => rm(fileOf(id), { force: true }),
    async bury(entry) {
      // written there before it goes here: killed in between, it is in both places rather than in none
      await writeWhole(dead, `${entry.ticket.id}.json`, JSON.stringify(entry))
      await rm(fileOf(entry.ticket.id), { force: true })
    },
  }
}

/** A new file under another name, flushed, then renamed: readers see the old one or the whole new one. */
export async function writeWhole(folder: string, name: string, text: string): Promise<void> {
  const part = join(folder, `${name}.part`)
  const file = await open(part, 'w', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(part, join(folder, name))
  await syncFolder(folder)
}

/** The name is part of the promise too. Not every system can flush a folder. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'EINVAL' && code !== 'EPERM' && code !== 'EISDIR') throw error
  } finally {
    await handle.close()
  }
}

async function readEntry(folder: string, name: string): Promise<Entry | undefined> {
  try {
    const entry = JSON.parse(await readFile(join(folder, name), 'utf8')) as Entry
    return `${entry.ticket.id}.json` === name ? entry : undefined
  } catch {
    return undefined
  }
}
