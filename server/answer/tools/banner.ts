/** What a server's greeting tells, and what it does not. */

export type Banner = {
  readonly line: string
  readonly product: string
  /** what follows from it, and how far */
  readonly tells: readonly string[]
  /** log columns that stood behind the greeting */
  readonly columns: readonly string[]
}

const BANNER = /(?:^|[\s"“'])220[ +-]([^\r\n"”]{3,400})/m

type Known = { readonly pattern: RegExp; readonly product: string; readonly tells: string }

/** From the products' documentation; the article on banners names the sources. */
const KNOWN: readonly Known[] = [
  {
    pattern: /microsoft esmtp mail service,? version: 5\.0/i,
    product: 'the Windows 2000 SMTP service, which Exchange 2000 uses',
    tells: 'Version 5.0 is that of Windows 2000’s SMTP service, so Exchange 2007 is unlikely.',
  },
  {
    pattern: /microsoft esmtp mail service,? version: 6\.0/i,
    product: 'the Windows Server 2003 SMTP service, which Exchange 2003 uses',
    tells:
      'Version 6.0 is that of Windows Server 2003’s SMTP service: it fits Exchange 2003, not Exchange 2007.',
  },
  {
    pattern: /microsoft esmtp mail service,? version/i,
    product: 'a Microsoft SMTP service that names a version',
    tells:
      'A version number is typical of the Windows SMTP service under Exchange 2000 and 2003; the standard greeting of Exchange 2007 and later has none. So this line does not point to Exchange 2007; an administrator may have changed it, and something else may answer in front of the mail server.',
  },
  {
    pattern: /protection\.outlook\.com.*microsoft esmtp/i,
    product: 'Exchange Online (Microsoft 365)',
    tells: 'The host name is Microsoft’s. Which product stands behind it cannot be seen from here.',
  },
  {
    pattern: /microsoft esmtp mail service ready/i,
    product: 'Exchange 2007 or later (the standard greeting without a version)',
    tells: 'It fits Exchange 2007, 2010, 2013 and later alike; it does not tell which.',
  },
  {
    pattern: /esmtp postfix/i,
    product: 'Postfix',
    tells: 'It may be a gateway in front of another mail server.',
  },
  {
    pattern: /esmtp exim/i,
    product: 'Exim',
    tells: 'It may be a gateway in front of another mail server.',
  },
  {
    pattern: /sendmail/i,
    product: 'Sendmail',
    tells: 'It may be a gateway in front of another mail server.',
  },
  {
    pattern: /mx\.google\.com/i,
    product: 'Google (Gmail or Workspace)',
    tells: 'The host name is Google’s.',
  },
  {
    pattern: /\*{8,}/,
    product: 'a firewall that hides the greeting (seen with Cisco PIX and ASA)',
    tells: 'Nothing can be told of the server behind it.',
  },
]

/** Finds a greeting, also as it stands in a log with "+" for blanks. Undefined where there is none. */
export function readBanner(text: string): Banner | undefined {
  const raw = BANNER.exec(text)?.[1]
  if (raw === undefined || !/smtp|\*{8}|ready|mail/i.test(raw)) return undefined
  const isLog = /\w\+\w/.test(raw)
  const line = raw.replaceAll('+', isLog ? ' ' : '+').trim()
  const columns = isLog ? (/((?:\s\d+){3,}\s+E?SMTP)\W*$/i.exec(line)?.[1] ?? '').trim() : ''
  const greeting = columns ? line.slice(0, line.lastIndexOf(columns)).trim() : line
  const known = KNOWN.find(({ pattern }) => pattern.test(greeting))
  return {
    line: `220 ${greeting}`,
    product: known?.product ?? 'a server that does not say what it is',
    tells: [
      known?.tells ??
        'The greeting names no product that I know. That is a common, deliberate choice.',
    ],
    columns: columns ? columns.split(/\s+/) : [],
  }
}
