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

/** Words by which people say that mail does not do what it should. */
export const TROUBLE_WORDS: ReadonlySet<string> = new Set(
  `arrive arrived arrives bad blacklist blacklisted blacklists block blocked blocking blocks blocklist
  bounce bounced bounces bouncing broken came cannot "can't" cant come comes complains couldn't deferred
  delay delayed delays denied deny disabled disappears doesn't don't error errors exceeded expired fail
  failed failing fails failure failures fake forbidden full gone got greylisted hacked hard held hours
  infected invalid junk lands late limit listed long loop lost malformed mean means misspelled missing
  never nobody nothing notice overload phishing queue quota refuse refused refuses reject rejected
  rejecting rejection rejects resend returned returns scam slow slowly soft spam stopped stuck suspended
  takes temporarily throttled timed timeout too unable undeliverable undelivered unknown unreachable
  unsolicited virus wait waiting warning why won't wrong`
    .split(/\s+/)
    .map((word) => word.replaceAll('"', '')),
)

/** Words of everyday work with a mail program or a shop, which no delivery report is about. */
export const CHORE_WORDS: ReadonlySet<string> = new Set(
  `archive archives backup best buy calendar-colour cheap cheapest choose colour color contacts convert
  copy cost costs customise customize dark draft export font format free holidays import install
  installing joke learn licence license merge migrate organise organize poem polite price print recall
  recipe recommend reminder schedule setup shortcut signature sort template theme translate tutorial
  unsubscribe upgrade weather write`.split(/\s+/),
)

/** Names that mean nothing else. */
export const SURE_NAMES =
  /\b(?:dkim|dmarc|dnsbl|spamhaus|spamcop|backscatter|mta-sts|mailer-daemon|gr[ae]ylist\w*)\b/i

/** Names of this trade alone, and the question of it: whoever says one, however they ask, asks about what is here. */
export const TRADE_NAMES =
  /\b(?:spf|dkim|dmarc|gr[ae]y-?list\w*|ptr|rdns|reverse dns|dnsbl|rbl|spamhaus|spamcop|smart ?host|backscatter|ndrs?|mta-sts|mailer-daemon|message (?:trace|tracking)|tracking logs?|mail (?:queue|loop)s?|unable to relay|relay denied|(?:became|become|happened) (?:of|to|with) (?:an?|the|my|our|this|that|his|her|their) (?:e-?mail|mail|message))\b/i
