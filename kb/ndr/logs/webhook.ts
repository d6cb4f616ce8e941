/**
 * Events that sending services post as JSON. Amazon SES lists its recipients in a form of its own; what
 * the others say (SendGrid, Mailgun, Postmark, Brevo, Mailjet, SparkPost, Mandrill and their like) is
 * read by what its fields are called, so that a service that nobody told us about is read too.
 */
import type { Action, Kind } from '../../types.ts'
import { codesIn } from './found.ts'
import { type Json, list, object, parsed, string, valuesIn } from './json.ts'
import { kindOf } from './postfix.ts'
import type { Found, LogReading, LogRecipient } from './types.ts'

/** One recipient's event, with plain values; places are given when it is written out as lines. */
type Event = {
  readonly product: string | null
  readonly action: Action
  readonly recipient?: string | undefined
  readonly diagnostic?: string | undefined
  readonly status?: string | undefined
  readonly remote?: string | undefined
  readonly time?: string | undefined
  readonly kind?: Kind
  readonly detail?: string | undefined
  readonly permanent?: boolean | undefined
  /** a message that waits in a queue, not an event */
  readonly queued?: boolean
}

/** Envelopes within envelopes beyond these are none of a service. */
const DEEPEST = 8
/** Events beyond these are not read. */
const MOST = 1000

/** Reads JSON of a service; the text becomes one "field: value" line each, so that places exist. */
export function readWebhook(text: string): LogReading | undefined {
  const events = valuesIn(text)
    .flatMap((value) => eventsOf(value, 0))
    .slice(0, MOST)
  return events.length === 0 ? undefined : written(events)
}

function eventsOf(value: unknown, depth: number): readonly Event[] {
  if (depth > DEEPEST || typeof value !== 'object' || value === null) return []
  if (Array.isArray(value)) return value.flatMap((one) => eventsOf(one, depth + 1))
  const json = object(value)
  const special = [...ses(json), ...queue(json)]
  if (special.length > 0) return special
  const wrapped = WRAPPERS.flatMap((name) => {
    const inner = json[name]
    return eventsOf(typeof inner === 'string' ? parsed(inner) : inner, depth + 1)
  })
  if (wrapped.length > 0) return wrapped
  const event = eventOf(json)
  if (event) return [event]
  return Object.entries(json).flatMap(([name, one]) =>
    WRAPPERS.includes(name) ? [] : eventsOf(one, depth + 1),
  )
}

/** What envelopes (SNS, Lambda, SQS, EventBridge, SparkPost) call what is inside. */
const WRAPPERS = ['Message', 'Records', 'Sns', 'body', 'detail', 'msys']

/* ------------------------------------------------------------ Amazon SES */

/** "Undetermined" is neither. */
const SES_LASTING: Readonly<Record<string, boolean>> = { Permanent: true, Transient: false }

// https://docs.aws.amazon.com/ses/latest/dg/notification-contents.html
function ses(json: Json): readonly Event[] {
  const type = string(json.notificationType) ?? string(json.eventType)
  const bounce = object(json.bounce)
  const delay = object(json.deliveryDelay)
  const delivery = object(json.delivery)
  const complaint = object(json.complaint)
  const event =
    (action: Action, about: Json) =>
    (value: unknown): Event => {
      const one = typeof value === 'string' ? { emailAddress: value } : object(value)
      return {
        product: 'amazon-ses',
        action: (string(one.action) as Action | undefined) ?? action,
        recipient: string(one.emailAddress),
        diagnostic: plain(string(one.diagnosticCode) ?? string(about.smtpResponse)),
        status: string(one.status),
        remote: string(about.remoteMtaIp),
        time: string(about.timestamp),
        permanent: SES_LASTING[string(bounce.bounceType) ?? ''],
        detail:
          [bounce.bounceType, bounce.bounceSubType, delay.delayType]
            .map(string)
            .filter(Boolean)
            .join('/') || undefined,
      }
    }
  if (type === 'Bounce') return list(bounce.bouncedRecipients).map(event('failed', bounce))
  if (type === 'DeliveryDelay') return list(delay.delayedRecipients).map(event('delayed', delay))
  if (type === 'Delivery') return list(delivery.recipients).map(event('delivered', delivery))
  if (type === 'Complaint') {
    return list(complaint.complainedRecipients).map((one) => ({
      ...event('delivered', complaint)(one),
      kind: 'complaint' as const,
    }))
  }
  if (type !== 'Reject') return []
  const why = string(object(json.reject).reason)
  return list(object(json.mail).destination).map((one) => ({
    ...event('failed', {})(one),
    diagnostic: why && `Reject: ${why}`,
  }))
}

