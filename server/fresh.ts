import { existsSync } from 'node:fs'
import { readShipped } from '../ingest/articles/shipped.ts'
import { fingerprint } from '../ingest/articles/version.ts'
import type { Config } from './config/index.ts'
import { LOCAL_SPACE } from './retrieve/embed/index.ts'
import { indexPath, openIndex } from './store/index.ts'

/**
 * Whether the index is certainly up to date, told in some tens of milliseconds: the shipped KB alone,
 * and the model from npm. Whatever is more than that, an ingest has to look at.
 */
export function isFresh(config: Config): boolean {
  if (config.EMBEDDINGS !== 'local' || config.BOUNCEWISE_KB !== '') return false
  if (!existsSync(indexPath(config.DATA_DIR))) return false
  try {
    const reader = openIndex(config.DATA_DIR)
    const info = reader.info()
    reader.close()
    return (
      info?.kb === fingerprint(readShipped()) && info.space.fingerprint === LOCAL_SPACE.fingerprint
    )
  } catch {
    // an index that cannot be opened is for the ingest to make anew or to complain about
    return false
  }
}
