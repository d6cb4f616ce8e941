import { FIELD_QUESTIONS } from '../../server/retrieve/field/index.ts'
import type { StoredSource } from '../../server/store/index.ts'
import { sha256 } from './shipped.ts'

/** Raise it when chunks are made otherwise than before, so that an index of old chunks is made anew. */
const FORMAT = 2

/** Hash over everything that an index is made of. Equal hashes: nothing to do. */
export function fingerprint(sources: readonly Pick<StoredSource, 'path' | 'sha256'>[]): string {
  const lines = sources.map(({ path, sha256: hash }) => `${path} ${hash}`).sort()
  const learnt = sha256(JSON.stringify(FIELD_QUESTIONS))
  return sha256([`format ${FORMAT}`, `field ${learnt}`, ...lines].join('\n'))
}
