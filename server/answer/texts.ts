/** Ready texts to send, filled in from the report. Plain text in code blocks: copied, not rendered. */
import { span } from '../../kb/diagnose/summary.ts'
import type { Report } from '../../kb/types.ts'
import { actors } from './say/verdict.ts'
import type { Turn } from './turn.ts'
import { focus } from './turn.ts'

export type Addressee =
  | 'recipient'
  | 'short'
  | 'friendly'
  | 'own-it'
  | 'own-it-short'
  | 'postmaster'
  | 'service'
  | 'third'

/** Whose text an answer holds, the last one's; undefined where it holds none. */
export const addresseeIn = (answer: string): Addressee | undefined =>
  (Object.keys(TITLES) as Addressee[])
    .map((name) => ({ name, at: answer.indexOf(`text ${TITLES[name]}\n`) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at)[0]?.name

/** A text for one addressee as a Markdown code block with its title. */
export function textFor(turn: Turn, addressee: Addressee): string {
  const lines = TEXTS[addressee](turn).filter((line): line is string => line !== undefined)
  return `\`\`\`text ${TITLES[addressee]}\n${lines.join('\n').replaceAll('```', "'''")}\n\`\`\``
}

const TITLES: Readonly<Record<Addressee, string>> = {
  recipient: 'Text for the recipient (by phone, chat or another address)',
  short: 'Text for the recipient, short enough for a phone',
  friendly: 'Text for the recipient, in a friendly tone',
  'own-it': 'Text for your own IT or mail admin',
  'own-it-short': 'Text for your own IT or mail admin, in short',
  third: 'Text for somebody who wants to know what became of it',
  postmaster: "Text for the other side's mail admin",
  service: 'Text for the support of the service that sends your mail',
}

type Lines = readonly (string | undefined)[]

const TEXTS: Readonly<Record<Addressee, (turn: Turn) => Lines>> = {
  recipient: (turn) =>
    isLate(turn)
      ? [...late(turn)]
      : [
          'Hello,',
          '',
          `my mail${subject(turn.report)}${sent(turn.report)} to ${address(turn)} did not reach you: ${plainReason(turn)}`,
          'Could you pass the following on to whoever looks after your mail?',
          '',
          ...data(turn),
          '',
          'Until that is settled, please tell me another way to reach you.',
        ],
  short: (turn) =>
    isLate(turn)
      ? [`Hello, ${late(turn)[2] ?? ''}`]
      : [
          `Hello, my mail to ${address(turn)} did not reach you: ${plainReason(turn)} How else can I reach you?`,
        ],
  friendly: (turn) =>
    isLate(turn)
      ? [...late(turn), '', 'Best wishes']
      : [
          'Hi,',
          '',
          `just so that you know: I wrote to you at ${address(turn)}${subject(turn.report)}, but the mail did not get through: ${plainReason(turn)}`,
          'No harm done. How else can I reach you in the meantime?',
          '',
          'Best wishes',
        ],
  'own-it-short': (turn) => [
    `Hello, a mail of mine to ${address(turn)} came back. ${turn.diagnosis?.summary ?? ''} ${firstStep(turn)}The report is attached.`,
  ],
  third: (turn) =>
    isLate(turn)
      ? [
          `The mail${subject(turn.report)} to ${address(turn)} is late: a mail server still tries to hand it over. Nothing has to be done for now.`,
        ]
      : [
          `The mail${subject(turn.report)}${sent(turn.report)} to ${address(turn)} was not delivered. ${turn.diagnosis?.summary ?? ''}${whoActs(turn)}`,
        ],
  'own-it': (turn) => [
    'Hello,',
    '',
    `a mail of mine came back. ${turn.diagnosis?.summary ?? ''}`.trim(),
    '',
    ...data(turn),
    ...toldBefore(turn),
    '',
    ...(turn.diagnosis?.nextSteps.admin.length ? ['Suggested next steps:'] : []),
    ...(turn.diagnosis?.nextSteps.admin ?? []).slice(0, 4).map((step) => `- ${step}`),
    '',
    'The whole report is attached.',
  ],
  postmaster: (turn) => [
    'Hello,',
    '',
    `mail from us to ${address(turn)} is ${isLate(turn) ? 'delayed' : 'not delivered'}. Please look in your logs for the attempt below and tell us what your server objects to.`,
    '',
    ...data(turn),
    '',
    'Our sending server and its IP address: (to be filled in by our admin)',
    'Please answer to: (an address that works, or a phone number)',
  ],
  service: (turn) => [
    'Hello,',
    '',
    `mail that we send through you to ${address(turn)} ${isLate(turn) ? 'is delayed' : 'comes back'}. ${turn.diagnosis?.summary ?? ''}`.trim(),
    '',
    ...data(turn),
    '',
    'Please tell us whether this concerns a server of yours, what you do about it and until when, and what we have to change on our side.',
    'Our account: (to be filled in)',
  ],
}

const isLate = ({ report }: Turn): boolean => report?.kind === 'delay'

/** For the recipient of a mail that is still on its way. */
const late = (turn: Turn): readonly string[] => [
  'Hello,',
  '',
  `my mail${subject(turn.report)}${sent(turn.report)} to ${address(turn)} has not reached you yet: a mail server could not hand it over so far and goes on trying by itself. It may still arrive; if it is urgent, tell me another way to send it.`,
]

const firstStep = ({ diagnosis }: Turn): string => {
  const [step] = diagnosis?.nextSteps.admin ?? []
  return step ? `Could you look at this: ${step} ` : ''
}

const whoActs = ({ diagnosis }: Turn): string =>
  diagnosis && diagnosis.actors.length > 0 ? ` Who can mend it: ${actors(diagnosis)}.` : ''

const ADDRESS = /[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+/

/** By the report; where it names none, as the person wrote it. */
const address = (turn: Turn): string =>
  focus(turn)?.finalRecipient ?? focus(turn)?.originalRecipient ?? told(turn) ?? '(address)'

const told = ({ conversation, own }: Turn): string | undefined =>
  ADDRESS.exec([...conversation.earlier, own].join(' '))?.[0]
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, 400)
const subject = (report: Report | null): string =>
  report?.subject ? ` "${oneLine(report.subject)}"` : ''
const sent = (report: Report | null): string =>
  report?.arrivalDate ? ` of ${report.arrivalDate.slice(0, 16).replace('T', ' ')}` : ''

function plainReason(turn: Turn): string {
  const one = focus(turn)
  const known = one && REASONS[one.reason]
  return known ?? (one?.diagnosticCode ? 'a mail server refused it.' : 'it came back undelivered.')
}

/** In the words of somebody who writes to the recipient. */
const REASONS: Readonly<Record<string, string>> = {
  expired: 'our server tried to hand it over until the time for that was up.',
  mailboxfull: 'your mailbox is full and has no room for it.',
  userunknown: 'your mail system says that there is no such mailbox.',
  suspend: 'your mailbox takes no mail at present.',
  mesgtoobig: 'it is too large for your mail system.',
  exceedlimit: 'it is over a limit of your mail system.',
  blocked: 'your mail system refuses the server that it came from.',
  badreputation: 'your mail system refuses the server that it came from.',
  spamdetected: 'your mail system took it for spam.',
  contenterror: 'your mail system did not accept its content.',
  policyviolation: 'a rule of your mail system refuses it.',
  authfailure: 'your mail system could not confirm that it came from us.',
  filtered: 'your mailbox or its filter refuses it.',
  norelaying: 'the server that we were sent to does not take mail for your address.',
  hostunknown: 'the mail server of your domain could not be found.',
  networkerror: 'your mail server could not be reached.',
  systemfull: 'your mail server has no room left.',
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

function toldBefore(turn: Turn): Lines {
  const meetings = turn.facts.some(
    ({ name, value }) => name === 'messagesAffected' && value === 'meetings',
  )
  return meetings ? ['Only meeting requests fail; ordinary mail to the same person arrives.'] : []
}
