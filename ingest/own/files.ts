import { readdirSync, statSync } from 'node:fs'
import { extname, join, relative, resolve } from 'node:path'
import { readSource, type SourceFile } from '../articles/shipped.ts'
import type { Broken } from '../collect.ts'

export type FindOptions = {
  /** patterns such as `*.md` or `drafts/**`; empty means every kind that can be read */
  readonly include: readonly string[]
  readonly exclude: readonly string[]
  /** extensions that can be read, with their dot */
  readonly kinds: readonly string[]
}

export type FoundFiles = { readonly files: SourceFile[]; readonly broken: Broken[] }

/** More than any document is long; a stray disk image must not fill the memory. */
const MAX_BYTES = 50 * 1024 * 1024

/** The files under a path that the patterns let through. A file named itself is always taken. */
export function findFiles(path: string, options: FindOptions): FoundFiles {
  const base = resolve(path)
  const files: SourceFile[] = []
  const broken: Broken[] = []
  for (const file of attempt(() => listFiles(base, options), path, broken) ?? []) {
    const source = attempt(() => readLimited(file), file, broken)
    if (source) files.push(source)
  }
  return { files, broken }
}

function attempt<T>(work: () => T, path: string, broken: Broken[]): T | undefined {
  try {
    return work()
  } catch (error) {
    broken.push({ path, message: (error as Error).message })
    return undefined
  }
}

function listFiles(base: string, options: FindOptions): string[] {
  if (statSync(base).isFile()) return [base]
  return readdirSync(base, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => isWanted(relative(base, file).replaceAll('\\', '/'), options))
    .sort()
}

/** Names with a leading dot are never meant: version control, editors. */
function isWanted(path: string, { include, exclude, kinds }: FindOptions): boolean {
  if (path.split('/').some((part) => part.startsWith('.'))) return false
  if (exclude.some((pattern) => matches(path, pattern))) return false
  if (include.length > 0) return include.some((pattern) => matches(path, pattern))
  return kinds.includes(extname(path).toLowerCase())
}

/** A pattern without a slash means the name in any folder, as in .gitignore. */
function matches(path: string, pattern: string): boolean {
  return globToPattern(pattern.includes('/') ? pattern : `**/${pattern}`).test(path)
}

function readLimited(file: string): SourceFile {
  const { size } = statSync(file)
  if (size > MAX_BYTES) throw new Error(`has ${size} bytes; at most ${MAX_BYTES} are read`)
  return readSource(file, file)
}

const GLOB_PARTS: Readonly<Record<string, string>> = {
  '**/': '(?:[^/]+/)*',
  '**': '.*',
  '*': '[^/]*',
  '?': '[^/]',
}

/** `**` any folders, `*` any name part, `?` one character; everything else stands for itself. */
function globToPattern(glob: string): RegExp {
  const source = glob.replaceAll(
    /\*\*\/|\*\*|\*|\?|[.+^${}()|[\]\\]/g,
    (part) => GLOB_PARTS[part] ?? `\\${part}`,
  )
  return new RegExp(`^${source}$`)
}
