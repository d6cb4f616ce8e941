import assert from 'node:assert/strict'
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { openIndex } from '../../server/store/index.ts'
import { temporaryFolder } from '../helpers/app.ts'
import { startEmbeddingServer } from '../helpers/embedding-server.ts'
import { startProcess } from '../helpers/process.ts'

test('a watched folder is followed: added, changed, removed, broken, gone and back; Ctrl-C ends it', async (t) => {
  const dataDir = temporaryFolder(t)
  const folder = join(dataDir, 'own')
  const { baseUrl } = await startEmbeddingServer(t)
  mkdirSync(folder)
  const write = (name: string, text: string | Buffer) => writeFileSync(join(folder, name), text)
  const has = (word: string) => {
    const reader = openIndex(dataDir)
    const hits = reader.lexical(`"${word}"`, 10)
    reader.close()
    return hits.length > 0
  }
  write('first.md', '# First\n\nAbout zebras.')
  const { said, ended, child, output } = startProcess(t, 'ingest/main', ['--watch', folder], {
    DATA_DIR: dataDir,
    EMBEDDINGS: 'openai',
    EMBEDDINGS_BASE_URL: baseUrl,
  })
  const after = (summary: string) => said(new RegExp(`\\b${summary}, \\d+ unchanged`))

  await said(/\d+ added, 0 changed, 0 removed, 0 unchanged/)
  assert.ok(has('zebras'))

  write('second.md', '# Second\n\nAbout giraffes.')
  await after('1 added, 0 changed, 0 removed')
  assert.ok(has('giraffes'))

  write('first.md', '# First\n\nNow about hippos, and longer than before.')
  await after('0 added, 1 changed, 0 removed')
  assert.ok(has('hippos') && !has('zebras'))

  rmSync(join(folder, 'second.md'))
  await after('0 added, 0 changed, 1 removed')
  assert.ok(!has('giraffes'))

  write('broken.pdf', 'no such thing')
  await said(/broken: .*broken\.pdf: /)
  assert.ok(has('hippos'), 'the rest is still there')
  rmSync(join(folder, 'broken.pdf'))
  await said(/(?:0 broken[^\n]*\n)[^\n]*$/)

  renameSync(folder, `${folder}-away`)
  await said(/broken: .*own: .*ENOENT/)
  assert.ok(!has('hippos'), 'what is gone leaves the index')
  renameSync(`${folder}-away`, folder)
  await said(/ENOENT[\s\S]*\b1 added, 0 changed, 0 removed/)
  assert.ok(has('hippos'))

  child.kill('SIGINT')
  assert.equal(await ended, 0, output())
})
