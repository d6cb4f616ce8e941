/** The answer to a question of any kind: the sections that were found, and no word beyond them. */
import type { Article, Passage, SectionRole } from '../../kb/types.ts'
import { type Draft, withMark } from './draft.ts'
import { fill, hasCommand, valuesOf } from './fill.ts'
import {
  blocksOf,
  contentWords,
  fits,
  leadOf,
  overlap,
  type Part,
  partsOf,
  partsWith,
  productsIn,
  shorten,
  suits,
} from './sections.ts'
import { asks, codesOf, mainArticle, type Turn } from './turn.ts'

const FIRST_LENGTH = 1400
const SECOND_LENGTH = 700

/** Answers from what was retrieved. False where nothing fits: then the caller says so. */
export function answerOpen(turn: Turn, draft: Draft): boolean {
  const { band, passages } = turn.retrieval
  if (band === 'none' || passages.length === 0 || namesSomethingUnknown(turn)) return false
  const [first, second] = choose(turn)
  if (!first) return false
  const article = turn.articles.get(first.articleId)
  const rivals = band === 'answer' && turn.report === null ? rivalsOf(turn, first) : []
  if (band === 'nearest')
    draft.add('I am not sure that this is what you mean; it is the closest that I know:')
  if (article && rivals.length > 0)
    draft.add(
      `Your words fit more than one thing. The likeliest: **${article.title}**.${draft.cite(article, '')}`,
    )
  if (article) contrast(turn, draft, article)
  if (article) sayPassage(turn, draft, article, first)
  if (rivals.length > 0) return sayRivals(draft, rivals)
  const other = second && turn.articles.get(second.articleId)
  if (other && second && band === 'answer' && second.articleId !== first.articleId)
    sayMore(turn, draft, other, second)
  return true
}

/**
 * Without a report, an article whose score is so near to the best is about as likely meant: of questions
 * with a nearer second the first is right in six of ten, of others in nineteen of twenty.
 */
const RIVAL = 0.9
const MOST_RIVALS = 3

/** Other articles that the question may as well be about, the likeliest first. */
function rivalsOf({ retrieval, articles }: Turn, { articleId }: Passage): readonly Article[] {
  const best = retrieval.passages.find((passage) => passage.articleId === articleId)?.score ?? 0
  const near = retrieval.passages
    .filter((passage) => passage.articleId !== articleId && passage.score >= best * RIVAL)
    .map((passage) => passage.articleId)
  return [...new Set(near)].slice(0, MOST_RIVALS).flatMap((id) => articles.get(id) ?? [])
}

function sayRivals(draft: Draft, rivals: readonly Article[]): true {
  const lines = rivals.map(
    (article) => `- **${article.title}:** ${withMark(leadOf(article), draft.cite(article, ''))}`,
  )
  draft.add(`**It may also be:**\n\n${lines.join('\n')}`)
  draft.add(
    'The line of the report with its code tells which: paste it, or say more of what happens.',
  )
  return true
}

/** Names of error codes that are none of the standards': "S3150", "TSS04", "CS01", "KB 938650". */
export const NAMES =
  /\b(?:KB ?\d{5,7}|[0-9A-F]{8}|(?=[A-Z0-9-]{4,}\b)[A-Z]+[A-Z-]*\d[A-Z0-9-]*|0x[0-9a-f]{4,})\b/g

/** The question is about a name that no article found knows: then nothing here is about it. */
export function namesSomethingUnknown({ own, retrieval, articles, codes }: Turn): boolean {
  const wanted = [...new Set([...(own.match(NAMES) ?? []), ...codes.enhanced])]
  if (wanted.length === 0) return false
  const texts = retrieval.passages.flatMap(({ articleId }) => {
    const article = articles.get(articleId)
    return article
      ? [article.title, ...article.codes, ...article.sections.map(({ markdown }) => markdown)]
      : []
  })
  const all = texts.join('\n').toLowerCase().replaceAll(' ', '')
  return !wanted.some(
    (name) =>
      all.includes(name.toLowerCase().replaceAll(' ', '')) || all.includes(`x${name.slice(1)}`),
  )
}

