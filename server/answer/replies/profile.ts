/** What kind of trouble the report is about, as far as everyday questions tell such kinds apart. */
import type { Reason } from '../../../kb/types.ts'
import { isFinal } from '../say/verdict.ts'
import { focus, type Turn } from '../turn.ts'

export type Profile =
  | 'address'
  | 'domain'
  | 'full'
  | 'big'
  | 'spam'
  | 'content'
  | 'block'
  | 'auth'
  | 'relay'
  | 'rate'
  | 'policy'
  | 'group'
  | 'down'
  | 'loop'
  | 'tls'
  | 'service'
  | 'misused'
  | 'forward'
  | 'stale'
  | 'late'
  | 'passed'
  | 'unknown'

const BY_REASON: Readonly<Partial<Record<Reason, Profile>>> = {
  userunknown: 'address',
  hasmoved: 'address',
  suspend: 'address',
  hostunknown: 'domain',
  notaccept: 'domain',
  mailboxfull: 'full',
  mesgtoobig: 'big',
  exceedlimit: 'big',
  spamdetected: 'spam',
  contenterror: 'content',
  virusdetected: 'content',
  blocked: 'block',
  badreputation: 'block',
  requireptr: 'block',
  authfailure: 'auth',
  norelaying: 'relay',
  speeding: 'rate',
  toomanyconn: 'rate',
  policyviolation: 'policy',
  networkerror: 'down',
  expired: 'down',
  systemerror: 'down',
  systemfull: 'down',
  failedstarttls: 'tls',
}

/** Causes that say more than the reason does. */
const BY_CAUSE: readonly (readonly [RegExp, Profile])[] = [
  [/^group-|internal-only|allowed-senders|distribution-group|restricted/, 'group'],
  [/domain-(?:misspelled|wrong|expired|takes-no)|no-such-domain/, 'domain'],
  [/loop/, 'loop'],
  [/forward/, 'forward'],
  [/attachment|banned-file|malware/, 'content'],
  [/^\S*suppress/, 'service'],
  [/^stale|autocomplete|imceaex|legacy-address/, 'stale'],
  [/too-many-recipients|rate-limit|sending-limit|daily-limit|submission-quota/, 'rate'],
  [/compromised|hijacked|tenant-blocked|outbound-sender/, 'misused'],
  [/relay/, 'relay'],
  [/blocklist|blocklisted|banned-ip/, 'block'],
]
/** A cause less likely than this decides nothing. */
const LEAST = 0.3

export function profileOf(turn: Turn): Profile {
  const { report, diagnosis } = turn
  if (!diagnosis) return 'unknown'
  if (report?.kind === 'success' || report?.kind === 'auto-reply') return 'passed'
  return isWaiting(turn) ? 'late' : troubleOf(turn)
}

/** What is behind it, be the message given up or still waiting. */
export function troubleOf({ diagnosis }: Turn): Profile {
  if (!diagnosis) return 'unknown'
  const [top] = diagnosis.causes
  const ids = top && top.likelihood >= LEAST ? [top.id, ` ${top.articleId}`] : []
  const known = BY_REASON[diagnosis.reason]
  const told = ids.flatMap((id) => BY_CAUSE.filter(([words]) => words.test(id)))[0]?.[1]
  if (told === 'rate' || told === 'misused') return told
  return told && (!known || MAY_GIVE_WAY.has(known)) ? told : (known ?? 'unknown')
}

/** Reasons whose cause tells more; a full mailbox is one, whatever is behind it. */
const MAY_GIVE_WAY = new Set<Profile>([
  'policy',
  'down',
  'rate',
  'big',
  'relay',
  'address',
  'block',
])

/** Held by a server that tries again by itself. */
export function isWaiting(turn: Turn): boolean {
  const { report } = turn
  if (!report) return false
  const one = focus(turn)
  const passing = (one?.enhancedStatusCode ?? String(one?.replyCode ?? '')).startsWith('4')
  return report.kind === 'delay' || (passing && report.kind === 'failure' && !isFinal(report))
}
