/** Where the KB has nothing: what was looked at, and what would help. */
import { type Draft, withMark } from './draft.ts'
import { productName, type Turn } from './turn.ts'

export type Outcome = { readonly answered: boolean }

/** Nothing fits: what was looked at, and what would help. */
export function unknown(turn: Turn, draft: Draft): Outcome {
  const looked = looksAt(turn)
  draft.add(
    '**I do not know this.** Nothing in my knowledge base answers it, and I will not guess.',
  )
  if (looked.length > 0)
    draft.add(`What I looked at:\n\n${looked.map((line) => `- ${line}`).join('\n')}`)
  draft.add(
    `What would help:\n\n${gather(turn)
      .map((line) => `- ${line}`)
      .join('\n')}`,
  )
  const article = turn.articles.get('get-full-report')
  if (article)
    draft.add(
      withMark(
        `How to get the whole report is described in the note "${article.title}".`,
        draft.cite(article, ''),
      ),
    )
  return { answered: false }
}

function looksAt({ report, codes: named, products, retrieval }: Turn): readonly string[] {
  const near = retrieval.passages[0]
  return [
    ...(report && report.kind !== 'none'
      ? [
          `your report${report.generator.product ? ` (written by ${report.generator.product})` : ''}, its codes and its wording`,
        ]
      : []),
    ...(named.enhanced.length > 0
      ? [`the code ${named.enhanced.map((code) => `\`${code}\``).join(', ')}`]
      : []),
    ...(products.size > 0
      ? [`what I have about ${[...products].slice(0, 3).map(productName).join(', ')}`]
      : []),
    ...(near ? [`the closest article, "${near.title}", which does not answer it`] : []),
  ]
}

const gather = ({ report }: Turn): readonly string[] => [
  report && report.kind !== 'none'
    ? 'the whole report with its technical part ("Diagnostic information for administrators", `Diagnostic-Code:` …)'
    : 'the report itself: paste the mail that came back, all of it',
  'the line of the refusing server, word by word, with its three-digit code',
  'which mail systems both sides use, since when it happens, and whether all mail is affected or only some',
]

export function decline(draft: Draft): Outcome {
  draft.add(
    'I only know about mail that does not arrive: paste a mail that came back, or ask about mail delivery.',
  )
  return { answered: false }
}

export function nothingSaid(draft: Draft): Outcome {
  draft.add('There is nothing to read yet. Paste the mail that came back, all of it if you can.')
  return { answered: false }
}
