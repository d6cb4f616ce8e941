/** Fills the placeholders of commands with what the report tells, where that is safe in a shell. */
import { concerned, refusedBy } from '../../kb/diagnose/facts.ts'
import type { Report } from '../../kb/types.ts'

export type Values = Readonly<Record<string, string | undefined>>

/**
 * Only what means the same bare, in quotes, in PowerShell and in sh: no quote, blank, `$`, backtick,
 * `;`, `|`, `&`, `<`, `>` or leading hyphen. Anything else stays a placeholder for the person to fill,
 * for a report is written by strangers and a command is pasted by an admin.
 */
const SAFE = /^[A-Za-z0-9][A-Za-z0-9._+=@-]{0,252}$/
const IP = /\[?\b((?:\d{1,3}\.){3}\d{1,3})\b\]?/

export function valuesOf(report: Report | null): Values {
  if (!report) return {}
  const one = concerned(report)[0]
  const recipient = one?.finalRecipient ?? one?.originalRecipient ?? undefined
  const own = one && refusedBy(report, one) === 'own' ? report.reportingMta : null
  return {
    recipient,
    domain: recipient?.split('@')[1],
    server: own ?? undefined,
    ip: IP.exec(one?.diagnosticCode ?? '')?.[1],
    'message-id': report.messageId?.replace(/^<|>$/g, '') ?? undefined,
  }
}

/** Replaces `<recipient>`, `<domain>`, `<server>`, `<ip>`, `<message-id>` inside code, nowhere else. */
export function fill(markdown: string, values: Values): string {
  return markdown.replace(/```[\s\S]*?```|`[^`\n]+`/g, (code) =>
    code.replace(/<(recipient|domain|server|ip|message-id)>/g, (placeholder, name: string) => {
      const value = values[name]
      return value !== undefined && SAFE.test(value) ? value : placeholder
    }),
  )
}

/** Whether a text holds a command to type. */
export const hasCommand = (markdown: string): boolean =>
  /```|`(?:Get|Set|New|Add|Remove|Test|Enable|Retry|Start|Restart|Export|Search|Resume)-[A-Z]|`(?:nslookup|dig|telnet|openssl|postqueue|postcat|postsuper|exim|mailq|swaks|w32tm|outlook|sendmail|qshape|grep|tail|journalctl|postconf)\b/.test(
    markdown,
  )
