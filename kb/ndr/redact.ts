/**
 * Takes personal data out of what leaves for a language model or a ticket, and puts it back after:
 * addresses, names, subjects, message ids, IP addresses and hosts of the person's own domain become
 * stand-ins such as `ADDRESS_1`. One redactor serves one request, so that equal things stay equal.
 */
import type { Report } from '../types.ts'

export type Redactor = {
  /** the text with stand-ins */
  redact(text: string): string
  /** the text with the originals back; an unknown stand-in stays */
  restore(text: string): string
  /** every stand-in with what it stands for, in order of appearance */
  readonly table: ReadonlyMap<string, string>
}

type Category = 'ADDRESS' | 'NAME' | 'HOST' | 'SUBJECT' | 'MESSAGE_ID' | 'IP'

const ADDRESS = /[^\s<>()[\]{},;:"'`|=]{1,128}@[a-z0-9](?:[\w-]{0,62}\.)*[\w-]{1,63}/gi
const IPV4 =
  /(?<![\w.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\w.]*\w)/g
const IPV6 = /(?<![\w:.])(?:[0-9a-f]{1,4}:){3,7}(?::?[0-9a-f]{1,4}){1,4}(?![\w:])/gi
const STAND_IN = /\b(?:ADDRESS|NAME|HOST|SUBJECT|MESSAGE_ID|IP)_\d{1,5}\b/g
/** "Ann Example <ann@example.org>", '"Example, Ann" <ann@…>', "Ann Example (ann@…)" */
const NAMED =
  /(?:"([^"\n@]{2,80})"|((?:\p{Lu}[\p{L}'.-]{0,40}[ \t]){1,3}\p{Lu}[\p{L}'-]{1,40}))[ \t]*[<(][^\s<>()@]{1,128}@/gu
/** Words before an @ that name a task, not a person. */
const TASKS =
  /^(?:info|sales|support|admin|administrator|office|mail|mailer|daemon|postmaster|hostmaster|webmaster|root|noreply|reply|help|helpdesk|service|services|contact|news|newsletter|bounce|bounces|billing|jobs|team|test|user|users|system|return|list|owner|request|abuse|security|kontakt|buero)$/
/** Domains whose hosts tell the software, not the person. */
const PUBLIC =
  /(?:^|\.)(?:outlook\.com|google\.com|googlemail\.com|gmail\.com|amazonses\.com|yahoo\.com|yahoodns\.net|icloud\.com|apple\.com|mimecast\.com|pphosted\.com|ppe-hosted\.com|messagelabs\.com|barracudanetworks\.com|sendgrid\.net|mailgun\.org|mail\.ru|yandex\.net|zoho\.com|gmx\.net|kundenserver\.de|secureserver\.net)$/i

/** Creates a redactor for one report and whatever is said about it; `names`: those found elsewhere. */
export function createRedactor(report: Report | null, names: readonly string[] = []): Redactor {
  const table = new Map<string, string>()
  const known = new Map<string, string>()
  const counts = new Map<Category, number>()

  const standIn = (category: Category, original: string): string => {
    const key = `${category} ${original.toLowerCase()}`
    const before = known.get(key)
    if (before) return before
    const count = (counts.get(category) ?? 0) + 1
    counts.set(category, count)
    const made = `${category}_${count}`
    known.set(key, made)
    table.set(made, original)
    return made
  }

  const literals = literalsOf(report, names)
  const hosts = report ? ownHosts(report) : undefined

  return {
    table,
    redact(text) {
      let result = text
      for (const [category, value] of literals.filter(([kind]) => kind !== 'NAME')) {
        result = result.replaceAll(value, () => standIn(category, value))
      }
      result = result.replace(ADDRESS, (match) => standIn('ADDRESS', match))
      for (const [category, value] of literals.filter(([kind]) => kind === 'NAME')) {
        result = replaceWord(result, value, () => standIn(category, value))
      }
      if (hosts) result = result.replace(hosts, (match) => standIn('HOST', match))
      return result
        .replace(IPV4, (match) => standIn('IP', match))
        .replace(IPV6, (match) => standIn('IP', match))
    },
    restore: (text) => text.replace(STAND_IN, (match) => table.get(match) ?? match),
  }
}

