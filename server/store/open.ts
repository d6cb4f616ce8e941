import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import * as sqliteVec from 'sqlite-vec'
import { SCHEMA, VERSION } from './schema.ts'

export type Db = Database.Database

/** Where the index lives. */
export const indexPath = (dataDir: string): string => join(dataDir, 'index.sqlite')

/** The file is there and no index that this program can use; the message says what to do. */
export class IndexUnreadable extends Error {
  override name = 'IndexUnreadable'
}

/** Opens the index for writing; makes it where it is missing or of another version of the program. */
export function openWritable(dataDir: string): Db {
  mkdirSync(dataDir, { recursive: true })
  const file = indexPath(dataDir)
  const found = existsSync(file) ? versionOf(file) : 0
  if (found !== 0 && found !== VERSION) remake(file)
  const db = load(new Database(file))
  db.pragma('busy_timeout = 10000')
  prepare(db)
  return db
}

/** Opens the index for reading; throws where there is none, or one of another version. */
export function openReadable(dataDir: string): Db {
  const db = load(new Database(indexPath(dataDir), { readonly: true, fileMustExist: true }))
  // vec0 reads its chunks past the page cache; mapping the file makes that 2.7 times faster
  db.pragma('mmap_size = 1073741824')
  if (userVersion(db) === VERSION) return db
  db.close()
  throw new IndexUnreadable('The index is of another version of Bouncewise: run `npm run ingest`.')
}

function load(db: Db): Db {
  sqliteVec.load(db)
  return db
}

const userVersion = (db: Db) => db.pragma('user_version', { simple: true }) as number

function versionOf(file: string): number {
  const db = new Database(file)
  try {
    return userVersion(db)
  } finally {
    db.close()
  }
}

/** A vector of 2 KB fits seven times into 16 KB, and but once into a page of the usual 4 KB. */
function prepare(db: Db): void {
  db.pragma('page_size = 16384')
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = NORMAL')
  db.transaction(() => {
    if (userVersion(db) === 0) db.exec(SCHEMA)
  }).immediate()
}

/**
 * Makes an empty index with the vectors of the old one beside it, and puts it in its place. Killed on the
 * way, the old one is still there.
 */
function remake(file: string): void {
  const next = `${file}.next`
  remove(next)
  const db = new Database(next)
  try {
    prepare(db)
    db.prepare('ATTACH ? AS old').run(file)
    db.exec(`
      INSERT INTO space SELECT id, fingerprint, dims FROM old.space;
      INSERT INTO embedding (space_id, sha256, value)
        SELECT space_id, sha256, value FROM old.embedding;
    `)
    db.exec('DETACH old')
    db.pragma('journal_mode = DELETE')
  } finally {
    db.close()
  }
  remove(file)
  renameSync(next, file)
}

/** The log of a database that nobody has open belongs to it alone. */
function remove(file: string): void {
  for (const path of [file, `${file}-wal`, `${file}-shm`]) rmSync(path, { force: true })
}
