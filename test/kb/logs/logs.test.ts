import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Found, LogReading } from '../../../kb/ndr/logs/index.ts'
import { readLines, readSoftwareLog } from '../../../kb/ndr/logs/index.ts'

const readLog = (text: string) => readSoftwareLog(text) ?? readLines(text)

type Expected = {
  readonly layout: string
  readonly kind: string
  readonly product?: string | null
  readonly signs?: readonly string[]
  /** per recipient: address, action, enhanced code, reply code, remote host, command */
  readonly recipients?: readonly (readonly (string | number | undefined)[])[]
}

const CASES: readonly (readonly [name: string, text: string, expected: Expected])[] = [
  [
    'a Postfix delivery that bounced names the alias it was sent to',
    'Nov 24 10:00:00 mx postfix/smtp[123]: ABC123: to=<ann@example.org>, orig_to=<sales@example.com>, relay=mx.example.org[192.0.2.1]:25, delay=1.2, delays=0.1/0/0.5/0.6, dsn=5.1.1, status=bounced (host mx.example.org[192.0.2.1] said: 550 5.1.1 <ann@example.org>: Recipient address rejected: User unknown (in reply to RCPT TO command))',
    {
      layout: 'postfix-log',
      kind: 'failure',
      product: 'postfix',
      recipients: [['ann@example.org', 'failed', '5.1.1', 550, 'mx.example.org', 'RCPT']],
    },
  ],
  [
    'a deferred Postfix delivery is a delay, and tells the host that could not be reached',
    'Nov 24 10:00:00 mx postfix/smtp[123]: ABC123: to=<ann@example.org>, relay=none, delay=120, dsn=4.4.1, status=deferred (connect to mx.example.org[192.0.2.1]:25: Connection timed out)',
    {
      layout: 'postfix-log',
      kind: 'delay',
      recipients: [['ann@example.org', 'delayed', '4.4.1', undefined, 'mx.example.org', undefined]],
    },
  ],
  [
    'a client refused by Postfix',
    'Nov 24 10:00:00 mx postfix/smtpd[99]: NOQUEUE: reject: RCPT from host.example.net[192.0.2.9]: 554 5.7.1 <bob@example.org>: Relay access denied; from=<ann@example.com> to=<bob@example.org> proto=ESMTP helo=<host>',
    {
      layout: 'postfix-log',
      kind: 'failure',
      recipients: [['bob@example.org', 'failed', '5.7.1', 554, 'mx', 'RCPT']],
    },
  ],
  [
    'a refusal without the head of its line is one of Postfix all the same',
    'NOQUEUE: reject: RCPT from unknown[192.0.2.9]: 451 4.3.0 <ann@example.org>: Temporary lookup failure; from=<ann@example.org> to=<bob@example.org> proto=ESMTP helo=<host>',
    {
      layout: 'postfix-log',
      kind: 'delay',
      recipients: [['bob@example.org', 'delayed', '4.3.0', 451, undefined, 'RCPT']],
    },
  ],
  [
    'a milter put the mail off at its end',
    'Jul 23 10:57:40 mx postfix/cleanup[3420]: 7DCA065C0A75: milter-reject: END-OF-MESSAGE from mail.example.net[192.0.2.9]: 4.7.1 Service unavailable - try again later; from=<ann@example.net> to=<bob@example.org> proto=ESMTP helo=<mail.example.net>',
    {
      layout: 'postfix-log',
      kind: 'delay',
      recipients: [['bob@example.org', 'delayed', '4.7.1', undefined, 'mx', 'END-OF-MESSAGE']],
    },
  ],
  [
    'Exim gave up',
    '2026-11-24 10:00:00 1tAbCd-000000001aB-2xYz ** ann@example.org R=dnslookup T=remote_smtp H=mx.example.org [192.0.2.1] X=TLS1.3: SMTP error from remote mail server after RCPT TO:<ann@example.org>: 550 5.1.1 No such user',
    {
      layout: 'exim-log',
      kind: 'failure',
      product: 'exim',
      recipients: [['ann@example.org', 'failed', '5.1.1', 550, 'mx.example.org', 'RCPT']],
    },
  ],
  [
    'Exim refused a relay',
    '2026-11-24 10:00:00 H=(client) [192.0.2.9] F=<s@example.com> rejected RCPT <ann@example.org>: relay not permitted',
    {
      layout: 'exim-log',
      kind: 'failure',
      recipients: [['ann@example.org', 'failed', undefined, undefined, undefined, 'RCPT']],
    },
  ],
  [
    'Sendmail deferred',
    'Nov 24 10:00:00 mx sendmail[12]: xAO1: to=<ann@example.org>, delay=00:00:01, xdelay=00:00:01, mailer=esmtp, pri=120, relay=mx.example.org. [192.0.2.1], dsn=4.0.0, stat=Deferred: Connection refused by mx.example.org.',
    {
      layout: 'sendmail-log',
      kind: 'delay',
      recipients: [['ann@example.org', 'delayed', '4.0.0', undefined, 'mx.example.org', undefined]],
    },
  ],
  [
    'qmail names the recipient on another line than the result',
    '@40000000512 starting delivery 12: msg 345 to remote ann@example.org\n@40000000513 delivery 12: failure: 192.0.2.1_does_not_like_recipient./Remote_host_said:_550_5.1.1_User_unknown/Giving_up_on_192.0.2.1./',
    {
      layout: 'qmail-log',
      kind: 'failure',
      recipients: [['ann@example.org', 'failed', '5.1.1', 550, undefined, undefined]],
    },
  ],
  [
    'an Exchange send protocol log',
    '2026-11-24T10:00:00.123Z,Internet,08D1F2A3,12,10.0.0.5:25,192.0.2.1:25,>,RCPT TO:<ann@example.org>,\n2026-11-24T10:00:00.423Z,Internet,08D1F2A3,13,10.0.0.5:25,192.0.2.1:25,<,"550 5.7.1 Service unavailable, client host blocked",',
    {
      layout: 'smtp-log',
      kind: 'failure',
      product: 'exchange-server',
      recipients: [['ann@example.org', 'failed', '5.7.1', 550, '192.0.2.1', 'RCPT']],
    },
  ],
  [
    'a W3C log of the Windows SMTP service, with + for blanks',
    '2008-02-24 15:00:00 192.0.2.1 OutboundConnectionCommand SMTPSVC1 MAIL1 - 25 RCPT - TO:<ann@example.org> 0 0 4 0 0 SMTP - - - -\n2008-02-24 15:00:01 192.0.2.1 OutboundConnectionResponse SMTPSVC1 MAIL1 - 25 - - 550+5.1.1+User+unknown 0 0 71 0 47 SMTP - - - -',
    {
      layout: 'smtp-log',
      kind: 'failure',
      product: 'iis-smtp',
      recipients: [['ann@example.org', 'failed', '5.1.1', 550, '192.0.2.1', 'RCPT']],
    },
  ],
  [
    'a banner out of a W3C log points to the Windows SMTP service, not to Exchange 2007',
    '\u201c220+domain.local+Microsoft+ESMTP+MAIL+Service+Version:+2.0 0 0 71 0 47 SMTP.\u201d',
    {
      layout: 'smtp-banner',
      kind: 'none',
      product: 'iis-smtp',
      signs: ['banner', 'banner-windows-smtp-service'],
    },
  ],
  [
    'a banner without a version',
    '220 mail.example.org Microsoft ESMTP MAIL Service ready at Tue, 24 Nov 2026 10:00:00 +0100',
    {
      layout: 'smtp-banner',
      kind: 'none',
      product: 'exchange-server',
      signs: ['banner', 'banner-exchange-2007-or-later'],
    },
  ],
  [
    'a dialogue typed into telnet; a reply of several lines is one refusal',
    '220 mx.example.org ESMTP Postfix\nEHLO me.example.com\n250-mx.example.org\n250 SIZE 10240000\nMAIL FROM:<a@example.com>\n250 2.1.0 Ok\nRCPT TO:<ann@example.org>\n550-5.7.1 we do not\n550 5.7.1 Unable to relay\nQUIT\n221 Bye',
    {
      layout: 'smtp-session',
      kind: 'failure',
      recipients: [['ann@example.org', 'failed', '5.7.1', 550, undefined, 'RCPT']],
    },
  ],
  [
    'a history of Exchange 2003 that ends in the queue is no failure yet',
    '2/24/2008 3:00 PM SMTP Store Driver: Message Submitted from Store\n2/24/2008 3:00 PM SMTP: Message Submitted to Categorizer\n2/24/2008 3:00 PM SMTP: Message Categorized and Queued for Routing\n2/24/2008 3:00 PM SMTP: Message Routed and Queued for Remote Delivery',
    {
      layout: 'tracking-log',
      kind: 'none',
      product: 'exchange-2003',
      signs: [
        'tracking',
        'tracking-submitted',
        'tracking-categorized',
        'tracking-queued-remote',
        'tracking-stuck',
      ],
      recipients: [],
    },
  ],
  [
    'one event of that history inside a sentence',
    'It got stuck in "Message Routed and Queued For Remote Delivery"',
    {
      layout: 'tracking-log',
      kind: 'none',
      signs: ['tracking', 'tracking-queued-remote', 'tracking-stuck'],
    },
  ],
  [
    'a record of Get-MessageTrackingLog as a list',
    'EventId          : FAIL\nSource           : SMTP\nSender           : a@example.com\nRecipients       : {ann@example.org}\nMessageSubject   : Hello\nRecipientStatus  : {550 5.1.1 User unknown}\nTimestamp        : 2026-11-24 10:00',
    {
      layout: 'tracking-log',
      kind: 'failure',
      recipients: [['ann@example.org', 'failed', '5.1.1', 550, undefined, undefined]],
    },
  ],
  [
    'rows of a tracking table keep who got it and who did not',
    'FAIL      SMTP     a@example.com     {ann@example.org}     Hello\nDELIVER   STOREDRIVER a@example.com  {bob@example.com}  Hello',
    {
      layout: 'tracking-log',
      kind: 'failure',
      recipients: [
        ['ann@example.org', 'failed', undefined, undefined, undefined, undefined],
        ['bob@example.com', 'delivered', undefined, undefined, undefined, undefined],
      ],
    },
  ],
  [
    "the detail of a message trace holds the other side's words",
    'Fail   Reason: [{LED=550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup};{MSG=};{FQDN=mx.example.org};{IP=192.0.2.1};{LRT=11/24/2026 10:00:00 AM}]',
    {
      layout: 'message-trace',
      kind: 'failure',
      product: 'exchange-online',
      recipients: [[undefined, 'failed', '5.1.10', 550, 'mx.example.org', undefined]],
    },
  ],
  [
    'an SES notification inside an SNS envelope',
    JSON.stringify({
      Type: 'Notification',
      Message: JSON.stringify({
        notificationType: 'Bounce',
        bounce: {
          bounceType: 'Permanent',
          bouncedRecipients: [
            {
              emailAddress: 'ann@example.org',
              action: 'failed',
              status: '5.1.1',
              diagnosticCode: 'smtp; 550 5.1.1 user unknown',
            },
          ],
        },
      }),
    }),
    {
      layout: 'webhook',
      kind: 'failure',
      product: 'amazon-ses',
      recipients: [['ann@example.org', 'failed', '5.1.1', 550, undefined, undefined]],
    },
  ],
  [
    'a SendGrid event',
    JSON.stringify([
      {
        email: 'ann@example.org',
        timestamp: 1_700_000_000,
        event: 'deferred',
        response: '451 4.7.1 try later',
      },
    ]),
    {
      layout: 'webhook',
      kind: 'delay',
      product: 'sendgrid',
      recipients: [['ann@example.org', 'delayed', '4.7.1', 451, undefined, undefined]],
    },
  ],
  [
    'a Mailgun event',
    JSON.stringify({
      'event-data': {
        event: 'failed',
        severity: 'permanent',
        recipient: 'ann@example.org',
        'delivery-status': {
          code: 550,
          message: '5.1.1 unknown user',
          'mx-host': 'mx.example.org',
        },
      },
    }),
    {
      layout: 'webhook',
      kind: 'failure',
      product: 'mailgun',
      recipients: [['ann@example.org', 'failed', '5.1.1', 550, 'mx.example.org', undefined]],
    },
  ],
]

