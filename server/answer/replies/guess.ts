/** "Is it because of the attachment?", "which rule is meant?": a guess, and what the report leaves open. */
import { concerned } from '../../../kb/diagnose/facts.ts'
import { asCode, type Draft } from '../draft.ts'
import { sayPart } from '../open.ts'
import { quoteLines } from '../say/evidence.ts'
import { ask } from '../say/question.ts'
import { whoCanFix } from '../say/verdict.ts'
import { sayBlocklist, saySize } from '../say-tools.ts'
import { contentWords, overlap, partsWith } from '../sections.ts'
import { mainArticle, type Turn } from '../turn.ts'
import { aspectText } from './aspects.ts'
import { type Profile, profileOf } from './profile.ts'
import { reasonNaming, sayNamed } from './suspected.ts'

/** What somebody may suspect, and the kinds of trouble in which that is it, or can be. */
type Suspect = {
  readonly words: RegExp
  readonly is: readonly Profile[]
  readonly can?: readonly Profile[]
}

const SUSPECTS: readonly Suspect[] = [
  {
    words:
      /\b(?:married|renamed|new name|changed (?:his|her|their) name|left|retired|fired|quit|new job)\b/i,
    is: [],
    can: ['address', 'stale', 'unknown'],
  },
  {
    words: /\b(?:typo|spell\w*|misspel\w*|wrong address|umlauts?|dot|letter)\b/i,
    is: [],
    can: ['address', 'domain', 'unknown'],
  },
  {
    words: /\b(?:size|large|big|megabytes?|mb|heavy)\b/i,
    is: ['big'],
    can: ['down', 'late', 'unknown'],
  },
  {
    words:
      /\b(?:attachments?|files?|pictures?|images?|photos?|logo|signature|links?|pdf|zip|subject|words?|text|content)\b/i,
    is: ['content', 'big'],
    can: ['spam', 'policy', 'unknown', 'block', 'down'],
  },
  { words: /\b(?:full|quota|room|space)\b/i, is: ['full'] },
  { words: /\bspam|junk\b/i, is: ['spam'], can: ['block', 'policy', 'unknown'] },
  { words: /\bgrey ?list\w*/i, is: [], can: ['late', 'down'] },
  { words: /\bblack ?list\w*|\bblock ?list\w*|\blisted\b/i, is: [], can: ['block', 'unknown'] },
  {
    words: /\b(?:dns|mx|nameserver)\b/i,
    is: ['domain'],
    can: ['auth', 'down', 'late', 'unknown'],
  },
  { words: /\b(?:spf|dkim|dmarc)\b/i, is: ['auth'], can: ['spam', 'unknown'] },
  { words: /\b(?:forward\w*|redirect\w*)\b/i, is: [], can: ['loop', 'auth', 'address', 'unknown'] },
  {
    words: /\b(?:certificate|tls|ssl|encrypt\w*)\b/i,
    is: ['tls'],
    can: ['down', 'late', 'unknown'],
  },
  {
    words: /\b(?:too many|so many|many people|bcc|cc|bulk|newsletter|mailing)\b/i,
    is: ['rate'],
    can: ['spam', 'block', 'unknown'],
  },
  {
    words: /\b(?:firewall|router|internet|port|provider|outage)\b/i,
    is: [],
    can: ['down', 'late', 'domain', 'block', 'relay', 'unknown'],
  },
  {
    words: /\b(?:down|offline|overload\w*|unreachable|crash\w*)\b/i,
    is: [],
    can: ['down', 'late', 'unknown'],
  },
  {
    words: /\b(?:holiday|vacation|weekend|absent|out of (?:the )?office|night)\b/i,
    is: [],
    can: ['down', 'late'],
  },
  { words: /\bblock(?:ed|s|ing)?\b/i, is: [], can: ['block', 'policy', 'group', 'unknown'] },
  { words: /\b(?:password|log ?in|account)\b/i, is: [], can: ['relay', 'block', 'rate'] },
]

