/** Ready texts to send, filled in from the report. Plain text in code blocks: copied, not rendered. */
import { span } from '../../kb/diagnose/summary.ts'
import type { Report } from '../../kb/types.ts'
import type { Turn } from './turn.ts'
import { focus } from './turn.ts'

export type Addressee = 'recipient' | 'own-it' | 'postmaster'

/** A text for one addressee as a Markdown code block with its title. */
export function textFor(turn: Turn, addressee: Addressee): string {
  const lines = TEXTS[addressee](turn).filter((line): line is string => line !== undefined)
  return `\`\`\`text ${TITLES[addressee]}\n${lines.join('\n').replaceAll('```', "'''")}\n\`\`\``
}

const TITLES: Readonly<Record<Addressee, string>> = {
  recipient: 'Text for the recipient (by phone, chat or another address)',
  'own-it': 'Text for your own IT or mail admin',
  postmaster: "Text for the other side's mail admin",
}

type Lines = readonly (string | undefined)[]

const TEXTS: Readonly<Record<Addressee, (turn: Turn) => Lines>> = {
  recipient: (turn) => [
    'Hello,',
    '',
    `my mail${subject(turn.report)}${sent(turn.report)} to ${address(turn)} did not reach you: ${plainReason(turn)}`,
    'Could you pass the following on to whoever looks after your mail?',
    '',
    ...data(turn),
    '',
    'Until that is settled, please tell me another way to reach you.',
  ],
  'own-it': (turn) => [
    'Hello,',
    '',
    `a mail of mine came back. ${turn.diagnosis?.summary ?? ''}`.trim(),
    '',
    ...data(turn),
    ...told(turn),
    '',
    ...(turn.diagnosis?.nextSteps.admin.length ? ['Suggested next steps:'] : []),
    ...(turn.diagnosis?.nextSteps.admin ?? []).slice(0, 4).map((step) => `- ${step}`),
    '',
    'The whole report is attached.',
  ],
  postmaster: (turn) => [
    'Hello,',
    '',
    `mail from us to ${address(turn)} is not delivered. Please look in your logs for the attempt below and tell us what your server objects to.`,
    '',
    ...data(turn),
    '',
    'Our sending server and its IP address: (to be filled in by our admin)',
    'Please answer to: (an address that works, or a phone number)',
  ],
}

const address = (turn: Turn): string =>
  focus(turn)?.finalRecipient ?? focus(turn)?.originalRecipient ?? '(address)'
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, 400)
const subject = (report: Report | null): string =>
  report?.subject ? ` "${oneLine(report.subject)}"` : ''
const sent = (report: Report | null): string =>
  report?.arrivalDate ? ` of ${report.arrivalDate.slice(0, 16).replace('T', ' ')}` : ''

function plainReason(turn: Turn): string {
  const one = focus(turn)
  if (one?.reason === 'expired')
    return 'our server tried to hand it over until the time for that was up.'
  return one?.diagnosticCode ? 'a mail server refused it.' : 'it came back undelivered.'
}

/** What an admin needs to find the attempt in a log: who, when, where, and the exact words. */
function data(turn: Turn): Lines {
  const { report } = turn
  const one = focus(turn)
  if (!report || !one) return ['(paste the report here)']
  const codes = [one.replyCode, one.enhancedStatusCode].filter((code) => code !== null).join(' ')
  const hours = turn.tools.timeline?.hours
  return [
    `Recipient: ${address(turn)}`,
    report.subject ? `Subject: ${oneLine(report.subject)}` : undefined,
    report.arrivalDate ? `Sent: ${report.arrivalDate}` : undefined,
    report.reportDate
      ? `Report: ${report.reportDate}${hours && hours >= 1 ? ` (after ${span(hours)})` : ''}`
      : undefined,
    report.reportingMta ? `Report written by: ${report.reportingMta}` : undefined,
    one.remoteMta ? `Server that was addressed: ${one.remoteMta}` : undefined,
    codes ? `Code: ${codes}` : undefined,
    one.diagnosticCode ? `Its words: ${oneLine(one.diagnosticCode)}` : undefined,
    report.messageId ? `Message-ID: ${report.messageId}` : undefined,
  ]
}

function told(turn: Turn): Lines {
  const meetings = turn.facts.some(
    ({ name, value }) => name === 'messagesAffected' && value === 'meetings',
  )
  return meetings ? ['Only meeting requests fail; ordinary mail to the same person arrives.'] : []
}
