/** Words of the field: a question without any of them is hardly about mail. Lower case, as written. */
export const FIELD_TERMS: ReadonlySet<string> = new Set(
  `address addresses admin alias attachment attachments bcc blacklist blacklisted blocked blocklist bounce
  bounced bounces bouncing calendar cc client connector dane deferred delay delayed deliver delivered
  delivery distribution dkim dmarc dns domain domains email emails exchange exim external filter firewall
  forward forwarded forwarding gateway gmail greylisted greylisting header headers hotmail icloud imap inbox
  invitation invitations invite invites ip junk list lists login mail mailbox mailboxes mailed mailer mailing
  mails meeting meetings message messages mimecast mta mx ndr newsletter newsletters office365 outlook
  permission phishing pop3 postfix postmaster proofpoint proxy ptr queue queued queues quota rbl receipt
  received receiver recipient recipients refused reject rejected rejection relay relaying reply resend retry
  returned reverse sbs send sender senders sendgrid sending sendmail sends sent server servers smarthost smtp
  spam spamhaus spf tls tracking transcript transport undeliverable undelivered undisclosed unsubscribe
  virus yahoo ses mailgun autoreply ooo vacation backscatter spoofed spoofing rejecting deliverability
  banner telnet hop hops loop oversized megabytes inboxes sharepoint m365 o365 owa thunderbird`.split(
    /\s+/,
  ),
)
