/**
 * Runs the parser over a labelled corpus and prints its score: `npx tsx scripts/corpus-score.ts [PATH]
 * [--errors N] [--engines] [--reasons]`. PATH holds `score.mjs` and `dev/` with `*.eml`,
 * `*.pasted.txt` and `labels.jsonl`; further options go to `score.mjs`.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseText } from '../kb/ndr/index.ts'
import { parseMail } from '../kb/ndr/mail.ts'
import type { Report } from '../kb/types.ts'

const PASTED = '.pasted.txt'

const [path = '../shared/corpus', ...options] = argumentsOf(process.argv.slice(2))
const folder = resolve(path, 'dev')
const scratch = mkdtempSync(join(tmpdir(), 'bouncewise-score-'))
const predictions = join(scratch, 'predictions.jsonl')
writeFileSync(predictions, readdirSync(folder).flatMap(predict).join('\n'))
const run = spawnSync(process.execPath, [resolve(path, 'score.mjs'), predictions, ...options], {
  stdio: 'inherit',
})
rmSync(scratch, { recursive: true })
process.exitCode = run.status ?? 1

function argumentsOf(argv: readonly string[]): string[] {
  return argv[0]?.startsWith('--') ? ['../shared/corpus', ...argv] : [...argv]
}

function predict(file: string): string[] {
  if (file.endsWith('.eml')) return [line(file, 'eml', parseMail(readFileSync(join(folder, file))))]
  if (!file.endsWith(PASTED)) return []
  const text = readFileSync(join(folder, file), 'utf8')
  return [line(`${file.slice(0, -PASTED.length)}.eml`, 'pasted', parseText(text))]
}

function line(file: string, variant: string, report: Report): string {
  return JSON.stringify({
    file,
    variant,
    isBounce: report.kind === 'failure' || report.kind === 'delay',
    recipients: report.recipients.map((each) => ({
      address: each.finalRecipient,
      status: each.enhancedStatusCode,
      replyCode: each.replyCode,
      reason: each.reason,
      permanent: each.permanent,
    })),
  })
}
