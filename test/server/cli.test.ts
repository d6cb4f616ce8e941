import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import { after, test } from 'node:test'
import { readReport } from '../../kb/ndr/read.ts'
import { runParse } from '../../server/cli/parse.ts'
import { toTerminal } from '../../server/cli/terminal.ts'
import { root } from '../helpers/root.ts'

const folder = mkdtempSync(join(tmpdir(), 'bouncewise-cli-'))
after(() => rmSync(folder, { recursive: true }))

const file = (name: string, text: string | Uint8Array): string => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

const PASTE = `This is the mail system at host mx.example.com.

<user@example.org>: host mail.example.org[192.0.2.1] said: 550 5.1.1 User unknown`
const MAIL = readFileSync(join(root, 'test/fixtures/ndr/iis-smtp/01-unknown.eml'))

/** Runs `parse` with these words and this standard input. */
async function parse(argv: readonly string[], stdin = '') {
  const said = { out: '', err: '' }
  const to = (key: 'out' | 'err') =>
    new Writable({
      write(chunk, _encoding, done) {
        said[key] += String(chunk)
        done()
      },
    })
  const io = { stdin: Readable.from([Buffer.from(stdin)]), stdout: to('out'), stderr: to('err') }
  const status = await runParse(argv, io)
  const lines = () =>
    said.out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
  return { status, ...said, lines }
}

test('parse --json writes one line a file, in the order given', async () => {
  const [one, two] = [file('b.txt', PASTE), file('a.eml', MAIL)]
  const { status, lines } = await parse(['--json', one, two])
  assert.equal(status, 0)
  assert.deepEqual(lines(), [
    { file: one, report: readReport(PASTE) },
    { file: two, report: readReport(MAIL) },
  ])
})

test('parse --files reads the paths of a list, blank lines and CRLF allowed', async () => {
  const [one, two] = [file('one.txt', PASTE), file('two words.eml', MAIL)]
  const list = file('list', `${one}\r\n\r\n${two}\r\n`)
  const { status, lines } = await parse(['--json', '--files', list])
  assert.equal(status, 0)
  assert.deepEqual(
    lines().map((line) => line.file),
    [one, two],
  )
  assert.equal(lines()[0].report.recipients[0].enhancedStatusCode, '5.1.1')
})

test('the files of a list come before those that are named', async () => {
  const [one, two] = [file('c.txt', PASTE), file('d.txt', PASTE)]
  const { lines } = await parse(['--json', '--files', file('list2', one), two])
  assert.deepEqual(
    lines().map((line) => line.file),
    [one, two],
  )
})

test('a file that cannot be read is told, the others are still read, and the status says so', async () => {
  const [good, missing] = [file('good.txt', PASTE), join(folder, 'missing.eml')]
  const { status, lines } = await parse(['--json', missing, folder, good])
  assert.equal(status, 1)
  const [first, second, third] = lines()
  assert.match(first.error, /ENOENT/)
  assert.match(second.error, /EISDIR/)
  assert.equal(third.report.kind, 'failure')
})

test('without a file standard input is read; for people the report is a few lines', async () => {
  const { status, out } = await parse([], PASTE)
  assert.equal(status, 0)
  assert.match(out, /^-: failure \(postfix at mx\.example\.com\)\n {2}user@example\.org {2}550/)
})

test('an option that is not known is told, status 2', async () => {
  const { status, err, out } = await parse(['--jsn'])
  assert.equal(status, 2)
  assert.match(err, /--jsn/)
  assert.equal(out, '')
})

const cli = (argv: readonly string[], input: string, env = {}) =>
  spawnSync(process.execPath, ['--import', 'tsx', 'server/cli.ts', ...argv], {
    cwd: root,
    input,
    encoding: 'utf8',
    env: { ...process.env, ...env },
    timeout: 60_000,
  })

test('without a command the usage is told, status 2; with --help status 0', () => {
  const lost = cli([], '')
  assert.equal(lost.status, 2)
  assert.match(lost.stderr, /explain \[FILE\]/)
  assert.equal(cli(['--help'], '').status, 0)
})

test('a list that cannot be read is told in one line', () => {
  const list = join(folder, 'no-list')
  const { status, stdout, stderr } = cli(['parse', '--json', '--files', list], '')
  assert.deepEqual([status, stdout, stderr], [1, '', `${list}: no such file\n`])
})

test('explain without an index says how to make one', () => {
  const { status, stderr } = cli(['explain'], PASTE, { DATA_DIR: join(folder, 'no-data') })
  assert.equal(status, 1)
  assert.match(stderr, /npm run ingest/)
})

test('what a terminal gets holds no control character of a report', () => {
  const told = toTerminal(
    {
      blocks: [{ t: 'p', c: [{ t: 'text', v: 'a\u001b[2Jb\u009bc\nd' }] }],
      notices: ['x\u0007y'],
      citations: [],
      suggestions: ['say\u001b]0;owned\u0007'],
    } as unknown as Parameters<typeof toTerminal>[0],
    { color: false },
  )
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  assert.doesNotMatch(told, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/)
})
