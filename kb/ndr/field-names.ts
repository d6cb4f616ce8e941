/** Names of fields that a report is read from, in lower case, and what we call them. */

export type Field =
  | 'finalRecipient'
  | 'originalRecipient'
  | 'action'
  | 'status'
  | 'remoteMta'
  | 'diagnosticCode'
  | 'lastAttemptDate'
  | 'willRetryUntil'
  | 'reportingMta'
  | 'receivedFromMta'
  | 'arrivalDate'
  | 'otherReport'
  | 'failedRecipients'
  | 'feedbackType'
  | 'disposition'
  | 'subject'
  | 'from'
  | 'to'
  | 'date'
  | 'sent'
  | 'messageId'
  | 'autoSubmitted'
  | 'contentType'
  | 'returnPath'
  | 'otherHeader'

/** RFC 3464, section 2: fields of one recipient; their order in a group is free. */
export const RECIPIENT_FIELDS: ReadonlySet<Field> = new Set([
  'finalRecipient',
  'originalRecipient',
  'action',
  'status',
  'remoteMta',
  'diagnosticCode',
  'lastAttemptDate',
  'willRetryUntil',
])

/** Fields of a report, as against those of a mail. */
export const REPORT_FIELDS: ReadonlySet<Field> = new Set([
  ...RECIPIENT_FIELDS,
  'reportingMta',
  'receivedFromMta',
  'arrivalDate',
  'otherReport',
])

export const FIELDS: readonly (readonly [string, Field])[] = [
  ['final-recipient', 'finalRecipient'],
  ['original-recipient', 'originalRecipient'],
  ['action', 'action'],
  ['status', 'status'],
  ['remote-mta', 'remoteMta'],
  ['diagnostic-code', 'diagnosticCode'],
  // RFC 6533 and some gateways
  ['localized-text', 'otherReport'],
  ['last-attempt-date', 'lastAttemptDate'],
  ['will-retry-until', 'willRetryUntil'],
  ['reporting-mta', 'reportingMta'],
  ['received-from-mta', 'receivedFromMta'],
  ['arrival-date', 'arrivalDate'],
  ['dsn-gateway', 'otherReport'],
  ['original-envelope-id', 'otherReport'],
  ['x-postfix-queue-id', 'otherReport'],
  ['x-postfix-sender', 'otherReport'],
  ['x-postfix-original-recipient', 'otherReport'],
  ['x-yandex-queue-id', 'otherReport'],
  ['x-yandex-sender', 'otherReport'],
  ['x-actual-recipient', 'otherReport'],
  ['x-display-name', 'otherReport'],
  ['x-supplementary-info', 'otherReport'],
  ['x-failed-recipients', 'failedRecipients'],
  ['feedback-type', 'feedbackType'],
  ['disposition', 'disposition'],
  ['subject', 'subject'],
  ['betreff', 'subject'],
  ['objet', 'subject'],
  ['asunto', 'subject'],
  ['oggetto', 'subject'],
  ['onderwerp', 'subject'],
  ['assunto', 'subject'],
  ['件名', 'subject'],
  ['from', 'from'],
  ['von', 'from'],
  ['to', 'to'],
  ['an', 'to'],
  ['date', 'date'],
  ['datum', 'date'],
  ['sent', 'sent'],
  ['gesendet', 'sent'],
  ['envoyé', 'sent'],
  ['enviado', 'sent'],
  ['inviato', 'sent'],
  ['verzonden', 'sent'],
  ['送信日時', 'sent'],
  ['sent date', 'sent'],
  ['created date', 'sent'],
  ['message-id', 'messageId'],
  ['auto-submitted', 'autoSubmitted'],
  ['content-type', 'contentType'],
  ['return-path', 'returnPath'],
  ['received', 'otherHeader'],
  ['cc', 'otherHeader'],
  ['reply-to', 'otherHeader'],
  ['mime-version', 'otherHeader'],
  ['delivered-to', 'otherHeader'],
  ['x-mailer', 'otherHeader'],
]