/** Passages that do not speak of another product than the one in question, best first. */
function choose(turn: Turn): readonly Passage[] {
  const question = contentWords(turn.own)
  const suiting = ({ heading, articleId, role }: Passage) => {
    const products = turn.articles.get(articleId)?.products ?? []
    const aside = role === 'lookalike' ? 0.8 : 1
    const foreign =
      turn.products.size > 0 &&
      products.length > 0 &&
      products.length < 4 &&
      !products.some((id) => turn.products.has(id))
    return (
      (fits(heading, turn.products) || turn.products.size === 0 ? 1 : 0.6) *
      (foreign ? 0.75 : 1) *
      aside
    )
  }
  const [top] = turn.retrieval.passages
  const scored = turn.retrieval.passages.slice(0, 8).map((passage) => ({
    passage,
    score:
      (passage.score / (top?.score || 1)) * suiting(passage) +
      0.15 * overlap(question, `${passage.title} ${passage.heading} ${passage.markdown}`),
  }))
  scored.sort((a, b) => b.score - a.score)
  const [first] = scored
  const second = scored.find(({ passage }) => passage.articleId !== first?.passage.articleId)
  return [
    first,
    second &&
    first &&
    second.score > first.score * 0.9 &&
    overlap(question, second.passage.markdown) >= 0.5
      ? second
      : undefined,
  ].flatMap((one) => one?.passage ?? [])
}

/** Whether an article is about another failure than the one in the report. */
export function isAnother(turn: Turn, article: Article): boolean {
  const own = codesOf(turn.report)
  if (own.length === 0 || article.codes.length === 0 || article.kind !== 'article') return false
  const covers = own.some((code) => article.codes.some((one) => one.slice(1) === code.slice(1)))
  const isCause = turn.diagnosis?.causes.some(
    ({ articleId, likelihood }) => articleId === article.id && likelihood > 0.1,
  )
  return !covers && !isCause && !article.reasons.some((one) => one === turn.diagnosis?.reason)
}

/** Advice or a code of another failure than the one in the report: said before anything else. */
export function contrast(turn: Turn, draft: Draft, article: Article): void {
  if (!isAnother(turn, article)) return
  const own = codesOf(turn.report)
  const mark = draft.cite(article, '')
  const codes = article.codes
    .slice(0, 3)
    .map((code) => `\`${code}\``)
    .join(', ')
  draft.add(
    `**That belongs to another failure.** It is about ${codes} (${article.title}); your report says \`${own[0]}\`, which is something else.${mark}`,
  )
  for (const { heading, text } of mentions(article, own))
    draft.add(withMark(text, draft.cite(article, heading)))
}

/** What an article says of codes that are not its own: how not to mix them up. */
function mentions(article: Article, codes: readonly string[]) {
  return partsOf(article)
    .flatMap(({ heading, markdown }) =>
      blocksOf(markdown)
        .flatMap((block) => (/^[-*] /.test(block) ? block.split(/\n(?=[-*] )/) : [block]))
        .filter((text) => codes.some((code) => text.includes(`\`${code}\``)))
        .map((text) => ({ heading, text: text.replace(/^[-*] /, '') })),
    )
    .slice(0, 2)
}

/** The first paragraph of an article, unless the answer just before held it. */
export function sayLead({ conversation }: Turn, draft: Draft, article: Article): void {
  const lead = leadOf(article)
  if (lead && !conversation.previously.includes(lead))
    draft.add(withMark(lead, draft.cite(article, '')))
}

function sayPassage(turn: Turn, draft: Draft, article: Article, passage: Passage): void {
  const part = partOf(turn, article, passage)
  if (part.role !== 'lead') sayLead(turn, draft, article)
  sayPart(turn, draft, article, part, FIRST_LENGTH)
  for (const more of alsoUseful(turn, article, part))
    sayPart(turn, draft, article, more, SECOND_LENGTH)
}