for (const [name, text, expected] of CASES) {
  test(name, () => {
    const reading = readLog(text)
    assert.ok(reading, 'nothing was read')
    assert.equal(reading.layout, expected.layout)
    assert.equal(reading.kind, expected.kind)
    if (expected.product !== undefined) assert.equal(reading.product, expected.product)
    if (expected.signs) assert.deepEqual(reading.signs, expected.signs)
    if (expected.recipients) assert.deepEqual(rows(reading), expected.recipients)
    for (const found of founds(reading)) {
      assert.equal(reading.text.slice(found.start, found.end), String(found.value))
    }
  })
}

const rows = (reading: LogReading) =>
  reading.recipients.map((one) => [
    one.finalRecipient?.value,
    one.action,
    one.enhancedStatusCode?.value,
    one.replyCode?.value,
    one.remoteMta?.value,
    one.command,
  ])

const founds = (reading: LogReading): readonly Found<string | number>[] =>
  [
    reading.version,
    reading.host,
    reading.messageId,
    reading.subject,
    ...reading.recipients.flatMap((one) => [
      one.finalRecipient,
      one.originalRecipient,
      one.enhancedStatusCode,
      one.replyCode,
      one.diagnosticCode,
      one.remoteMta,
    ]),
  ].filter((found) => found !== undefined)

test('what is no log is left alone', () => {
  for (const text of [
    'Take 250 g flour\n550 g sugar\nMix. DATA shows 2 eggs',
    'Hello, my mail to ann@example.org came back. I sent it on Monday.',
    'Please send the 220 invitations by mail.',
    '{"status": "ok"}',
    '',
  ]) {
    assert.equal(readLog(text), undefined, text)
  }
})

test('never throws, and every place lies where it says, on lines cut and mixed at random', () => {
  const pieces = CASES.flatMap(([, text]) => text.split(/(?<=[ ,:=])/))
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string()), { maxLength: 40 }),
      (parts) => {
        const reading = readLog(parts.join(''))
        for (const found of reading ? founds(reading) : []) {
          assert.equal(reading?.text.slice(found.start, found.end), String(found.value))
        }
      },
    ),
    { numRuns: 500 },
  )
})
