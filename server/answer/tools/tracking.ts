/** A row of Message Tracking: Exchange 2003's event names, or a CSV row of Exchange 2007 and later. */

export type Tracked = { readonly event: string; readonly meaning: string; readonly next: string }

type Event = {
  readonly says: RegExp
  readonly event: string
  readonly meaning: string
  readonly next: string
}

const QUEUE =
  'Look at the queue for that domain and at the Application log; the SMTP log has nothing to show.'

const EVENTS: readonly Event[] = [
  {
    says: /routed and queued for remote delivery/i,
    event: 'Message Routed and Queued for Remote Delivery',
    meaning:
      'The message was routed and put into the queue for the other side. If nothing follows, it never left your server: no SMTP session succeeded.',
    next: QUEUE,
  },
  {
    says: /queued for local delivery/i,
    event: 'Message Queued for Local Delivery',
    meaning:
      'The message waits for a mailbox on the same server. If nothing follows, it never reached the store.',
    next: 'Look at the local delivery queue and at the Application log.',
  },
  {
    says: /started outbound transfer/i,
    event: 'Started Outbound Transfer of Message',
    meaning:
      'A session with the next server was begun. Without a "transferred" after it, it broke off.',
    next: 'Now the SMTP log of those minutes is the place to look.',
  },
  {
    says: /message transferred(?: out)? to|ended outbound transfer/i,
    event: 'Message transferred',
    meaning: 'The next server has taken the message over. What happens now happens there.',
    next: 'Ask the admin of that server to look for it, with the time and the Message-ID.',
  },
  {
    says: /queued for categori[sz]ation|submitted to categori[sz]er/i,
    event: 'Submitted to the categorizer',
    meaning:
      'The server is looking up where the message has to go. If it stops here, look-ups in the directory fail.',
    next: 'Look at the Application log (MSExchangeTransport, MSExchangeDSAccess).',
  },
  {
    says: /delivered locally|store driver|message delivered/i,
    event: 'Delivered',
    meaning: 'The message was put into a mailbox or public folder.',
    next: 'It arrived: look for a rule or a folder on the recipient’s side.',
  },
]

const CSV_EVENTS: Readonly<Record<string, string>> = {
  RECEIVE: 'entered the transport service',
  SUBMIT: 'left the sender’s Outbox',
  EXPAND: 'a group was expanded into its members',
  RESOLVE: 'the address was rewritten from the directory',
  REDIRECT: 'sent on to an alternate recipient',
  TRANSFER: 'split into copies for groups of recipients',
  SEND: 'handed over by SMTP: the next server has accepted it and answers for it from here on',
  DELIVER: 'put into a local mailbox',
  DEFER: 'delayed, will be tried again',
  FAIL: 'failed for good; the source tells where',
  DSN: 'a report was written',
  BADMAIL: 'could neither be delivered nor returned',
  DROP: 'dropped silently',
  POISONMESSAGE: 'quarantined as a message that crashes the service',
  PROCESSMEETINGMESSAGE: 'handled as a meeting message at delivery',
}

/** Finds the event of a tracking row. Undefined where there is none. */
export function readTracking(text: string): Tracked | undefined {
  const known = EVENTS.filter(({ says }) => says.test(text)).at(-1)
  if (known) return { event: known.event, meaning: known.meaning, next: known.next }
  const csv =
    /(?:^|,)(?:SMTP|STOREDRIVER|ROUTING|QUEUE|DNS|DSN|AGENT|MAILBOXRULE),([A-Z]{3,})(?:,|$)/m.exec(
      text,
    )?.[1]
  const event = csv ?? lastOfTable(text)
  const meaning = event === undefined ? undefined : CSV_EVENTS[event]
  if (event === undefined || meaning === undefined) return undefined
  return {
    event,
    meaning: `${event}: ${meaning}.`,
    next:
      event === 'DEFER' || event === 'FAIL'
        ? 'Read recipient-status in the same row: it holds the answer of the other side.'
        : 'The last event of the same Message-ID is the one that counts.',
  }
}

/** As the Exchange Management Shell prints it: the event, blanks, its source. */
const lastOfTable = (text: string): string | undefined =>
  [
    ...text.matchAll(
      /\s([A-Z]{3,})\s+(?:SMTP|STOREDRIVER|ROUTING|QUEUE|DNS|DSN|AGENT|MAILBOXRULE)\s/g,
    ),
  ].at(-1)?.[1]
