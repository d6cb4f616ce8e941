import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { root } from '../../server/config/index.ts'

export type SourceFile = {
  readonly path: string
  /** of everything below: equal hashes give equal articles */
  readonly sha256: string
  readonly bytes: Buffer
  /** more ways in which people ask for it than its front matter has */
  readonly alsoAsked?: readonly string[]
}

/** The articles and notes that come with Bouncewise, in a fixed order. */
export function readShipped(kb = join(root, 'kb')): SourceFile[] {
  const asked = readAsked(kb)
  return ['articles', 'notes'].flatMap((folder) =>
    readdirSync(join(kb, folder))
      .filter((file) => file.endsWith('.md') && file !== 'README.md')
      .sort()
      .map((file) => {
        const source = readSource(join(kb, folder, file), `kb/${folder}/${file}`)
        const alsoAsked = asked[basename(file, '.md')] ?? []
        return { ...source, alsoAsked, sha256: sha256(`${source.sha256} ${alsoAsked.join('\n')}`) }
      }),
  )
}

/** Ways of asking by article: what people say is collected apart from what we write. */
export function readAsked(kb = join(root, 'kb')): Readonly<Record<string, readonly string[]>> {
  const { asked } = JSON.parse(readFileSync(join(kb, 'data/asked.json'), 'utf8'))
  return asked
}

/** A file's bytes with their hash; `path` is what the index calls it. */
export function readSource(file: string, path: string): SourceFile {
  const bytes = readFileSync(file)
  return { path, sha256: sha256(bytes), bytes }
}

export const sha256 = (data: string | Buffer): string =>
  createHash('sha256').update(data).digest('hex')
