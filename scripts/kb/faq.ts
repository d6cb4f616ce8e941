/** Checks what is asked inside a case: each answer rests on a section that holds what it says. */
import { ANY_CASE, FAQ, type FaqEntry, placeOf } from '../../kb/faq.ts'
import { leadOf, partsOf } from '../../server/answer/sections.ts'
import type { ArticleFile } from './articles.ts'

/** One line for each fault: a place that is not there, a number or command that its section does not hold. */
export function checkFaq(files: readonly ArticleFile[]): string[] {
  const texts = new Map(
    files.map(({ article }) => [
      article.id,
      new Map([
        ['', leadOf(article)],
        ...partsOf(article).map(({ heading, markdown }): [string, string] => [heading, markdown]),
      ]),
    ]),
  )
  return FAQ.flatMap(({ article, asks }, at) => [
    ...(FAQ.findIndex((other) => other.article === article) < at
      ? [`faq: ${article} stands there twice`]
      : []),
    ...(article === ANY_CASE || texts.has(article) ? [] : [`faq: no article ${article}`]),
    ...repeated(asks).map((way) => `faq, ${article}: "${way}" stands there twice`),
    ...asks.flatMap((entry) =>
      faultsOf(entry, article, texts).map((fault) => `faq, ${article}, "${entry.q[0]}": ${fault}`),
    ),
  ])
}

function repeated(asks: readonly FaqEntry[]): readonly string[] {
  const ways = asks.flatMap(({ q }) => q.map((way) => way.toLowerCase()))
  return ways.filter((way, at) => ways.indexOf(way) < at)
}

type Texts = ReadonlyMap<string, ReadonlyMap<string, string>>

function faultsOf(entry: FaqEntry, article: string, texts: Texts): readonly string[] {
  const place = placeOf(entry, article)
  if (entry.q.length === 0) return ['no way of asking']
  if (!place) return entry.say === '' ? [] : ['an answer that rests on nothing']
  const text = texts.get(place.articleId)?.get(place.heading)
  if (text === undefined || text === '')
    return [`no section "${place.heading}" in ${place.articleId}`]
  if (entry.say === '') return ['no answer']
  const held = `${place.heading}\n${text}`.toLowerCase()
  const missing = tokensOf(entry.say).filter((token) => !held.includes(token.toLowerCase()))
  return missing.map((token) => `"${token}" does not stand in ${place.articleId}, ${place.heading}`)
}

/** Commands, codes and numbers: what must stand in the section letter by letter. */
const tokensOf = (say: string): readonly string[] => [
  ...[...say.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code),
  ...(say.replace(/`[^`]*`/g, ' ').match(/\b\d[\d.,:]*\d\b|\b[3-9]\b/g) ?? []),
]
