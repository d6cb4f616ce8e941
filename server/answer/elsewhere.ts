/** Whether a message names a code, a product or a matter that the case under discussion is not about. */
import type { Article } from '../../kb/types.ts'
import { NAMES } from './open.ts'
import { contentWords, leadOf, overlap, productsIn } from './sections.ts'
import { mainArticle, productsOf, type Turn } from './turn.ts'

/** Matters of their own: whoever names one asks about it. */
const SUBJECTS =
  /\b(?:spf|dkim|dmarc|ptr|reverse dns|mx|dns|tls|starttls|ssl|certificates?|relay\w*|tracking|trace|logs?|headers?|banner|greeting|queues?|connectors?|attach\w*|mb|megabytes?|forward\w*|calendar|meetings?|invit\w+|winmail|tnef|rich text|backscatter|virus|malware|phishing|newsletter|bulk|spamhaus|spamcop|sorbs|barracuda|proofpoint|mimecast|black ?list\w*|block ?list\w*|delist\w*|grey ?list\w*|port \d+|imap|pop3|receipt|bcc|autocomplete|distribution (?:list|group)|public folder|shared mailbox|out of office|wetransfer|encrypt\w*|quota|how (?:big|large)|size)\b/gi
/** Whether a text names such a matter, be it the report's own. */
export const namesAMatter = (text: string): boolean => text.match(SUBJECTS) !== null

/** So sure of what was found, and so much of its title in the question, it is asked about. */
const SURE = 0.9

export function namesElsewhere(turn: Turn): boolean {
  const { own, retrieval, articles } = turn
  if (namesMatter(turn)) return true
  const [first] = retrieval.passages
  const title = first ? (articles.get(first.articleId)?.title ?? '') : ''
  const telling = contentWords(own).filter((word) => word.length >= 5)
  return retrieval.confidence >= SURE && telling.length >= 3 && overlap(telling, title) >= 0.3
}

/** The same, told from the words alone: a code, another product, a subject, a number. */
export function namesMatter(turn: Turn): boolean {
  const { own, codes, report, facts } = turn
  if (codes.enhanced.length + codes.reply.length > 0) return true
  const ours = productsOf('', report, facts)
  if ([...productsIn(own)].some((product) => !ours.has(product))) return true
  return namesSubject(turn) || namesNumber(turn)
}

/** A matter is another one where neither the report nor the likeliest cause speaks of it. */
function namesSubject(turn: Turn): boolean {
  const article = mainArticle(turn)
  // "what is DKIM" wants to know that, though the report speaks of it
  if (
    /\bwhat (?:is|are|does)\b|\bwhat's\b|\bno (?:idea|clue) what\b|\bnever heard of\b/i.test(
      turn.own,
    ) &&
    turn.own.match(SUBJECTS)
  )
    return true
  const known = [
    turn.report?.text ?? '',
    turn.diagnosis?.summary ?? '',
    article ? `${article.title} ${leadOf(article)}` : '',
  ]
    .join(' ')
    .toLowerCase()
  return (turn.own.match(SUBJECTS) ?? []).some(
    (subject) => !known.includes(stemOf(subject.toLowerCase())),
  )
}

const stemOf = (word: string): string => word.replace(/(?:ing|ed|ion|ions|s)$/, '')

/** "What is 000B09B6": a number or name that the likeliest cause's article does not know and another does. */
function namesNumber({ own, retrieval, articles, ...turn }: Turn): boolean {
  const names = own.match(NAMES) ?? []
  const [first] = retrieval.passages
  const found = first && articles.get(first.articleId)
  const main = mainArticle({ ...turn, own, retrieval, articles })
  return names.some((name) => found && speaksOf(found, name) && !(main && speaksOf(main, name)))
}

const speaksOf = ({ title, sections }: Article, name: string): boolean =>
  [title, ...sections.map(({ markdown }) => markdown)].some((text) =>
    text.toLowerCase().includes(name.toLowerCase()),
  )
