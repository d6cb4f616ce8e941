/** Events that sending services post as JSON: Amazon SES (bare or inside SNS), SendGrid, Mailgun, Postmark, SparkPost. */
import type { Action, Kind } from '../../types.ts'
import { codesIn } from './found.ts'
import { kindOf } from './postfix.ts'
import type { Found, LogReading, LogRecipient } from './types.ts'

type Json = { readonly [key: string]: unknown }
/** One recipient's event, with plain values; places are given when it is written out as lines. */
type Event = {
  readonly product: string
  readonly action: Action
  readonly recipient?: string | undefined
  readonly diagnostic?: string | undefined
  readonly status?: string | undefined
  readonly remote?: string | undefined
  readonly time?: string | undefined
  readonly kind?: Kind
  readonly detail?: string | undefined
  readonly permanent?: boolean | undefined
}

const object = (value: unknown): Json =>
  typeof value === 'object' && value !== null ? (value as Json) : {}
const list = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value]
const string = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== ''
    ? value
    : typeof value === 'number'
      ? String(value)
      : undefined

/** Reads JSON of a known service; the text becomes one "field: value" line each, so that places exist. */
export function readWebhook(text: string): LogReading | undefined {
  const trimmed = text.trim()
  if (!/^[[{]/.test(trimmed)) return undefined
  const events = list(parsed(trimmed)).map(object).flatMap(eventsOf)
  return events.length === 0 ? undefined : written(events)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return parsedMended(text)
  }
}

/** What came by mail: lines wrapped inside strings, a signature below. */
function parsedMended(text: string): unknown {
  try {
    return JSON.parse(firstValue(text))
  } catch {
    // a cut-off or commented paste is no webhook for us; other readers may still find codes in it
    return undefined
  }
}

/** A string, a bracket, or a run of anything else. */
const TOKEN = /"(?:[^"\\]|\\[\s\S])*"|[[\]{}]|[^"[\]{}]+/g

/** The first value of a text, to its closing bracket; line ends inside its strings are blanks. */
function firstValue(text: string): string {
  let depth = 0
  let mended = ''
  for (const [token] of text.matchAll(TOKEN)) {
    mended += token.startsWith('"') ? token.replace(/[ \t]*\\?\n[ \t]*/g, ' ') : token
    if (token === '{' || token === '[') depth++
    else if (token === '}' || token === ']') depth--
    if (depth === 0 && mended.trim() !== '') break
  }
  return mended
}

function eventsOf(json: Json): readonly Event[] {
  if (typeof json.Message === 'string' && json.Type !== undefined)
    return list(parsed(json.Message)).map(object).flatMap(eventsOf)
  return [...ses(json), ...sendgrid(json), ...mailgun(json), ...postmark(json), ...sparkpost(json)]
}

/** "Undetermined" is neither. */
const SES_LASTING: Readonly<Record<string, boolean>> = { Permanent: true, Transient: false }

function ses(json: Json): readonly Event[] {
  const type = string(json.notificationType) ?? string(json.eventType)
  const bounce = object(json.bounce)
  const delay = object(json.deliveryDelay)
  const complaint = object(json.complaint)
  const event =
    (action: Action, time: unknown) =>
    (value: unknown): Event => {
      const one = object(value)
      return {
        product: 'amazon-ses',
        action: (string(one.action) as Action | undefined) ?? action,
        recipient: string(one.emailAddress),
        diagnostic: string(one.diagnosticCode)?.replace(/^smtp; */i, ''),
        status: string(one.status),
        time: string(time),
        permanent: SES_LASTING[string(bounce.bounceType) ?? ''],
        detail:
          [string(bounce.bounceType), string(bounce.bounceSubType)].filter(Boolean).join('/') ||
          undefined,
      }
    }
  if (type === 'Bounce')
    return list(bounce.bouncedRecipients).map(event('failed', bounce.timestamp))
  if (type === 'DeliveryDelay')
    return list(delay.delayedRecipients).map(event('delayed', delay.timestamp))
  if (type === 'Complaint') {
    return list(complaint.complainedRecipients).map((one) => ({
      ...event('delivered', complaint.timestamp)(one),
      kind: 'complaint' as const,
    }))
  }
  return []
}

const SENDGRID: Record<string, Action> = {
  bounce: 'failed',
  blocked: 'failed',
  dropped: 'failed',
  deferred: 'delayed',
}

function sendgrid(json: Json): readonly Event[] {
  const action = SENDGRID[string(json.event) ?? '']
  if (action === undefined || json.email === undefined || json['event-data'] !== undefined)
    return []
  const time = Number(json.timestamp)
  return [
    {
      product: 'sendgrid',
      action,
      recipient: string(json.email),
      diagnostic: string(json.reason) ?? string(json.response),
      status: string(json.status),
      time: Number.isFinite(time) ? new Date(time * 1000).toISOString() : undefined,
      detail: string(json.type),
    },
  ]
}

function mailgun(json: Json): readonly Event[] {
  const data = object(json['event-data'] ?? json)
  const status = object(data['delivery-status'])
  if (string(data.event) !== 'failed' || data.recipient === undefined) return []
  const said = string(status.message) || string(status.description)
  const code = string(status.code)
  return [
    {
      product: 'mailgun',
      action: string(data.severity) === 'temporary' ? 'delayed' : 'failed',
      recipient: string(data.recipient),
      diagnostic: said && code && !said.startsWith(code) ? `${code} ${said}` : (said ?? code),
      status: string(status['enhanced-code']),
      remote: string(status['mx-host']),
      detail: string(data.reason),
    },
  ]
}

function postmark(json: Json): readonly Event[] {
  if (
    string(json.RecordType) !== 'Bounce' &&
    !(json.Type !== undefined && json.Email !== undefined)
  )
    return []
  return [
    {
      product: 'postmark',
      action: /transient|delayed|dnserror/i.test(string(json.Type) ?? '') ? 'delayed' : 'failed',
      recipient: string(json.Email),
      diagnostic: string(json.Details) ?? string(json.Description),
      time: string(json.BouncedAt),
      detail: string(json.Type),
    },
  ]
}

function sparkpost(json: Json): readonly Event[] {
  const event = object(object(json.msys).message_event)
  const type = string(event.type)
  if (type !== 'bounce' && type !== 'delay' && type !== 'out_of_band') return []
  return [
    {
      product: 'sparkpost',
      action: type === 'delay' ? 'delayed' : 'failed',
      recipient: string(event.rcpt_to),
      diagnostic: string(event.raw_reason) ?? string(event.reason),
      detail: string(event.bounce_class),
    },
  ]
}

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
    put('service', event.product)
    put('event', event.action)
    put('type', event.detail)
    const finalRecipient = put('recipient', event.recipient)
    const status = put('status', event.status)
    const said = put('diagnostic', event.diagnostic)
    const codes = said ? codesIn(said) : {}
    return {
      finalRecipient,
      action: event.action,
      ...codes,
      enhancedStatusCode:
        status && /^[245]\.\d{1,3}\.\d{1,3}$/.test(status.value)
          ? status
          : codes.enhancedStatusCode,
      diagnosticCode: said,
      remoteMta: put('remote', event.remote),
      lastAttemptDate: event.time,
      permanent: event.permanent,
    }
  })
  return {
    text,
    layout: 'webhook',
    kind: events.find(({ kind }) => kind)?.kind ?? kindOf(recipients),
    product: events[0]?.product ?? null,
    reportDate: events[0]?.time,
    recipients,
    signs: ['webhook'],
  }
}