/* ------------------------------------------------------------ Postfix */

/** `postqueue -j`: a message that waits, and why for each recipient. */
function queue(json: Json): readonly Event[] {
  if (json.queue_id === undefined || !Array.isArray(json.recipients)) return []
  return json.recipients.map(object).flatMap((one) => {
    const why = string(one.delay_reason)
    const remote = why && /^(?:host |connect to )([\w.-]+)/.exec(why)?.[1]
    return why === undefined
      ? []
      : [
          {
            product: 'postfix',
            action: 'delayed' as const,
            recipient: string(one.address),
            diagnostic: why,
            remote,
            queued: true,
          },
        ]
  })
}

/* ------------------------------------------------------------ all others */

/** What an event is called, in lower case and without anything but letters. */
const STRONG: Readonly<Record<string, Action | 'complaint'>> = {
  bounce: 'failed',
  bounced: 'failed',
  hardbounce: 'failed',
  hardbounces: 'failed',
  hardbounced: 'failed',
  softbounce: 'failed',
  softbounces: 'failed',
  softbounced: 'failed',
  hardfail: 'failed',
  outofband: 'failed',
  messagebounced: 'failed',
  messagedeliveryfailed: 'failed',
  deferred: 'delayed',
  deferral: 'delayed',
  deliverydelay: 'delayed',
  deliverydelayed: 'delayed',
  messagedelayed: 'delayed',
  transientfailure: 'delayed',
  complaint: 'complaint',
  complained: 'complaint',
  spamreport: 'complaint',
  spamcomplaint: 'complaint',
}
/** Words that parcels and payments have too: they count with a known service or a server's answer. */
const WEAK: Readonly<Record<string, Action | 'complaint'>> = {
  failed: 'failed',
  dropped: 'failed',
  blocked: 'failed',
  rejected: 'failed',
  reject: 'failed',
  invalidemail: 'failed',
  error: 'failed',
  suppressed: 'failed',
  policyrejection: 'failed',
  generationfailure: 'failed',
  generationrejection: 'failed',
  delayed: 'delayed',
  delay: 'delayed',
  delivered: 'delivered',
  delivery: 'delivered',
  spam: 'complaint',
}

/** Fields that only one service's events have; the first that fits counts. */
const PRODUCTS: readonly (readonly [product: string, field: RegExp])[] = [
  ['sendgrid', /^(?:sg_event_id|sg_message_id|smtp-id)$/],
  ['mailgun', /^(?:event-data\.|delivery-status\.|recipient-domain$)/],
  ['mailjet', /^(?:mj_|Message_GUID$|error_related_to$)/],
  ['mailchimp', /^(?:msg\.|bounce_description$|bgtools_code$)/],
  ['postmark', /^(?:RecordType|BouncedAt|TypeCode)$/],
  ['sparkpost', /(?:^|\.)rcpt_to$/],
  ['brevo', /^(?:ts_epoch|ts_event|message-id|messageId|X-Mailin-.+)$/],
]

const EVENT_FIELDS = ['event', 'RecordType', 'Type', 'type', 'event_type', 'status', 'state']
const RECIPIENT =
  /^(?:recipient|(?:recipient|to)_email|rcpt(?:_to)?|to|e-?mail|email_?address|address)$/i
const OTHERS = /(?:^|\.)(?:from|sender|source|mail_from|friendly_from|reply[-_]?to)(?:\.|$)/i
/** Where the answer stands, most telling first. */
const SAID = [
  'diag',
  'raw_reason',
  'comment',
  'output',
  'smtp_reply',
  'Details',
  'message',
  'response',
  'reason',
  'bounce_reason',
  'error',
  'content',
  'description',
  'Description',
  'details',
  'bounce_description',
]
const REMOTE = /(?:^|\.)(?:mx-?_?host|remote_?mta|peer_address\.name)$/i
const TIME = /(?:^|\.)(?:timestamp|ts|ts_event|time|BouncedAt|DeliveredAt|created_at|created)$/
const ENHANCED = /^[245]\.\d{1,3}\.\d{1,3}$/
const ANSWER = /(?:^|[^\w.])[245]\d\d[ -]|(?:^|[^\w.])[245]\.\d{1,3}\.\d{1,3}(?![\w.]*\w)/
const ADDRESS = /^(?:[^<>]{0,100}<)?([^\s<>@]{1,256}@[^\s<>@]{1,256})>?$/

