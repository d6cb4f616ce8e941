/** The single points of an article, and which of them a question inside a case is about. */
import { phraseWords } from '../../kb/diagnose/text.ts'
import type { Article, Near } from '../../kb/types.ts'
import { blocksOf, type Part, partsOf } from './sections.ts'

/** One statement: a paragraph, an item of a list, a row of a table, each with the code block that it leads to. */
export type Point = {
  readonly article: Article
  readonly part: Part
  readonly markdown: string
  readonly words: ReadonlySet<string>
  /** words of what stands around it: the titles over it, and its section */
  readonly around: { readonly title: ReadonlySet<string>; readonly section: ReadonlySet<string> }
}

const cut = new WeakMap<Part, readonly string[]>()

/** A section's text, statement by statement, in its order. */
export function statementsOf(part: Part): readonly string[] {
  const before = cut.get(part)
  if (before) return before
  const found: string[] = []
  for (const block of blocksOf(part.markdown)) {
    const last = found.at(-1)
    if (/^\s*```/.test(block) && last !== undefined && !last.includes('```'))
      found[found.length - 1] = `${last}\n\n${block}`
    else if (/^(?:[-*]|\d+\.) /.test(block)) found.push(...block.split(/\n(?=(?:[-*]|\d+\.) )/))
    else if (/^\|/.test(block)) found.push(...rowsOf(block))
    else found.push(block)
  }
  cut.set(part, found)
  return found
}

function rowsOf(table: string): readonly string[] {
  const [head = '', rule = '', ...rows] = table.split('\n')
  return rows.map((row) => `${head}\n${rule}\n${row}`)
}

const pointed = new WeakMap<Article, readonly Point[]>()

export function pointsOf(article: Article): readonly Point[] {
  const before = pointed.get(article)
  if (before) return before
  const points = partsOf(article).flatMap((part) => {
    const around = {
      title: stems(`${article.title} ${part.heading}`),
      section: stems(part.markdown),
    }
    return statementsOf(part).map((markdown) => ({
      article,
      part,
      markdown,
      around,
      words: stems(markdown.startsWith('|') ? (markdown.split('\n')[2] ?? '') : markdown),
    }))
  })
  pointed.set(article, points)
  return points
}

const stems = (text: string): ReadonlySet<string> =>
  new Set(phraseWords(text).flatMap((word) => [word, ...word.split(/[-.'&_]/)]))

export type Ranked = {
  readonly point: Point
  readonly score: number
  /** share of the question's telling words that the statement and what stands around it speak of, 0 to 1 */
  readonly covered: number
}

/** What a word is worth where it stands: in the statement 1, in what stands around it less. */
const IN_TITLE = 0.7
const IN_SECTION = 0.25
/** A question of a word or two is never covered whole: any text may hold those. */
const SMOOTH = 0.8
const MEANING = 0.4
/** Sections that tell two things apart answer only who asks for that. */
const ASIDE = 0.1

/**
 * The points of these articles, the one that the question is about first. `priors`: by id, how much
 * nearer to the case an article is than any other.
 */
export function rankPoints(
  articles: readonly Article[],
  near: Near,
  priors: ReadonlyMap<string, number>,
): readonly Ranked[] {
  const question = near.words.map(({ word, rarity }) => ({
    stem: phraseWords(word)[0] ?? word,
    weight: rarity,
  }))
  const total = question.reduce((sum, { weight }) => sum + weight, SMOOTH)
  const cosines = new Map(
    near.sections.map(({ articleId, heading, cosine }) => [`${articleId}\n${heading}`, cosine]),
  )
  const scored = articles.flatMap((article) =>
    pointsOf(article).map((point) => {
      const { part, words, around } = point
      const covered = question.reduce((sum, { stem, weight }) => {
        const share = has(words, stem)
          ? 1
          : has(around.title, stem)
            ? IN_TITLE
            : has(around.section, stem)
              ? IN_SECTION
              : 0
        return sum + weight * share
      }, 0)
      const heading = part.role === 'lead' ? '' : part.heading
      const cosine = cosines.get(`${article.id}\n${heading}`) ?? 0
      const aside = part.role === 'lookalike' || part.role === 'recognise' ? ASIDE : 0
      const prior = priors.get(article.id) ?? 0
      return {
        point,
        covered: covered / total,
        score: covered / total + MEANING * cosine + prior - aside,
      }
    }),
  )
  return scored.sort((a, b) => b.score - a.score)
}

/** "delist" is in "delisting": of long words, one may go on where the other ends. */
function has(words: ReadonlySet<string>, stem: string): boolean {
  if (words.has(stem)) return true
  if (stem.length < 5) return false
  for (const word of words)
    if (word.length >= 5 && (word.startsWith(stem) || stem.startsWith(word))) return true
  return false
}
