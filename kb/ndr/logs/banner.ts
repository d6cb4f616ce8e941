/** SMTP greetings (RFC 5321, 4.2: reply 220): what the first line of a server tells of its software. */
import { span } from './found.ts'
import type { Found, LogReading } from './types.ts'

const GREETING =
  /(?:^|[\s"'\u201c>,;:])220[ -](?:([\w-]{1,63}(?:\.[\w-]{1,63}){1,8})\.?(?= |$)|(?=\*{8}))([^\n]{0,400})/m

type Software = { readonly phrase: RegExp; readonly product: string; readonly sign: string | null }

/** Tried in this order. A banner can be changed by its admin: a hint, never proof. */
const SOFTWARE: readonly Software[] = [
  // the Windows SMTP service of Exchange 2000 and 2003 names a version; Exchange 2007 and later do not
  {
    phrase: /Microsoft E?SMTP MAIL Service,? {0,3}Version:? {0,3}([\d.]{1,30})?/i,
    product: 'iis-smtp',
    sign: 'banner-windows-smtp-service',
  },
  { phrase: /protection\.outlook\.com/i, product: 'exchange-online', sign: null },
  {
    phrase: /Microsoft E?SMTP MAIL Service/i,
    product: 'exchange-server',
    sign: 'banner-exchange-2007-or-later',
  },
  { phrase: /E?SMTP Postfix/i, product: 'postfix', sign: null },
  { phrase: /E?SMTP Exim ([\d.]{1,12})/i, product: 'exim', sign: null },
  { phrase: /E?SMTP Sendmail ([\w.+-]{1,20})/i, product: 'sendmail', sign: null },
  { phrase: /\bgsmtp\b/, product: 'gmail', sign: null },
  { phrase: /OpenSMTPD/i, product: 'opensmtpd', sign: null },
  { phrase: /IceWarp|Kerio/i, product: 'kerio', sign: null },
  { phrase: /MDaemon/i, product: 'mdaemon', sign: null },
  { phrase: /Lotus Domino|HCL Domino|IBM Domino/i, product: 'domino', sign: null },
  { phrase: /GroupWise/i, product: 'groupwise', sign: null },
  { phrase: /Zimbra/i, product: 'zimbra', sign: null },
  { phrase: /\*{8,}/, product: '', sign: 'banner-hidden-by-firewall' },
]

/** A greeting anywhere in the text, `+` standing for blanks or not. */
export function readBanner(text: string): LogReading | undefined {
  const plain = /220[+-][^\s]{3,}\+/.test(text) ? text.replaceAll('+', ' ') : text
  const match = GREETING.exec(plain)
  if (match === null) return undefined
  const rest = match[2] ?? ''
  if (!/\b(?:E?SMTP|MAIL|mail service|ready)\b|\*{8,}/i.test(rest)) return undefined
  const host = match[1] ?? ''
  const start = plain.indexOf(host, match.index)
  const known = SOFTWARE.find(({ phrase }) => phrase.test(match[0]))
  return {
    text: plain,
    layout: 'smtp-banner',
    kind: 'none',
    product: known?.product || null,
    version: versionOf(plain, match, known),
    host: span(plain, start, start + host.length),
    recipients: [],
    signs: known?.sign ? ['banner', known.sign] : ['banner'],
  }
}

function versionOf(
  text: string,
  greeting: RegExpExecArray,
  known: Software | undefined,
): Found<string> | undefined {
  const version = known?.phrase.exec(greeting[0])?.[1]
  if (version === undefined) return undefined
  const start = text.indexOf(
    version,
    greeting.index + greeting[0].indexOf(known?.phrase.exec(greeting[0])?.[0] ?? ''),
  )
  return { value: version, start, end: start + version.length }
}