type Leaf = readonly [path: string, name: string, value: unknown]
/** Fields beyond these are the message itself. */
const MOST_FIELDS = 300

/** The values of an event under their paths; lists of objects are other events, but for what was tried. */
function leavesOf(json: Json): Leaf[] {
  const leaves: Leaf[] = []
  const walk = (value: unknown, path: string, name: string, depth: number): void => {
    if (leaves.length >= MOST_FIELDS || depth > DEEPEST) return
    if (name === 'smtp_events') walk(list(value).at(-1), path, '', depth + 1)
    else if (Array.isArray(value)) {
      for (const one of value) if (typeof one === 'string') leaves.push([path, name, one])
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value))
        walk(inner, path === '' ? key : `${path}.${key}`, key, depth + 1)
    } else leaves.push([path, name, value])
  }
  walk(json, '', '', 0)
  return leaves
}

function eventOf(json: Json): Event | undefined {
  const leaves = leavesOf(json)
  const recipient = leaves
    .filter(([path, name]) => RECIPIENT.test(name) && !OTHERS.test(path))
    .map(([, , value]) => ADDRESS.exec(string(value) ?? '')?.[1])
    .find((address) => address !== undefined)
  if (recipient === undefined) return undefined
  const product = productOf(json, leaves)
  const diagnostic = saidIn(leaves)
  const action = actionOf(leaves, product !== null, diagnostic)
  if (action === undefined) return undefined
  const detail = leaves.find(([, name]) => DETAIL.test(name))?.[2]
  return {
    product,
    action: action === 'complaint' ? 'delivered' : action,
    recipient,
    diagnostic,
    status: statusOf(leaves),
    remote: string(leaves.find(([path]) => REMOTE.test(path))?.[2])?.replace(/\.$/, ''),
    time: timeOf(leaves.find(([path]) => TIME.test(path))?.[2]),
    detail: string(detail),
    ...(action === 'complaint' ? { kind: 'complaint' as const } : {}),
    permanent: lastingOf(leaves),
  }
}

const DETAIL =
  /^(?:type|Type|severity|bounce_class|bounce_description|bounce_classification|error_related_to)$/

function productOf(json: Json, leaves: readonly Leaf[]): string | null {
  const known = PRODUCTS.find(([, field]) => leaves.some(([path]) => field.test(path)))
  if (known) return known[0]
  // SendGrid's least: an event with its time in seconds, or a row of its list of bounces
  const least = typeof json.timestamp === 'number' || typeof json.created === 'number'
  return least && json.email !== undefined ? 'sendgrid' : null
}

const HELD = /temporary|transient/i

function actionOf(
  leaves: readonly Leaf[],
  known: boolean,
  said: string | undefined,
): Action | 'complaint' | undefined {
  const answered = said !== undefined && ANSWER.test(said)
  for (const wanted of EVENT_FIELDS) {
    for (const [, name, value] of leaves) {
      if (name !== wanted || typeof value !== 'string') continue
      // "email.bounced", "activity.hard_bounced"
      const word = value.slice(value.lastIndexOf('.') + 1).replace(/[^a-z]/gi, '')
      const key = word.toLowerCase()
      // Mailjet's "sent" is another server's word
      const weak = WEAK[key] ?? (key === 'sent' && answered ? 'delivered' : undefined)
      const action = STRONG[key] ?? (known || answered ? weak : undefined)
      if (action !== 'failed') {
        if (action) return action
        continue
      }
      const held = leaves.some(
        ([, field, text]) =>
          (field === 'severity' || (field === 'Type' && wanted === 'RecordType')) &&
          typeof text === 'string' &&
          (HELD.test(text) || /delayed|dnserror/i.test(text)),
      )
      return held ? 'delayed' : 'failed'
    }
  }
  // a row of a list of bounces: nothing but an address and the answer
  const code = answered ? codesIn({ value: said as string, start: 0, end: 0 }) : undefined
  const first = String(code?.replyCode?.value ?? '').charAt(0)
  return code?.enhancedStatusCode === undefined
    ? undefined
    : first === '5'
      ? 'failed'
      : first === '4'
        ? 'delayed'
        : undefined
}

