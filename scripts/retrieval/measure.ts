import { readFileSync } from 'node:fs'
import { loadConfig } from '../../server/config/index.ts'
import { cacheEmbedder, createEmbedder } from '../../server/retrieve/embed/index.ts'
import { createTrace, type Trace } from '../../server/retrieve/index.ts'
import { openIndex } from '../../server/store/index.ts'

export type Question = {
  readonly id: string
  readonly q: string
  readonly lang: string
  readonly expect: readonly string[]
  readonly kind: 'answerable' | 'off-topic' | 'near-miss'
}

export type Measured = { readonly question: Question; readonly ranking: readonly string[] } & Pick<
  Trace,
  'features' | 'band' | 'confidence'
>

/** Questions, one JSON a line. */
export function readQuestions(file: string): Question[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Question)
}

/** What retrieval makes of each question, on the index in the configured folder. */
export async function measure(questions: readonly Question[]): Promise<Measured[]> {
  const config = loadConfig()
  const embedder = cacheEmbedder(await createEmbedder(config), 10_000)
  const reader = openIndex(config.DATA_DIR)
  const trace = createTrace({ reader, embedder })
  try {
    const measured: Measured[] = []
    for (const question of questions) {
      const { passages, ...verdict } = await trace(question.q)
      const ranking = [...new Set(passages.map(({ articleId }) => articleId))]
      measured.push({ question, ranking, ...verdict })
    }
    return measured
  } finally {
    await embedder.close()
    reader.close()
  }
}

/** Place of the first right article, from 1; Infinity where none was found. */
export function placeOf({ question, ranking }: Measured): number {
  const at = ranking.findIndex((id) => question.expect.includes(id))
  return at < 0 ? Number.POSITIVE_INFINITY : at + 1
}
