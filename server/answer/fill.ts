/** Fills the placeholders of commands with what the report tells, where that is safe in a shell. */
import { concerned, refusedBy } from '../../kb/diagnose/facts.ts'
import type { Report } from '../../kb/types.ts'
import { findX500 } from './tools/imceaex.ts'

export type Values = Readonly<Record<string, string | undefined>>

/**
 * Only what means the same bare, in quotes, in PowerShell and in sh: no quote, blank, `$`, backtick,
 * `;`, `|`, `&`, `<`, `>` or leading hyphen. Anything else stays a placeholder for the person to fill,
 * for a report is written by strangers and a command is pasted by an admin.
 */
const SAFE = /^[A-Za-z0-9][A-Za-z0-9._+=@-]{0,252}$/
/** Within quotes only, where the articles have it: blanks and brackets are common in such names. */
const SAFE_X500 = /^\/[A-Za-z0-9/=._() -]{3,300}$/
const IP = /\[?\b((?:\d{1,3}\.){3}\d{1,3})\b\]?/

export function valuesOf(report: Report | null): Values {
  if (!report) return {}
  const one = concerned(report)[0]
  const recipient = one?.finalRecipient ?? one?.originalRecipient ?? undefined
  const x500 = findX500(report.text)?.x500
  const own = one && refusedBy(report, one) === 'own' ? report.reportingMta : null
  return {
    recipient,
    domain: recipient?.split('@')[1],
    server: own ?? undefined,
    ip: IP.exec(one?.diagnosticCode ?? '')?.[1],
    x500: x500 && SAFE_X500.test(x500) ? x500 : undefined,
    'message-id': report.messageId?.replace(/^<|>$/g, '') ?? undefined,
  }
}

/** Replaces `<recipient>`, `<domain>`, `<server>`, `<ip>`, `<message-id>` inside code, nowhere else. */
export function fill(markdown: string, values: Values): string {
  const { x500 } = values
  return markdown.replace(/```[\s\S]*?```|`[^`\n]+`/g, (whole) => {
    const code = x500 ? whole.replace(/X500:\/O=…[^'`"\n]*/g, () => `X500:${x500}`) : whole
    return code.replace(
      /<(recipient|domain|server|ip|message-id)>/g,
      (placeholder, name: string) => {
        const value = values[name]
        return value !== undefined && SAFE.test(value) ? value : placeholder
      },
    )
  })
}

/** Whether a text holds a command to type. */
export const hasCommand = (markdown: string): boolean =>
  /```|`(?:Get|Set|New|Add|Remove|Test|Enable|Retry|Start|Restart|Export|Search|Resume)-[A-Z]|`(?:nslookup|dig|telnet|openssl|postqueue|postcat|postsuper|exim|mailq|swaks|w32tm|outlook|sendmail|qshape|grep|tail|journalctl|postconf|postmap|postalias|newaliases|aws|curl|host|nc|systemctl|service|doveadm|whmapi1|plesk|gsutil|gam|chown|chmod|sudo|cat|zgrep|less|ls|tcpdump|nft|iptables|ufw)\b/.test(
    markdown,
  )
