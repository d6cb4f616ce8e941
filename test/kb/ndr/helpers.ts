import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { LAYOUTS } from '../../../kb/ndr/layouts.ts'

/** The project's root: tests run from `test/` and, compiled, from `dist/test/`. */
const root = process.cwd()
export const FIXTURES = join(root, 'test/fixtures/ndr')

export type Fixture = {
  readonly layout: string
  readonly name: string
  readonly path: string
  readonly source: string
}

const OWN = new Set([...LAYOUTS.map(({ id }) => id), 'none', 'dsn', 'code'])

/** The mails and texts below the folders of layouts. */
export function fixtures(): Fixture[] {
  return readdirSync(FIXTURES, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:eml|txt)$/.test(entry.name))
    .map((entry) => {
      const folder = entry.parentPath
      const layout = folder.slice(FIXTURES.length + 1)
      const path = join(folder, entry.name)
      return { layout, name: `${layout}/${entry.name}`, path, source: readFileSync(path, 'utf8') }
    })
    .filter(({ layout }) => OWN.has(layout))
    .sort((one, other) => one.name.localeCompare(other.name))
}
