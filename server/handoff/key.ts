/** The key that makes one incident of one outage: remote host, reason, the sender's own domain. */
import { createHash } from 'node:crypto'
import type { HandOff } from './schema.ts'

/** The redactor's stand-ins: they tell that something was there, and not what. */
const STAND_IN = /^(?:ADDRESS|NAME|HOST|SUBJECT|MESSAGE_ID|IP)_\d+$/

/** 16 hexadecimal digits, or undefined where too little is known to call two tickets the same. */
export function dedupeKey({ facts }: HandOff, ownDomain: string): string | undefined {
  const reason = wordOf(facts.reason)
  const host = siteOf(wordOf(facts.remoteMta))
  if (reason === '' || reason === 'undefined' || host === '') return undefined
  const domain = ownDomain.toLowerCase() || wordOf(facts.senderDomain)
  return createHash('sha256').update([host, reason, domain].join('\n')).digest('hex').slice(0, 16)
}

function wordOf(value: HandOff['facts'][string] | undefined): string {
  if (typeof value !== 'string' || STAND_IN.test(value)) return ''
  return value.trim().toLowerCase().replace(/\.$/, '')
}

/** mx1.example.net and mx2.example.net are one site; an IP address or a short name stays as it is. */
function siteOf(host: string): string {
  const labels = host.split('.')
  const named = labels.length > 2 && /[a-z]$/.test(host)
  return named ? labels.slice(1).join('.') : host
}