/** A change on one's own side is suspected before all else, whatever the report says of it. */
export const CHANGE =
  /\b(?:moved?|migrat\w*|chang\w*|switch\w*|new|updat\w*|upgrad\w*|replac\w*|renew\w*|since (?:the|our|my|we|i|they|he|she)\b)/i
/** Trouble that lies with the recipient's side alone, whatever was changed here. */
export const THEIRS = new Set<Profile>(['full', 'address', 'group'])

export function guess(turn: Turn, draft: Draft): boolean {
  const { diagnosis, report, own } = turn
  if (!diagnosis || !report || report.kind === 'none') return false
  const mark = draft.cite(mainArticle(turn), '')
  const profile = profileOf(turn)
  const suspect = SUSPECTS.find(({ words }) => words.test(own))
  if (!suspect && sayStep(turn, draft)) return true
  const named = suspect?.is.includes(profile) ? undefined : reasonNaming(turn)
  // nothing that the report could speak of: what the sources say of it, if anything
  if (!suspect && !named && !CHANGE.test(own)) return false
  if (named && !CHANGE.test(own)) sayNamed(turn, draft, named)
  else draft.add(`${verdictOn(suspect, profile, CHANGE.test(own))} ${diagnosis.summary}${mark}`)
  for (const line of quoteLines(turn).slice(0, 1)) draft.add(`> ${asCode(line)}`)
  draft.add(whoCanFix(turn))
  ask(turn, draft)
  return true
}

/** "So I just add the IP?": a step of the way that the article tells. */
function sayStep(turn: Turn, draft: Draft): boolean {
  const article = mainArticle(turn)
  const words = contentWords(turn.own).filter((word) => word.length > 2)
  if (
    !article ||
    words.length === 0 ||
    !/\b(?:add|set|change|remove|put|turn|switch|delete|call|ask|wait|send|use|enter|type|allow)\b/i.test(
      turn.own,
    )
  )
    return false
  const [best] = partsWith(article, 'sender', 'sender-admin', 'recipient-side')
    .map((part) => ({ part, score: overlap(words, part.markdown) }))
    .sort((a, b) => b.score - a.score)
  if (!best || best.score < STEP) return false
  draft.add('**Yes, that belongs to what my sources tell to do:**')
  sayPart(turn, draft, article, best.part, 900)
  return true
}
const STEP = 0.5

function verdictOn(suspect: Suspect | undefined, profile: Profile, change: boolean): string {
  if (suspect?.is.includes(profile)) return '**Yes, that is it by the report.**'
  if (change && !THEIRS.has(profile))
    return '**Quite possible, though the report does not say so:** what was changed just before is to be suspected first.'
  if (suspect?.can?.includes(profile)) return '**Possible, but the report does not say so.**'
  return suspect
    ? '**No, nothing in the report points to that.**'
    : '**The report does not say so.**'
}

/** "Which word was it?", "what rule is that?": what the report names, and how to find out the rest. */
export function whichPart(turn: Turn, draft: Draft): boolean {
  const { diagnosis, report, tools } = turn
  if (!diagnosis || !report) return false
  const before = draft.pieces.length
  if (tools.blocklist || tools.refusedQuery) sayBlocklist(turn, draft)
  else if (profileOf(turn) === 'big') saySize(turn, draft)
  if (draft.pieces.length > before) return true
  const mark = draft.cite(mainArticle(turn), '')
  draft.add(
    `**The report does not say which; it says no more than this.** ${diagnosis.summary}${mark}`,
  )
  for (const line of quoteLines(turn).slice(0, 2)) draft.add(`> ${asCode(line)}`)
  const profile = profileOf(turn)
  if (profile === 'spam' || profile === 'content')
    draft.add(`**How to find out:** ${aspectText('smaller', turn).replaceAll('**', '')}${mark}`)
  draft.add(`**Who can see it:** ${whoSees(turn)}.`)
  return true
}

/** A refusal is explained in the log of the server that made it. */
function whoSees({ report }: Turn): string {
  const remote = report && concerned(report)[0]?.remoteMta
  return remote
    ? `the admin of ${asCode(remote)}, in that server's log`
    : 'the admin of the server that refused it, in its log'
}
