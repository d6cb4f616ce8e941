/** Things that a report can be about, in the words in which people ask for them. */
import type { Reason } from '../../kb/types.ts'

/** What can be asked about, and the reasons of a report that say yes to it. */
export type Topic = { readonly words: RegExp; readonly reasons: readonly Reason[] }

const TOPICS: readonly Topic[] = [
  { words: /\b(?:server|disk|drive|storage|system)\b.*\bfull\b/i, reasons: ['systemfull'] },
  {
    words: /\bfull\b|\bover (?:the )?quota\b|\bno (?:room|space)\b|\bout of (?:room|space)\b/i,
    reasons: ['mailboxfull'],
  },
  {
    words:
      /\b(?:typo|misspel\w+|spell?ed wrong|(?:no longer|not|n't|still) (?:there|exist\w*)|exists?|wrong (?:e-?mail )?address|address(?: is|'s)? (?:wrong|invalid|dead|bad))\b|\baddress\b.*\b(?:wrong|invalid|dead|bad|old|outdated)\b|\b(?:left|quit)\b.*\b(?:company|firm|job)\b/i,
    reasons: ['userunknown', 'hostunknown', 'hasmoved', 'suspend'],
  },
  {
    words: /\bblock(?:ed|ing|s)?\b|\bbann?(?:ed)?\b|\bblack ?list\w*|\bblock ?list\w*/i,
    reasons: ['blocked', 'badreputation'],
  },
  {
    words: /\bspam\b|\bjunk\b/i,
    reasons: ['spamdetected', 'blocked', 'badreputation', 'feedback'],
  },
  {
    words: /\btoo (?:big|large|heavy|long)\b|\bthe size\b/i,
    reasons: ['mesgtoobig', 'exceedlimit'],
  },
  { words: /\bvirus\b|\bmalware\b|\binfected\b/i, reasons: ['virusdetected'] },
  {
    words: /\btoo (?:many|fast|much)\b|\brate limit\w*|\bthrottl\w*/i,
    reasons: ['speeding', 'toomanyconn', 'exceedlimit'],
  },
  {
    words: /\b(?:down|offline|dead|unreachable|switched off)\b/i,
    reasons: ['networkerror', 'expired', 'systemerror'],
  },
]

/** What a question speaks of, among the things that a report can be about. */
export const topicOf = (own: string): Topic | undefined =>
  TOPICS.find(({ words }) => words.test(own))
