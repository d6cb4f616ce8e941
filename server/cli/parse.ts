/** `parse [--json] [--files LIST] [FILE…]`: reports of mails, messages and pasted texts, from files or stdin. */
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { parseArgs } from 'node:util'
import { readReport } from '../../kb/ndr/read.ts'
import type { Recipient, Report } from '../../kb/types.ts'

export type Io = {
  readonly stdin: Readable
  readonly stdout: Writable
  readonly stderr: Writable
}

const STDIN = '-'

/**
 * Reads what `argv` (without the command's name) tells, in the order given, and writes one report a
 * file. Resolves to the exit status: 1 where a file could not be read, 2 for a wrong option.
 */
export async function runParse(argv: readonly string[], io: Io = process): Promise<number> {
  const options = optionsOf(argv, io)
  if (!options) return 2
  let failed = false
  for await (const file of namesOf(options)) {
    const result = await read(file, io.stdin)
    if ('error' in result) failed = true
    await write(
      io.stdout,
      options.json ? `${JSON.stringify({ file, ...result })}\n` : plain(file, result),
    )
  }
  return failed ? 1 : 0
}

type Options = {
  readonly json: boolean
  readonly list: string | undefined
  readonly files: readonly string[]
}
type Result = { readonly report: Report } | { readonly error: string }

function optionsOf(argv: readonly string[], io: Io): Options | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false }, files: { type: 'string' } },
    })
    return { json: values.json, list: values.files, files: positionals }
  } catch (error) {
    io.stderr.write(`parse: ${messageOf(error)}\n`)
    return undefined
  }
}

/** The files of the list first, line by line, then those named; stdin where there are neither. */
async function* namesOf({ list, files }: Options): AsyncGenerator<string> {
  if (list !== undefined) {
    for await (const line of createInterface({
      input: createReadStream(list),
      crlfDelay: Infinity,
    })) {
      if (line.trim() !== '') yield line
    }
  }
  yield* files
  if (list === undefined && files.length === 0) yield STDIN
}

async function read(file: string, stdin: Readable): Promise<Result> {
  try {
    return { report: readReport(file === STDIN ? await readAll(stdin) : await readFile(file)) }
  } catch (error) {
    return { error: messageOf(error) }
  }
}

async function readAll(stream: Readable): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of stream) {
    chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk)
  }
  return Buffer.concat(chunks)
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error)

/** Waits when the reader is slower: a list of a million files must not pile up in memory. */
async function write(stream: Writable, text: string): Promise<void> {
  if (!stream.write(text)) await new Promise<void>((resolve) => stream.once('drain', resolve))
}

/* ------------------------------------------------------------ for people */

function plain(file: string, result: Result): string {
  if ('error' in result) return `${file}: ${result.error}\n`
  const { report } = result
  const writer = [report.layout, report.generator.host].filter(Boolean).join(' at ')
  const lines = [`${file}: ${report.kind}${writer ? ` (${writer})` : ''}`]
  for (const recipient of report.recipients) lines.push(...about(recipient))
  for (const warning of report.warnings) lines.push(`  ! ${warning}`)
  return `${lines.join('\n')}\n`
}

function about(recipient: Recipient): string[] {
  const codes = [recipient.replyCode, recipient.enhancedStatusCode].filter((code) => code !== null)
  const head = [recipient.finalRecipient ?? '(recipient not told)', ...codes, recipient.reason]
  const rest = [
    ['refused by', recipient.remoteMta],
    ['said', recipient.diagnosticCode],
    ['rule', recipient.rule],
  ].flatMap(([name, value]) => (value ? [`    ${name}: ${value}`] : []))
  return [`  ${head.join('  ')}`, ...rest]
}
