/** A process for `atomic.test.ts` to kill: brings the folder given into the index, as `npm run ingest` does. */
import { ingest } from '../../ingest/index.ts'
import { wordEmbedder } from '../helpers/app.ts'

const [dataDir = '', folder = ''] = process.argv.slice(2)
await ingest({
  dataDir,
  own: { paths: [folder], keep: false, include: [], exclude: [], month: '2026-11' },
  shipped: [],
  createEmbedder: async () => wordEmbedder,
  progress: () => {},
})
