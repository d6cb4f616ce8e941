import type { StoredSource } from '../../server/store/index.ts'
import { sha256 } from './shipped.ts'

/** Raise it when chunks are made otherwise than before, so that an index of old chunks is made anew. */
const FORMAT = 3

/** Hash over everything that an index is made of. Equal hashes: nothing to do. */
export function fingerprint(sources: readonly Pick<StoredSource, 'path' | 'sha256'>[]): string {
  const lines = sources.map(({ path, sha256: hash }) => `${path} ${hash}`).sort()
  return sha256([`format ${FORMAT}`, ...lines].join('\n'))
}
