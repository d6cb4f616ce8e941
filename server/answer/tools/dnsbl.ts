/** Which blocklist a refusal names, and where to look an address up there. */

export type Blocklist = {
  readonly name: string
  readonly lookup: string
  readonly ip: string | undefined
}

const LISTS: readonly (readonly [RegExp, string, string])[] = [
  [/spamhaus/i, 'Spamhaus', 'https://check.spamhaus.org/'],
  [/spamcop/i, 'SpamCop', 'https://www.spamcop.net/bl.shtml'],
  [
    /barracudacentral|b\.barracuda|barracuda/i,
    'Barracuda',
    'https://www.barracudacentral.org/lookups',
  ],
  [/sorbs/i, 'SORBS', 'http://www.sorbs.net/lookup.shtml'],
  [/uceprotect/i, 'UCEPROTECT', 'https://www.uceprotect.net/en/rblcheck.php'],
  [/ipcheck\.proofpoint|proofpoint/i, 'Proofpoint', 'https://ipcheck.proofpoint.com/'],
  [/csi\.cloudmark|cloudmark/i, 'Cloudmark', 'https://csi.cloudmark.com/en/reset/'],
  [
    /sender\.office\.com|delist@messaging\.microsoft|s3140|s3150/i,
    'Microsoft',
    'https://sender.office.com/',
  ],
  [/mail-abuse\.com|trend ?micro/i, 'Trend Micro', 'https://servicecentral.trendmicro.com/'],
  [/invaluement/i, 'Invaluement', 'https://www.invaluement.com/lookup/'],
  [/mailspike/i, 'Mailspike', 'https://mailspike.io/ip_verify'],
  [/surriel|psbl/i, 'PSBL', 'https://psbl.org/'],
  [/abuseat|cbl\./i, 'CBL (now part of Spamhaus)', 'https://check.spamhaus.org/'],
]
const IP = /\b(?:\d{1,3}\.){3}\d{1,3}\b/

export function findBlocklist(text: string): Blocklist | undefined {
  if (!/block|list|dnsbl|rbl|denied|reputation|banned|refused|reject/i.test(text)) return undefined
  const found = LISTS.find(([pattern]) => pattern.test(text))
  if (!found) return undefined
  const line = text.split('\n').find((one) => found[0].test(one)) ?? text
  return { name: found[1], lookup: found[2], ip: IP.exec(line)?.[0] ?? IP.exec(text)?.[0] }
}

/** The list answered, but not with a listing: it refused the question (RFC 5782 leaves 127.255.255.x to it). */
export const isRefusedQuery = (text: string): boolean =>
  /127\.255\.255\.\d+|query refused|open resolver|public (?:dns )?resolver|error code from the list|excessive (?:number of )?quer/i.test(
    text,
  )
