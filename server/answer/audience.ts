/** Who is talking, where the request does not say: told from their words and from what they paste. */
import type { Audience, Report } from '../../kb/types.ts'
import type { Conversation } from './conversation.ts'

const ADMIN_WORDS =
  /\b(?:powershell|cmdlet|connector|mx record|main\.cf|master\.cf|transport rule|my server|mail server of ours|get-queue|mailq|smart ?host|(?:nodemailer|phpmailer|javamail|smtplib|sidekiq)|(?:docker|vps|droplet)|i(?:'m| am) (?:the|an|a) (?:mail |it |exchange |system |sys)?admin|as an admin|for an admin|our (?:exchange(?: server)?|postfix|exim|sendmail|mail ?cow|iredmail|mx|tenant)|(?:postfix|exim|sendmail|mailcow|iredmail|mailu|docker-mailserver) (?:server|install|box|on)|event ?id|message tracking|message trace|telnet|dig |nslookup)\b/i

/** What only programs and mail servers print, and their users never see. */
const PROGRAM_TEXT =
  /\b(?:postfix\/[\w/]+\[\d+\]|NOQUEUE: |sm-mta\[|ESOCKET|EAUTH|ECONNREFUSED|ECONNRESET|EENVELOPE|smtplib\.\w|(?:javax|jakarta|com\.sun|System\.Net)\.mail\b|Net::SMTP\w+|SmtpException|Swift_\w+|MessageRejected|identities failed the check|Throttling failure|Sender Identity|"ErrorCode"|stream_socket_\w+)|^\s+at \S.*:\d+\)?$|,\d+\.\d+\.\d+\.\d+:\d+,\d+\.\d+\.\d+\.\d+:\d+,[<>*+-],|Traceback \(most recent call last\)/im

/** What a person says of their own set-up: beside a paste as well, for no report says it. */
const OWN_SETUP =
  /\b(?:hybrid setup|on-?prem(?:ises)?\b|brand[- ]new tenant|queue viewer|dig -x|exim -\w|postconf|postqueue|mailq|cpanel|whm\b|frozen messages|(?:vps|droplet)\b|(?:our|my) (?:users|tenant|mx|relay|(?:\w+ )?(?:app|software|script|system)|(?:mail |exchange |postfix )?server)\b|(?:a|our|my) user (?:gets|says|sees|can)|users (?:get|see|report|can't)|i(?:'m| am) (?:the |from the |at the |with the )?help ?desk|(?:all )?incoming mail is|(?:python|php|java|perl|bash) script|smtp(?:-| )?(?:connector|relay)|mailman|self[- ]hosted|(?:our|my) (?:sending )?ips?\b|our \w+ (?:ips?|server|domain) (?:is|are|was)|hetzner|ovh\b)/i

/** A line of a server's own log, a queue, a tracking table, an event of a sending service. */
const ADMIN_SIGNS = new Set(['log', 'tracking', 'webhook'])

/** People speak before or after what they paste. */
const START = 400

export function audienceOf({ cases, last, earlier }: Conversation): Audience {
  if ([...earlier, last.own].some((text) => ADMIN_WORDS.test(text))) return 'admin'
  if (OWN_SETUP.test(last.text.slice(0, START)) || OWN_SETUP.test(last.text.slice(-START)))
    return 'admin'
  return cases.some(({ report }) => isServers(report)) || PROGRAM_TEXT.test(last.text)
    ? 'admin'
    : 'sender'
}

const isServers = ({ signs, text }: Report): boolean =>
  signs.some((sign) => ADMIN_SIGNS.has(sign)) || PROGRAM_TEXT.test(text)
