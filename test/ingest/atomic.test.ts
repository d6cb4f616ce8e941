import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { createReader, openReadable } from '../../server/store/index.ts'
import { temporaryFolder } from '../helpers/app.ts'

const ROUNDS = 20
const DOCUMENTS = 150

/** Every document says its version, so a half of each would show. */
function writeDocuments(folder: string, version: number): void {
  mkdirSync(folder, { recursive: true })
  for (let nth = 0; nth < DOCUMENTS; nth++) {
    const text = `# Document ${nth}\n\nEdition version${version} of document ${nth}.\n\n## More\n\nSaid in version${version} again.\n`
    writeFileSync(join(folder, `document-${nth}.md`), text)
  }
}

/** Runs an ingest; with a delay, kills it after so many milliseconds. Resolves to how it ended. */
function run(dataDir: string, folder: string, killAfter?: number): Promise<'done' | 'killed'> {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  const script = new URL(`./killed-ingest.${extension}`, import.meta.url).pathname
  const options = { stdio: ['ignore', 'ignore', 'inherit'] as const }
  const child = spawn(process.execPath, [...loader(), script, dataDir, folder], {
    ...options,
    stdio: [...options.stdio],
  })
  const timer =
    killAfter === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfter)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      clearTimeout(timer)
      if (signal === 'SIGKILL') resolve('killed')
      else if (code === 0) resolve('done')
      else reject(new Error(`the ingest ended with ${code ?? signal}`))
    })
  })
}

/** Under tsx the loader is an option of this process; compiled, there is none. */
const loader = (): string[] => (import.meta.url.endsWith('.ts') ? ['--import', 'tsx'] : [])

/** Milliseconds that a call takes. */
async function timed(call: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await call()
  return performance.now() - start
}

/** The one version that the whole index is of; fails where it is of two, or of one and a half. */
function versionOf(dataDir: string): number {
  const db = openReadable(dataDir)
  try {
    assert.equal(db.pragma('integrity_check', { simple: true }), 'ok')
    const reader = createReader(db)
    const info = reader.info()
    assert.ok(info, 'the index is there')
    assert.equal(info.articles, DOCUMENTS)
    const versions = new Set(
      reader
        .articles()
        .map(({ sections }) => /version(\d+)/.exec(sections[0]?.markdown ?? '')?.[1]),
    )
    assert.equal(versions.size, 1, `articles of ${[...versions]}`)
    const [version] = versions
    assert.equal(reader.lexical(`"version${version}"`, 10_000).length, info.chunks)
    assert.equal(reader.terms().filter(({ term }) => /^version\d+$/.test(term)).length, 1)
    const space = db.prepare(`SELECT value FROM setting WHERE name = 'space'`).pluck().get()
    const stored = db
      .prepare(`SELECT count(*) FROM vector JOIN vector_${space} stored ON stored.id = vector.id`)
      .pluck()
      .get()
    assert.equal(stored, info.vectors)
    return Number(version)
  } finally {
    db.close()
  }
}

test(`killed at ${ROUNDS} moments, an ingest leaves the old index or the new one`, async (t: TestContext) => {
  const dataDir = temporaryFolder(t)
  const folder = join(dataDir, 'documents')
  writeDocuments(folder, 0)
  await run(dataDir, folder)
  writeDocuments(folder, 1)
  let duration = await timed(() => run(dataDir, folder))

  let current = 1
  let last = 1
  const ended = { old: 0, new: 0 }
  let killed = 0
  // how long an ingest takes depends on what else the machine does: who came too late aims earlier
  for (let round = 0; killed < ROUNDS && round < ROUNDS * 4; round++) {
    last = round + 2
    writeDocuments(folder, last)
    const moment = duration * (0.45 + (0.55 * (round % ROUNDS)) / ROUNDS)
    const outcome: string[] = []
    const took = await timed(async () => outcome.push(await run(dataDir, folder, moment)))
    if (outcome.includes('killed')) killed += 1
    else duration = Math.min(duration, took)
    const version = versionOf(dataDir)
    assert.ok(version === current || version === last, `version ${version} out of nowhere`)
    ended[version === current ? 'old' : 'new'] += 1
    current = version
  }
  assert.equal(killed, ROUNDS, 'too few were killed in time')
  assert.ok(ended.old > 0, 'no kill came before the end')
  await run(dataDir, folder)
  assert.equal(versionOf(dataDir), last)
  t.diagnostic(`${killed} killed: ${ended.old} left the old index, ${ended.new} the new one`)
})
