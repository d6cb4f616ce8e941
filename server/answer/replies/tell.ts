/** Texts to send: to the recipient, to one's own IT, to the other side. */
import type { Draft } from '../draft.ts'
import { adminSteps } from '../say/admin.ts'
import { codeList } from '../say/codes.ts'
import { actors } from '../say/verdict.ts'
import { sayTimeline } from '../say-tools.ts'
import { type Addressee, addresseeIn, textFor } from '../texts.ts'
import { mainArticle, type Turn } from '../turn.ts'
import { fromArticle } from './from-article.ts'
import { short } from './plain.ts'

export function tell(turn: Turn, draft: Draft): boolean {
  const { report, diagnosis } = turn
  if (!report && !diagnosis) return fromArticle(turn, draft, 'whom-to-tell')
  const source = turn.articles.get('whom-to-tell') ?? mainArticle(turn)
  if (report?.signs.includes('phishing-lure')) {
    draft.add(
      `**Your own IT, mail admin or helpdesk, at once and best by phone:** that you got this mail, whether you clicked or typed in a password, and when. They can change the password, look for foreign rules and log-ins, and warn the others. Nobody else has to be told, and the mail itself is not answered.${draft.cite(mainArticle(turn), '')}`,
    )
    return true
  }
  if (diagnosis) draft.add(`**Who can act:** ${actors(diagnosis)}.${draft.cite(source, '')}`)
  if (report?.kind === 'auto-reply' || report?.kind === 'success') {
    draft.add('There is nothing to report: the message arrived.')
    return true
  }
  const named = addressees(turn).map((one) => styled(one, turn.own))
  for (const addressee of named) draft.add(textFor(turn, addressee))
  if (named.includes('postmaster'))
    draft.add(
      'A mail to the other side may come back too: use another account, a phone number or the contact form on their website.',
    )
  return true
}

/** "Show this for my IT": what an admin needs, with a text to pass it on. */
export function forAdmins(sender: Turn, draft: Draft): boolean {
  const turn: Turn = { ...sender, audience: 'admin' }
  if (!turn.diagnosis) return tell(turn, draft)
  draft.add('For your mail admin or IT:')
  codeList(turn, draft)
  sayTimeline(turn, draft)
  adminSteps(turn, draft)
  if (turn.report && turn.report.kind !== 'success' && turn.report.kind !== 'auto-reply')
    draft.add(textFor(turn, 'own-it'))
  return draft.pieces.length > 0
}

const NAMED: readonly (readonly [Addressee, RegExp])[] = [
  [
    'service',
    /\b(?:sendgrid|mailgun|mailchimp|mailjet|postmark|brevo|sendinblue|sparkpost|mandrill|amazon|ses|hetzner|ovh|ionos|strato|godaddy|hoster|hosting|web ?host|isp|provider|sending service|newsletter (?:tool|service))(?:'s)?\b/i,
  ],
  [
    'own-it',
    /\b(?:my|our|own)\s+(?:\w+\s+)?(?:it|admin\w*|help ?desk|support|provider|tech|department)\b|for it\b/i,
  ],
  [
    'postmaster',
    /\b(?:their|other side|postmaster|her it|his it|her admin|his admin|the receiving)\b/i,
  ],
  [
    'recipient',
    /\b(?:her|him|them|recipient|customer|client|she|he|friend|colleague|accountant|person|boss)\b(?!\s+(?:it|admin))/i,
  ],
]

function addressees(turn: Turn): readonly Addressee[] {
  // "I'm only the office manager" tells who asks, and not for whom the text is
  const own = turn.own.replace(
    /\bi(?:['’]?m| am) (?:only |just |merely )?(?:the|a|an) [^,.;]*/gi,
    '',
  )
  if (THIRD.test(own)) return ['third']
  const chat = /\b(?:text message|sms|whatsapp)\b/i.test(own)
  if (chat) return ['short']
  // of admins, "they" are the other side's
  if (turn.audience === 'admin' && /\b(?:them|they)\b/i.test(own)) return ['postmaster']
  const named = NAMED.filter(([, words]) => words.test(own)).map(([addressee]) => addressee)
  if (named.length > 0) return named.slice(0, 2)
  const [first] = turn.diagnosis?.actors ?? []
  if (first === 'sender-admin' || first === 'provider') return ['own-it', 'recipient']
  return first === 'recipient-admin' ? ['recipient', 'postmaster'] : ['recipient', 'own-it']
}

/** Somebody who has no part in it and wants to know: for them, what happened and who acts. */
const SOMEBODY = String.raw`\b(?:boss|mother|father|mum|mom|parents?|manager|callers?|users?|team|colleagues?|management)\b`
const THIRD = new RegExp(
  String.raw`\b(?:for|to|tell|inform|let|write|give|show|explain|calm|with|one)\b(?: \w+){0,2} ${SOMEBODY}`,
  'i',
)
const WHO_ASKED = new RegExp(SOMEBODY, 'i')
const SHORT =
  /\b(?:short\w*|brief\w*|one[- ]?liner|sentences?|lines?|sms|whatsapp|text message|chat|phone|too long|without the (?:codes?|error)\w*|less technical|bullet)\b/i
const FRIENDLY =
  /\b(?:friendl\w+|warm\w*|nice\w*|polite\w*|kind\w*|casual|less (?:stiff|formal)|not so stiff|blam\w+)\b/i

/** The text for the same person in the tone that was asked for. */
function styled(one: Addressee, own: string): Addressee {
  if (one === 'recipient' || one === 'short' || one === 'friendly') {
    if (FRIENDLY.test(own)) return 'friendly'
    return SHORT.test(own) || one === 'short' ? 'short' : one
  }
  return one === 'own-it' && SHORT.test(own) ? 'own-it-short' : one
}

/** "Shorter please", "and one for my boss": the text just given, in another form. */
export function retext(turn: Turn, draft: Draft): boolean {
  const before = addresseeIn(turn.conversation.previously)
  if (!turn.diagnosis) return false
  const spoken = turn.conversation.earlier.slice(-4).join(' ')
  const third =
    THIRD.test(turn.own) || (/\b(?:him|her)\b/i.test(turn.own) && WHO_ASKED.test(spoken))
  const named = NAMED.find(([, words]) => words.test(turn.own))?.[0]
  if (!before && !third && !named) return short(turn, draft)
  const one = third ? 'third' : (named ?? before ?? 'recipient')
  draft.add(textFor(turn, styled(one, turn.own)))
  draft.add(`It rests on your report.${draft.cite(mainArticle(turn), '')}`)
  return true
}
