/** What a message asks, told from its wording. The wordings are data: `kb/data/intents`. */
import intentData from '../../kb/data/intents/intents.json' with { type: 'json' }
import { findPhrase, phraseWords, sentences } from '../../kb/diagnose/text.ts'

export type IntentId =
  | 'duration'
  | 'duration-future'
  | 'lasting'
  | 'fault'
  | 'resend'
  | 'delivered'
  | 'tell'
  | 'for-admins'
  | 'check'
  | 'command'
  | 'code'
  | 'who'
  | 'why'
  | 'sure'
  | 'source'
  | 'still'
  | 'fix'
  | 'next'
  | 'explain'
  | 'simpler'
  | 'short'
  | 'detail'
  | 'genuine'
  | 'recipient'
  | 'notlisted'
  | 'doit'
  | 'human'
  | 'thanks'
  | 'ok'
  | 'greeting'
  | 'capability'
  | 'privacy'
  | 'product'
  | 'identify'
  | 'difference'
  | 'warn'
  | 'silent'
  | 'listed'
  | 'urgent'
  | 'theirs'
  | 'size'
  | 'personal'
  | 'clock'
  | 'language'
  | 'inbound'
  | 'noreport'
  | 'slip'
  | 'aware'
  | 'prevent'
  | 'if-never'
  | 'other-account'
  | 'other-way'
  | 'spread'
  | 'narrow'
  | 'smaller'
  | 'which-part'
  | 'party'
  | 'ignore'
  | 'proof'
  | 'stranger'
  | 'copy'
  | 'lookup'
  | 'where-set'
  | 'forget'
  | 'program'
  | 'upset'
  | 'contact'
  | 'doubt'
  | 'risk'
  | 'apply'
  | 'off'
  | 'recall'
  | 'retext'
  | 'guess'

export type Intent = {
  readonly id: IntentId
  readonly weight: number
  readonly articles: readonly string[]
  /** the words that told it; what a question says beyond them is its own */
  readonly words: readonly string[]
  /** the sentence that it was found in, where the message has several */
  readonly asked?: string
}

type Saying = { readonly words: readonly string[]; readonly intent: (typeof intentData)[number] }

const SAYINGS = new Map<string, Saying[]>()
for (const intent of intentData)
  for (const words of intent.says.map(phraseWords)) {
    const first = words[0] ?? ''
    SAYINGS.set(first, [...(SAYINGS.get(first) ?? []), { words, intent }])
  }

/**
 * Every intent whose wording is in the text, the clearest first. A longer wording is clearer than a
 * short one; the same words with something between them ("why did the notice take …") count less.
 */
export function readIntents(text: string): readonly Intent[] {
  const found = new Map<string, Intent>()
  for (const { words } of sentences(text)) {
    const seen = new Set(words.map(({ stem }) => stem))
    for (const first of seen)
      for (const saying of SAYINGS.get(first) ?? []) {
        if (!saying.words.every((word) => seen.has(word))) continue
        const hit = findPhrase(words, saying.words, 3)
        if (!hit) continue
        const gaps = hit.end - hit.start + 1 - saying.words.length
        const weight = saying.words.length - gaps * 0.4
        const { id, articles } = saying.intent
        if (weight > (found.get(id)?.weight ?? 0))
          found.set(id, { id: id as IntentId, weight, articles, words: saying.words })
      }
  }
  return [...found.values()].sort((a, b) => b.weight - a.weight)
}

/** An intent that was told by other means than a wording: all of the text's words belong to it. */
export function intentOf(id: IntentId, text: string): Intent {
  const articles = intentData.find((one) => one.id === id)?.articles ?? []
  return { id, weight: 2, articles, words: phraseWords(text) }
}

const CODE = /(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?!\d|\.\d)/g
const REPLY_CODE =
  /(?<![\d.])(?:2[125]\d|3[35]4|4[2357]\d|5[035]\d)(?!\d|\.\d|\s*(?:mb|kb|gb|mails?|users?|people|hours|days|minutes))/gi

export type CodesNamed = { readonly enhanced: readonly string[]; readonly reply: readonly number[] }

/** Codes that a person names in a question. */
export function codesNamed(text: string): CodesNamed {
  const enhanced = [...new Set(text.match(CODE) ?? [])]
  const rest = text.replace(CODE, ' ')
  return { enhanced, reply: [...new Set((rest.match(REPLY_CODE) ?? []).map(Number))] }
}

/** Words that only come up when mail is the subject. Enough to tell "off-topic" from "not in the KB". */
const MAIL_WORDS =
  /\b(?:e-?mails?|mails?|mailbox(?:es)?|mailing|message|bounce[ds]?|bouncing|undeliver\w*|deliver\w*|ndr|dsn|smtp|imap|pop3|mx|dns|spf|dkim|dmarc|ptr|tls|starttls|exchange|outlook|office ?365|microsoft 365|o365|m365|gmail|google workspace|yahoo|hotmail|icloud|aol|postfix|exim|sendmail|qmail|relay\w*|queue[ds]?|spam\w*|blacklist\w*|blocklist\w*|greylist\w*|recipients?|senders?|sender's|inbox|attachment|postmaster|mailer-daemon|banner|server|connector|transport|forward\w*|auto-?reply|out of office|invit\w*|calendar|meeting|newsletter|header|domain|address|quota|throttl\w*|mimecast|proofpoint|barracuda|telnet|port 25|port 587|certificate|autocomplete|imceaex|x500|tnef|winmail|tracking|distribution list|mailing list|smart ?host|backscatter|dnsbl|rbl|spamhaus|spamcop|mta-sts|webmail|bcc|delist\w*|whitelist\w*|gr[ae]y-?list\w*|reverse dns|rdns|phishing|firewall|log|hotfix|event id|kb ?\d{6})\b/i

export const isAboutMail = (text: string): boolean =>
  MAIL_WORDS.test(text) || codesNamed(text).enhanced.length > 0 || hasTypoOfMail(text)

/** "emial", "recipeint", "adress": the letters of a mail word in another order, or one letter short. */
function hasTypoOfMail(text: string): boolean {
  const words = text.toLowerCase().match(/\p{L}{5,}/gu) ?? []
  return words.some((word) => JUMBLED.has(jumble(word)))
}

const jumble = (word: string): string => [...word].sort().join('')
const JUMBLED = new Set(
  'email recipient address message mailbox rejected delivered delivery undeliverable bounced server sender outlook gmail hotmail'
    .split(' ')
    .flatMap((word) => [word, ...[...word].map((_, at) => word.slice(0, at) + word.slice(at + 1))])
    .filter((word) => word.length >= 5)
    .map(jumble),
)

/** Text that tries to command the program. It is no question about mail, wherever it stands. */
export const isCommandeering = (text: string): boolean =>
  /\b(?:ignore|disregard|forget)\b.{0,40}\b(?:previous|prior|above|all|your)\b.{0,30}\b(?:instruction|prompt|rule|message)s?|system prompt|you are now\b|act as (?:a|an|if)|jailbreak|reveal your|developer mode/i.test(
    text,
  )
