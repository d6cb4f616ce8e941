/** What to do with the report, where to click, when a change takes effect, and whom to turn to. */

import { concerned } from '../../../kb/diagnose/facts.ts'
import { phraseWords } from '../../../kb/diagnose/text.ts'
import type { Article } from '../../../kb/types.ts'
import { asCode, type Draft } from '../draft.ts'
import { hasCommand } from '../fill.ts'
import { sayCheck, sayPart } from '../open.ts'
import { actors, RESEND, senderSteps, whoCanFix } from '../say/verdict.ts'
import {
  blocksOf,
  contentWords,
  overlap,
  type Part,
  partsOf,
  partsWith,
  residue,
  suits,
} from '../sections.ts'
import { mainArticle, type Turn } from '../turn.ts'
import { isWaiting } from './profile.ts'
import { sayWhenItCounts } from './times.ts'

const REPORT_ITSELF = /\b(?:delete|throw|keep|reply|answer|forget)\b/i
const WORRY = /\b(?:serious|bad|worr\w+|important|harmless|problem|matter|danger\w*)\b/i

/** "Can I ignore it?", "is it bad?", "do I need to do anything?" */
export function ignore(turn: Turn, draft: Draft): boolean {
  const { diagnosis, report, own } = turn
  if (!diagnosis || !report) return false
  const mark = draft.cite(mainArticle(turn), '')
  if (report.kind === 'success' || report.kind === 'auto-reply') {
    draft.add(`**Nothing has to be done:** the message arrived. ${diagnosis.summary}${mark}`)
    return true
  }
  if (isWaiting(turn)) {
    draft.add(
      `**Nothing has to be done for now:** the server that holds the message tries again by itself, and a report tells if it gives up. ${diagnosis.summary}${mark}`,
    )
    draft.add(`**Send it again?** ${RESEND.wait}`)
    return true
  }
  draft.add(`${openingOf(own)} ${diagnosis.summary}${mark}`)
  senderSteps(turn, draft)
  draft.add(whoCanFix(turn))
  return true
}

function openingOf(own: string): string {
  if (REPORT_ITSELF.test(own))
    return '**The report itself can be deleted, and nobody waits for an answer to it;** keep it until the matter is settled, for its words tell what to mend. The matter stays: your message did not arrive.'
  return WORRY.test(own)
    ? '**Nothing is broken on your computer, but your message did not arrive,** and it will not by itself.'
    : '**Yes, there is something to do: your message did not arrive,** and it will not by itself.'
}

/** A menu path, a link or a command: something that says where. */
const PLACE = /\w[\w ]* > \w/
const isPlace = (markdown: string): boolean => PLACE.test(markdown) || hasCommand(markdown)
const OTHERS = /\b(?:owner|he|she|they|their|recipient|other side)\b/i

/** "Where is that setting?" */
export function whereSet(turn: Turn, draft: Draft): boolean {
  const article = mainArticle(turn)
  if (!article || !turn.diagnosis) return false
  const parts = placesIn(turn, article)
  if (parts.length === 0) {
    draft.add(
      `My sources do not name the place of that setting.${draft.cite(article, '')} **Who can look for it:** ${actors(turn.diagnosis)}.`,
    )
    return true
  }
  for (const part of parts.slice(0, 1)) sayPart(turn, draft, article, part, 1000)
  return true
}

function placesIn(turn: Turn, article: Article): readonly Part[] {
  const words = contentWords(turn.own)
  const theirs = OTHERS.test(turn.own) || turn.diagnosis?.actors[0] === 'recipient-admin'
  const wanted = theirs ? 'recipient-side' : 'sender-admin'
  return partsOf(article)
    .filter(({ heading, markdown }) => isPlace(markdown) && suits(heading, turn.products))
    .map((part) => ({
      part,
      score:
        overlap(words, part.markdown) +
        (part.role === wanted ? 1 : 0) +
        (PLACE.test(part.markdown) ? 0.5 : 0) -
        (part.role === 'check' || part.role === 'lookalike' ? 1 : 0),
    }))
    .sort((a, b) => b.score - a.score)
    .map(({ part }) => part)
}

/** Words of the question that a section speaks of, from here on. */
const TOUCHES = 0.3

/** "How do I check the record?": the section that names it and says how; else how to see that it works. */
export function check(turn: Turn, draft: Draft): boolean {
  const article = mainArticle(turn)
  if (isWaiting(turn) && /\b(?:know|went|arrived?|through|delivered)\b/i.test(turn.own)) {
    draft.add(
      `**When it gets through you hear nothing more; if it does not, a final report tells.** To be sure, ask the recipient.${draft.cite(article, '')}`,
    )
    return true
  }
  const words = residue(turn.own, CHECKING)
  const [best] = (article ? partsOf(article) : [])
    .filter(
      ({ heading, markdown, role }) =>
        role !== 'check' && isLookUp(markdown) && suits(heading, turn.products),
    )
    .map((part) => ({ part, score: overlap(words, part.markdown) }))
    .sort((a, b) => b.score - a.score)
  const needed = /^\W*(?:(?:and|but|so|ok)\W+)*where\b/i.test(turn.own) ? 0 : TOUCHES
  if (!article || !best || words.length === 0 || best.score < needed) return sayCheck(turn, draft)
  sayPart(turn, draft, article, best.part, 1000)
  const [proof] = partsWith(article, 'check')
  if (proof) sayPart(turn, draft, article, proof, 500)
  return true
}
const isLookUp = (markdown: string): boolean =>
  isPlace(markdown) || /https?:|\b[\w-]+\.(?:com|org|net)\b/.test(markdown)
