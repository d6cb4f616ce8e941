/** The domain that the returned mail was sent from, as far as the report shows it: one outage, one ticket. */
import type { Report } from '../../kb/types.ts'

/** Where a report names the sender, surest place first; each captures the domain of an address. */
const PLACES: readonly RegExp[] = [
  /^[ \t>]*(?:x-original-)?(?:from|sender|return-path):[^\n@]{0,200}@([\w.-]{3,253})/gim,
  /\b(?:mail from:|from=)[ \t]?<?[^\s<>@]{1,128}@([\w.-]{3,253})/gim,
  /^[ \t>]*(?:to|delivered-to|x-original-to):[^\n@]{0,200}@([\w.-]{3,253})/gim,
]

/** Mail that no person sent, or hosts that many organisations share, name nobody's domain. */
const SYSTEM = /(?:mailer-daemon|postmaster|no-?reply|microsoftexchange\w*)@$/i
const SHARED =
  /(?:^|\.)(?:outlook|google|googlemail|amazonses|mimecast|pphosted|sendgrid|mailgun)\.\w+$/i

/** Lower case, or null where the report does not show it. */
export function senderDomainOf(report: Report): string | null {
  const text = report.text.slice(0, 50_000)
  const theirs = report.recipients.flatMap(({ finalRecipient, originalRecipient }) =>
    [finalRecipient, originalRecipient].map((address) => domainOf(address)),
  )
  for (const place of PLACES) {
    for (const match of text.matchAll(place)) {
      const domain = tidy(match[1])
      const address = match[0].slice(0, match[0].lastIndexOf('@') + 1)
      if (domain && !SYSTEM.test(address) && !theirs.includes(domain)) return domain
    }
  }
  return ownSite(report, theirs)
}

/** The domain of an address, lower case; null without one. */
export const domainOf = (address: string | null): string | null => tidy(address?.split('@')[1])

const tidy = (domain = ''): string | null => domain.toLowerCase().replace(/^\.+|\.+$/g, '') || null

/** Whoever wrote the report is the own side, unless it names itself as the refusing server. */
function ownSite(
  { reportingMta, generator, recipients }: Report,
  theirs: readonly (string | null)[],
): string | null {
  const host = tidy(reportingMta ?? generator.host ?? '')
  if (!host || SHARED.test(host) || !/[a-z]$/.test(host)) return null
  if (recipients.some(({ remoteMta }) => tidy(remoteMta ?? '') === host)) return null
  const labels = host.split('.')
  const site = labels.length > 2 ? labels.slice(1).join('.') : host
  return labels.length < 2 || theirs.includes(site) ? null : site
}