/** The server's answer; else what the service says of it. A code that stands apart is put before it. */
function saidIn(leaves: readonly Leaf[]): string | undefined {
  const words = SAID.flatMap((wanted) =>
    leaves.flatMap(([, name, value]) => (name === wanted ? (plain(string(value)) ?? []) : [])),
  )
  const said = words.find((one) => ANSWER.test(one)) ?? words[0]
  const code = leaves
    .filter(([path, name]) => /^(?:error_|reply_?|bounce_|smtp_?)?code$/i.test(name) && path !== '')
    .map(([, , value]) => string(value))
    .find((value) => value !== undefined && /^[245]\d\d$/.test(value))
  return said && code && !said.includes(code) ? `${code} ${said}` : (said ?? code)
}

/** "smtp;550 …": the answer without its type. */
const plain = (said: string | undefined): string | undefined =>
  said?.replace(/^\s*smtp; */i, '').trim() || undefined

function statusOf(leaves: readonly Leaf[]): string | undefined {
  const whole = leaves.find(([, , value]) => typeof value === 'string' && ENHANCED.test(value))
  if (whole) return string(whole[2])
  const digit = (name: string): string | undefined =>
    string(leaves.find(([path]) => path.endsWith(`enhanced_code.${name}`))?.[2])
  const apart = [digit('class'), digit('subject'), digit('detail')].join('.')
  return ENHANCED.test(apart) ? apart : undefined
}

/** Seconds or milliseconds since 1970, or a date, as ISO 8601. */
function timeOf(value: unknown): string | undefined {
  const number = Number(value)
  if (typeof value === 'string' && !Number.isFinite(number)) return value
  const date = new Date(number > 1e11 ? number : number * 1000)
  return value === undefined || Number.isNaN(date.getTime()) ? undefined : date.toISOString()
}

/** By the service's own word, "hard" or "soft". */
function lastingOf(leaves: readonly Leaf[]): boolean | undefined {
  const words = leaves.flatMap(([path, name, value]) =>
    name === 'hard_bounce' && typeof value === 'boolean'
      ? value
        ? 'hard'
        : 'soft'
      : EVENT_FIELDS.includes(name) || name === 'severity' || path.endsWith('bounce.type')
        ? (string(value) ?? [])
        : [],
  )
  if (words.some((word) => /^(?:\w+\.)?(?:hard|permanent)/i.test(word))) return true
  return words.some((word) => /^(?:\w+\.)?(?:soft|transient|temporary)/i.test(word))
    ? false
    : undefined
}

/* ------------------------------------------------------------ as lines */

/** Writes events out as lines, so that every value has a place that can be shown. */
function written(events: readonly Event[]): LogReading {
  let text = ''
  const put = (name: string, value: string | undefined): Found<string> | undefined => {
    if (value === undefined) return undefined
    const clean = value.replace(/\s+/g, ' ').trim()
    const start = text.length + name.length + 2
    text += `${name}: ${clean}\n`
    return { value: clean, start, end: start + clean.length }
  }
  const recipients = events.map((event): LogRecipient => {
    put('service', event.product ?? undefined)
    put('event', event.kind ?? event.action)
    put('type', event.detail)
    const finalRecipient = put('recipient', event.recipient)
    const status = put('status', event.status)
    const said = put('diagnostic', event.diagnostic)
    const codes = said ? codesIn(said) : {}
    return {
      finalRecipient,
      action: event.action,
      ...codes,
      enhancedStatusCode: status && ENHANCED.test(status.value) ? status : codes.enhancedStatusCode,
      diagnosticCode: said,
      remoteMta: put('remote', event.remote),
      lastAttemptDate: event.time,
      permanent: event.permanent,
    }
  })
  const queued = events.some((event) => event.queued)
  return {
    text,
    layout: queued ? 'mail-queue' : 'webhook',
    kind: events.find(({ kind }) => kind)?.kind ?? kindOf(recipients),
    product: events[0]?.product ?? null,
    reportDate: events[0]?.time,
    recipients,
    signs: [queued ? 'queue' : 'webhook'],
  }
}