/** What is to be taken out word by word, longest first, so that a part never breaks a whole. */
function literalsOf(
  report: Report | null,
  names: readonly string[],
): readonly (readonly [Category, string])[] {
  const found: [Category, string][] = names.map((name) => ['NAME', name])
  if (report?.messageId) found.push(['MESSAGE_ID', report.messageId])
  if (report?.subject && report.subject.trim().length >= 3)
    found.push(['SUBJECT', report.subject.trim()])
  for (const name of report ? namesIn(report) : []) found.push(['NAME', name])
  return found.sort(([, a], [, b]) => b.length - a.length)
}

function namesIn({ text, recipients }: Report): ReadonlySet<string> {
  const names = new Set<string>()
  for (const [, quoted, plain] of text.matchAll(NAMED)) addName(names, quoted ?? plain ?? '')
  for (const { finalRecipient, originalRecipient } of recipients) {
    for (const address of [finalRecipient, originalRecipient]) {
      const parts = (address?.split('@')[0] ?? '')
        .split(/[._-]/)
        .filter((part) => /^\p{L}{3,}$/u.test(part))
      if (parts.length >= 2) addName(names, parts.map(capital).join(' '))
    }
  }
  return names
}

/** The whole name, and each of its words that can only be a name. */
function addName(names: Set<string>, name: string): void {
  const words = name.split(/[\s,]+/).filter((word) => /^\p{L}[\p{L}'.-]*$/u.test(word))
  const telling = words.filter((word) => word.length >= 3 && !TASKS.test(word.toLowerCase()))
  if (telling.length === 0) return
  names.add(name.trim())
  for (const word of telling) names.add(word)
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()

/** Whole words only, in this spelling: "Mark" is a name, "mark" a verb. */
function replaceWord(text: string, word: string, by: () => string): string {
  let result = ''
  let from = 0
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, from)) {
    const end = at + word.length
    const whole = !isLetter(text.charAt(at - 1)) && !isLetter(text.charAt(end))
    result += text.slice(from, at) + (whole ? by() : word)
    from = end
  }
  return result + text.slice(from)
}

const isLetter = (character: string): boolean => /[\p{L}\p{N}_]/u.test(character)

/** Hosts under the domain of the server that wrote the report, where that is not a public service. */
function ownHosts({ reportingMta, generator, recipients }: Report): RegExp | undefined {
  const theirs = new Set(
    recipients.flatMap(({ finalRecipient, remoteMta }) =>
      [finalRecipient?.split('@')[1], remoteMta].map((host) => domainOf(host ?? '')),
    ),
  )
  const own = [reportingMta, generator.host]
    .map((host) => domainOf(host ?? ''))
    .filter((domain) => domain !== '' && !PUBLIC.test(domain) && !theirs.has(domain))
  if (own.length === 0) return undefined
  const names = [...new Set(own)].map((domain) =>
    domain.replaceAll('.', '\\.').replaceAll('-', '\\-'),
  )
  return new RegExp(`(?<![\\w.-])(?:[\\w-]{1,63}\\.){0,8}(?:${names.join('|')})(?![\\w-])`, 'gi')
}

/** "mx1.mail.example.co.uk" → "example.co.uk"; a short second level belongs to the suffix. */
function domainOf(host: string): string {
  const labels = host.toLowerCase().split('.').filter(Boolean)
  if (labels.length < 2 || /^\d+$/.test(labels.at(-1) ?? '')) return ''
  const take = labels.length > 2 && (labels.at(-2) ?? '').length <= 3 ? 3 : 2
  const domain = labels.slice(-take).join('.')
  return /^[a-z0-9.-]+$/.test(domain) ? domain : ''
}
