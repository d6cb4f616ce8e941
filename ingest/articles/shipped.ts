import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../server/config/index.ts'

export type SourceFile = { readonly path: string; readonly sha256: string; readonly bytes: Buffer }

/** The articles and notes that come with Bouncewise, in a fixed order. */
export function readShipped(kb = join(root, 'kb')): SourceFile[] {
  return ['articles', 'notes'].flatMap((folder) =>
    readdirSync(join(kb, folder))
      .filter((file) => file.endsWith('.md') && file !== 'README.md')
      .sort()
      .map((file) => readSource(join(kb, folder, file), `kb/${folder}/${file}`)),
  )
}

/** A file's bytes with their hash; `path` is what the index calls it. */
export function readSource(file: string, path: string): SourceFile {
  const bytes = readFileSync(file)
  return { path, sha256: sha256(bytes), bytes }
}

export const sha256 = (data: string | Buffer): string =>
  createHash('sha256').update(data).digest('hex')