const CHECKING = phraseWords(
  'check checks see look know find out tell test verify prove confirm sure where how can could does it is that this really working we own our',
)

/** "How do I delete one?": the stored suggestion that offers a wrong address. */
export function forget(turn: Turn, draft: Draft): boolean {
  const article = turn.articles.get('stale-autocomplete-imceaex')
  const [part] = article ? partsWith(article, 'sender') : []
  if (!article || !part) return false
  sayPart(turn, draft, article, part, 1200, false)
  return true
}

const RESTART = /\b(?:restart\w*|reboot\w*|reload\w*|down ?time)\b/i
const MONEY = /\b(?:cost|licen[sc]e|pay|price|free)\b/i

/** "Do I have to restart anything?", "when does it take effect?" */
export function apply(turn: Turn, draft: Draft): boolean {
  const article = mainArticle(turn)
  if (!turn.diagnosis || !article) return false
  const topic = RESTART.test(turn.own) ? RESTART : MONEY.test(turn.own) ? MONEY : undefined
  return topic ? sayTold(turn, draft, article, topic) : sayWhenItCounts(turn, draft)
}

/** What the article says of a restart or a price; that it says nothing, where it does not. */
function sayTold(turn: Turn, draft: Draft, article: Article, topic: RegExp): boolean {
  const found = partsOf(article)
    .flatMap((part) => blocksOf(part.markdown).map((markdown) => ({ ...part, markdown })))
    .find(({ markdown }) => topic.test(markdown))
  const what = topic === RESTART ? 'restart' : 'price or licence'
  if (found) sayPart(turn, draft, article, found, 700)
  else
    draft.add(
      `My sources do not say: they name no ${what} for this.${draft.cite(article, '')} A short test mail afterwards shows whether it has taken effect.`,
    )
  return true
}

const NAMED =
  /\b(?:spamhaus|spamcop|sorbs|barracuda|microsoft|google|yahoo|proofpoint|mimecast|cisco)\b/i

const THERE = /\b(?:there|their|they|them|his|her|recipient|other side|customer|postmaster)\b/i
const OWN_SIDE = new Set<string>(['sender-admin', 'provider', 'sender'])
const capital = (text: string): string => `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}`

/** "Whom do I call over there?" */
export function contact(turn: Turn, draft: Draft): boolean {
  const { diagnosis, report } = turn
  if (!diagnosis || !report) return false
  // whoever runs a list or a service has a form of their own: the articles name it
  if (NAMED.test(turn.own) && turn.retrieval.band === 'answer') return false
  const note = turn.articles.get('whom-to-tell') ?? mainArticle(turn)
  const one = concerned(report)[0]
  const domain = (one?.finalRecipient ?? one?.originalRecipient ?? '').split('@')[1]
  const postmaster = domain ? asCode(`postmaster@${domain}`) : '`postmaster` at their domain'
  if (!THERE.test(turn.own) && OWN_SIDE.has(diagnosis.actors[0] ?? '')) {
    draft.add(
      `**${capital(actors(diagnosis))}.** Show them the report; say "show this for my IT", and I put together what they need.${draft.cite(note, '')}`,
    )
    return true
  }
  draft.add(
    `**By phone first, or by the contact on their website:** ask for whoever looks after their mail. By mail it is ${postmaster}, the address for such matters; as yours may come back too, write from another account.${draft.cite(note, '')}`,
  )
  draft.add(
    `**Who can act:** ${actors(diagnosis)}. Say "give me a text for their admin", and I write it from your report.`,
  )
  return true
}

const MISSED = /\b(?:question|ask(?:ed)?|meant|mean|said|saying|same|repeat\w*|straight)\b/i

/** Anger: no lecture, the shortest answer that there is. */
export function upset(turn: Turn, draft: Draft): boolean {
  const { diagnosis } = turn
  if (!diagnosis) return false
  const [step] = diagnosis.nextSteps.sender
  draft.add(
    MISSED.test(turn.own)
      ? 'I am sorry, then I did not get what you mean. Ask it once more in other words, and I try anew. What I know in short:'
      : 'I am sorry, that is annoying. In short, what counts:',
  )
  draft.add(
    [
      `- **What happened:** ${diagnosis.summary}${draft.cite(mainArticle(turn), '')}`,
      ...(step ? [`- **First thing to do:** ${step}`] : []),
      ...[whoCanFix(turn)].filter(Boolean).map((line) => `- ${line}`),
    ].join('\n'),
  )
  return true
}

/** Under a report, something that has nothing to do with mail. */
export function off(turn: Turn, draft: Draft): boolean {
  if (!turn.report) return false
  draft.add(
    'I only know about mail that does not arrive. Ask on about your report, or paste another one.',
  )
  return true
}
