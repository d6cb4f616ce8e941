/** A question under a report that no wording settles is answered from the case, unless it names something else. */
import type { Article, SectionRole } from '../../kb/types.ts'
import { type Draft, withMark } from './draft.ts'
import { sayPart } from './open.ts'
import {
  contentWords,
  leadOf,
  overlap,
  type Part,
  partsWith,
  productsIn,
  suits,
} from './sections.ts'
import { mainArticle, productsOf, type Turn } from './turn.ts'

/** Matters of their own: whoever names one asks about it. */
const SUBJECTS =
  /\b(?:spf|dkim|dmarc|ptr|reverse dns|mx|dns|tls|starttls|ssl|certificates?|relay\w*|tracking|trace|logs?|headers?|banner|greeting|queues?|connectors?|attachments?|forward\w*|calendar|meetings?|invit\w+|winmail|tnef|rich text|backscatter|virus|malware|phishing|newsletter|bulk|spamhaus|spamcop|sorbs|barracuda|proofpoint|mimecast|black ?list\w*|block ?list\w*|delist\w*|grey ?list\w*|port \d+|imap|pop3|receipt|bcc|autocomplete|distribution (?:list|group)|public folder|shared mailbox|out of office|wetransfer|encrypt\w*|quota)\b/i
const SURE = 0.9

/** Whether a question names a code, a product or a matter that the case is not about. */
function namesElsewhere({ own, codes, retrieval, articles, report, facts }: Turn): boolean {
  if (codes.enhanced.length + codes.reply.length > 0) return true
  const ours = productsOf('', report, facts)
  if ([...productsIn(own)].some((product) => !ours.has(product))) return true
  if (SUBJECTS.test(own)) return true
  const [first] = retrieval.passages
  const title = first ? (articles.get(first.articleId)?.title ?? '') : ''
  const telling = contentWords(own).filter((word) => word.length >= 5)
  return retrieval.confidence >= SURE && telling.length >= 3 && overlap(telling, title) >= 0.3
}

/** Answers from the leading cause's own article; false where another subject is named. */
export function answerWithin(turn: Turn, draft: Draft): boolean {
  const { report, diagnosis, retrieval } = turn
  const article = mainArticle(turn)
  if (!report || !diagnosis || !article || namesElsewhere(turn)) return false
  const found = retrieval.band === 'answer' ? retrieval.passages[0]?.articleId : article.id
  // what was found belongs to one of the causes: then the question was understood well enough
  if (found === article.id && retrieval.band === 'answer') return false
  const part = partFor(turn, article)
  if (!part) return false
  if (!wasSaid(turn)) draft.add(withMark(leadOf(article), draft.cite(article, '')))
  sayPart(turn, draft, article, part, 1000)
  return true
}

/** The first paragraph is not said again and again. */
const wasSaid = ({ conversation }: Turn): boolean => conversation.earlier.length > 1

const KINDS: readonly (readonly [RegExp, readonly SectionRole[]])[] = [
  [/\bwhy\b|\bhow come\b|\breason\b/i, ['why', 'meaning']],
  [
    /\bhow (?:do|can|could|would|will) (?:i|we) (?:check|see|know|tell|test|find out)\b/i,
    ['check'],
  ],
  [/\b(?:he|she|they|them|their|his|her)\b/i, ['recipient-side', 'sender']],
  [/\b(?:how|what|can|should|shall|could)\b/i, ['sender', 'meaning']],
]

/** The section that the kind of question asks for; among several, the one that its words touch. */
function partFor(turn: Turn, article: Article): Part | undefined {
  const kind = KINDS.find(([words]) => words.test(turn.own))?.[1] ?? ['meaning', 'why']
  const roles = kind.map((role) =>
    role === 'sender' && turn.audience === 'admin' ? 'sender-admin' : role,
  )
  const words = contentWords(turn.own)
  const usable = (role: SectionRole) =>
    partsWith(article, role)
      .filter(({ heading }) => suits(heading, turn.products))
      .map((part) => ({ part, score: overlap(words, part.markdown) }))
      .sort((a, b) => b.score - a.score)
      .map(({ part }) => part)
  return [...roles, 'meaning' as const].flatMap(usable)[0]
}
