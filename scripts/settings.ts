/** Writes the table of settings into README.md from the schema that the server checks them by. */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { ConfigSchema } from '../server/config/index.ts'

const START = '<!-- settings -->\n'
const END = '<!-- /settings -->'

/** The table, one line a setting, in the order of the schema. */
export function settingsTable(): string {
  const rows = Object.entries(ConfigSchema.properties).map(([name, schema]) => {
    const { default: value, description } = schema as { default?: unknown; description?: string }
    const shown = value === '' || value === undefined ? '' : `\`${String(value)}\``
    return `| \`${name}\` | ${shown} | ${(description ?? '').replaceAll('|', '\\|')} |`
  })
  return ['| name | default | what |', '| --- | --- | --- |', ...rows, ''].join('\n')
}

/** The README with its table replaced. */
export function withSettings(readme: string): string {
  const from = readme.indexOf(START) + START.length
  return readme.slice(0, from) + settingsTable() + readme.slice(readme.indexOf(END))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = fileURLToPath(new URL('../README.md', import.meta.url))
  writeFileSync(file, withSettings(readFileSync(file, 'utf8')))
}