/** The part of the article that a passage is from; where a product is known, the part about that. */
function partOf(turn: Turn, article: Article, passage: Passage): Part {
  const parts = partsOf(article)
  const text = passage.markdown.replace(/^#+ .*\n+/, '').trim()
  const own =
    parts.find(
      ({ heading, markdown }) =>
        heading === passage.heading && markdown.includes(text.slice(0, 60)),
    ) ?? parts.find(({ markdown }) => text.length > 20 && markdown.includes(text.slice(0, 60)))
  const part: Part = own ?? { heading: passage.heading, role: passage.role, markdown: text }
  const named = productsIn(part.heading)
  if (named.size === 0 || turn.products.size === 0 || fits(part.heading, turn.products)) return part
  return (
    parts.find(
      ({ heading, role }) =>
        role === part.role && productsIn(heading).size > 0 && fits(heading, turn.products),
    ) ?? part
  )
}

export function sayPart(
  turn: Turn,
  draft: Draft,
  article: Article,
  part: Part,
  limit: number,
  titled = part.role !== 'lead',
): void {
  const text = fill(shorten(part.markdown, limit), valuesOf(turn.report))
  const mark = draft.cite(article, part.role === 'lead' ? '' : part.heading)
  draft.add(titled ? `**${part.heading}**\n\n${withMark(text, mark)}` : withMark(text, mark))
}

/** Other parts of the same article that the question touches, and what the audience can do. */
function alsoUseful(turn: Turn, article: Article, first: Part): readonly Part[] {
  const question = contentWords(turn.own)
  const role: SectionRole = turn.audience === 'admin' ? 'sender-admin' : 'sender'
  const usable = partsOf(article).filter(
    (part) =>
      part.markdown !== first.markdown &&
      part.role !== 'lead' &&
      suits(part.heading, turn.products),
  )
  const scored = usable
    .map((part) => ({ part, score: usefulness(part, question, role, first) }))
    .filter(({ score }) => score >= 0.4)
    .sort((a, b) => b.score - a.score)
  const found = scored.slice(0, first.role === 'lead' ? 2 : 1).map(({ part }) => part)
  if (found.length > 0 || first.role !== 'lead') return found
  // a first paragraph alone answers nothing: what it means and what to do always fit
  return usable
    .filter((part) => part.role === 'meaning' || part.role === role || part.role === 'other')
    .slice(0, 2)
}

function usefulness(
  part: Part,
  question: readonly string[],
  role: SectionRole,
  first: Part,
): number {
  const touched = overlap(question, `${part.heading} ${part.markdown}`)
  const audience = part.role === role && first.role !== role ? 0.25 : 0
  const careful = /^\*\*Careful/m.test(part.markdown) ? 0.1 : 0
  return touched + audience + careful - (part.role === 'lookalike' ? 0.3 : 0)
}

function sayMore(turn: Turn, draft: Draft, article: Article, passage: Passage): void {
  const part = partOf(turn, article, passage)
  draft.add(`Also: **${article.title}**`)
  sayPart(turn, draft, article, part, SECOND_LENGTH)
}

/** Answers from one article that the question is known to be about: the parts that its words touch. */
export function answerFrom(turn: Turn, draft: Draft, article: Article, limit = 1100): void {
  const question = contentWords(turn.own)
  sayLead(turn, draft, article)
  const best = partsOf(article)
    .filter((part) => part.role !== 'lead' && suits(part.heading, turn.products))
    .map((part) => ({
      part,
      // how to check it, and what else it may be, is shown to whoever asks for that
      score:
        overlap(question, `${part.heading} ${part.markdown}`) -
        (part.role === 'check' || part.role === 'lookalike' ? 0.5 : 0),
    }))
    .sort((a, b) => b.score - a.score)
  for (const { part } of best.slice(0, 1)) sayPart(turn, draft, article, part, limit)
}

/** Commands of the article in question, for the product in question. False where it has none. */
export function sayCommands(turn: Turn, draft: Draft): boolean {
  const found = [
    mainArticle(turn),
    ...turn.retrieval.passages.map(({ articleId }) => turn.articles.get(articleId)),
  ]
  const seen = new Set<string>()
  for (const article of found) {
    if (!article || seen.has(article.id)) continue
    seen.add(article.id)
    const parts = partsOf(article).filter(
      ({ markdown, heading }) => hasCommand(markdown) && fits(heading, turn.products),
    )
    const named = parts.filter(({ heading }) => productsIn(heading).size > 0)
    const usable =
      named.length > 0
        ? named
        : turn.products.size > 0
          ? parts
          : partsOf(article).filter(({ markdown }) => hasCommand(markdown))
    if (usable.length === 0) continue
    for (const part of usable.slice(0, 2)) sayPart(turn, draft, article, part, 1200)
    return true
  }
  return false
}

/** How to check: the section of that name of the article in question. */
export function sayCheck(turn: Turn, draft: Draft): boolean {
  const article = mainArticle(turn)
  const part = article && partsWith(article, 'check')[0]
  if (!article || !part) return false
  sayPart(turn, draft, article, part, 900)
  const recognise = partsWith(article, 'recognise')[0]
  if (recognise && !asks(turn, 'resend')) sayPart(turn, draft, article, recognise, 900)
  return true
}
