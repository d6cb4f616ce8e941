/** Which keys came of late, on disk so that a restart forgets none. Keys are hashes: nothing personal. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeWhole } from './outbox.ts'

type Seen = { readonly last: number; readonly count: number }

export type Recent = {
  /** counts the key; 1 for the first within the window */
  count(key: string, now: number): Promise<number>
}

const FILE = 'recent.json'

export async function openRecent(folder: string, windowMs: number): Promise<Recent> {
  const seen = new Map<string, Seen>(await read(folder))
  let writing = Promise.resolve()
  return {
    async count(key, now) {
      for (const [old, { last }] of seen) if (now - last >= windowMs) seen.delete(old)
      const count = (seen.get(key)?.count ?? 0) + 1
      seen.set(key, { last: now, count })
      const write = () => writeWhole(folder, FILE, JSON.stringify([...seen]))
      // one after the other; a failed one fails its own ticket, not those after it
      const mine = writing.then(write, write)
      writing = mine.catch(() => {})
      await mine
      return count
    },
  }
}

async function read(folder: string): Promise<[string, Seen][]> {
  try {
    return JSON.parse(await readFile(join(folder, FILE), 'utf8')) as [string, Seen][]
  } catch {
    // absent at first; a damaged one costs marks, no ticket
    return []
  }
}
