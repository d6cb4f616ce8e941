/** "Must our IT do something?", "did he do anything wrong?": yes or no, by who can act. */
import type { Actor, Diagnosis } from '../../../kb/types.ts'
import type { Draft } from '../draft.ts'
import { sayPart } from '../open.ts'
import { adminSteps } from '../say/admin.ts'
import { actors, senderSteps } from '../say/verdict.ts'
import { partsWith } from '../sections.ts'
import { mainArticle, type Turn } from '../turn.ts'
import { fault } from './blame.ts'
import { tell } from './tell.ts'

type Party = { readonly words: RegExp; readonly actors: readonly Actor[]; readonly name: string }

/** Who may be meant, the more exact words first. */
const PARTIES: readonly Party[] = [
  {
    words:
      /\b(?:their|her|his|the other|other side'?s?|over there)\b[\w' ]{0,20}\b(?:it|admins?|side|server|postmaster|people|helpdesk|dns|provider)\b|\bthe owner\b|\bowner of\b/i,
    actors: ['recipient-admin', 'recipient'],
    name: 'the other side',
  },
  {
    words:
      /\b(?:our|my|own|your)\b[\w' ]{0,14}\b(?:it|admins?|help ?desk|server|sysadmin|it guy|department|support)\b|\bfor it\b|\badmins?\b|\bhelp ?desk\b/i,
    actors: ['sender-admin'],
    name: 'your own mail admin',
  },
  {
    words: /\b(?:providers?|host(?:er|ing)?|microsoft|google|isp)\b/i,
    actors: ['provider'],
    name: 'the provider',
  },
  {
    words: /\b(?:he|she|him|her|recipient|customer|client|user|addressee)\b/i,
    actors: ['recipient'],
    name: 'the recipient',
  },
  {
    words: /\b(?:they|them|other side)\b/i,
    actors: ['recipient-admin', 'recipient'],
    name: 'the other side',
  },
  {
    words: /\b(?:us|we|ours?)\b/i,
    actors: ['sender-admin', 'sender'],
    name: 'your own side',
  },
  { words: /\b(?:i|me|my|mine|myself)\b/i, actors: ['sender'], name: 'you' },
]

const WRONG = /\b(?:wrong|fault|mistake|guilty|blame|mess(?:ed)?|broke|break|cause[ds]?)\b/i
/** Asks whether there is nothing to do: yes and no change places. */
const NOTHING = /\bnothing\b|\bnot (?:up to|for|on)\b|\b(?:can't|cannot|can not) do\b/i
const TELLING = /\b(?:tell|inform|warn|notify)\b/i
const EITHER = /\bor\b|\bwho\b/i

export function party(turn: Turn, draft: Draft): boolean {
  const { diagnosis, own, report } = turn
  if (!diagnosis || !report || report.kind !== 'failure') return fault(turn, draft)
  // whom to tell is no matter of who can mend it
  if (TELLING.test(own)) return tell(turn, draft)
  // the one who may act is asked for, not whether
  if (EITHER.test(own)) return between(turn, draft)
  const asked = subjectOf(own) ?? PARTIES.find(({ words }) => words.test(own))
  if (!asked) return fault(turn, draft)
  const mark = draft.cite(mainArticle(turn), '')
  const acts = asked.actors.some((one) => diagnosis.actors.includes(one))
  if (WRONG.test(own)) sayWrong(diagnosis, asked, draft, mark)
  else {
    const negative = NOTHING.test(own)
    const says = acts === negative ? 'No' : 'Yes'
    draft.add(`**${says}: ${whatOf(diagnosis, asked, acts)}.** ${diagnosis.summary}${mark}`)
  }
  saySteps(turn, draft, asked, acts)
  return true
}

/** "Can we allow it for her?" is about us: who stands behind the verb goes before who else is named. */
function subjectOf(own: string): Party | undefined {
  const [, subject = ''] =
    /\b(?:can|could|must|should|shall|may|do|does|did|has|have|had|will|would|is|are|was)\s+((?:[\w'’]+\s+){1,3})/i.exec(
      own,
    ) ?? []
  const [first = ''] = subject.trim().split(/\s+/)
  const short = /^(?:i|we|you|he|she|they)$/i.test(first) ? first : subject
  return PARTIES.find(({ words }) => words.test(short))
}

function whatOf(diagnosis: Diagnosis, { name, actors: wanted }: Party, acts: boolean): string {
  const first = wanted.some((one) => one === diagnosis.actors[0])
  if (!acts) return `it is not for ${name} to mend; that is for ${actors(diagnosis)}`
  return first
    ? `${name} can act, before all others`
    : `${name} can act, after ${firstOf(diagnosis)}`
}

const firstOf = ({ actors: list, ...rest }: Diagnosis): string =>
  actors({ ...rest, actors: list.slice(0, 1) })

/** Who can mend something need not have done something wrong. */
function sayWrong(
  diagnosis: Diagnosis,
  { name, actors: wanted }: Party,
  draft: Draft,
  mark: string,
) {
  const first = wanted.some((one) => one === diagnosis.actors[0])
  draft.add(
    first
      ? `**The report blames nobody, but it lies with ${name}:** that is where it can be mended. ${diagnosis.summary}${mark}`
      : `**No, nothing in the report says so.** ${diagnosis.summary}${mark}`,
  )
  draft.add(`**Who can fix it:** ${actors(diagnosis)}.`)
}

function between(turn: Turn, draft: Draft): boolean {
  const { diagnosis } = turn
  if (!diagnosis) return false
  draft.add(
    `**${capital(actors(diagnosis))}.** ${diagnosis.summary}${draft.cite(mainArticle(turn), '')}`,
  )
  const [first] = diagnosis.actors
  const one = PARTIES.find(({ actors: list }) => first !== undefined && list[0] === first)
  if (one) saySteps(turn, draft, one, true)
  return true
}

const capital = (text: string): string => `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}`

/** What the one who was asked about can do, where there is something. */
function saySteps(turn: Turn, draft: Draft, { actors: wanted }: Party, acts: boolean): void {
  if (!acts) return
  const [actor] = wanted
  if (actor === 'sender') senderSteps(turn, draft)
  else if (actor === 'sender-admin' || actor === 'provider') adminSteps(turn, draft)
  if (actor !== 'recipient' && actor !== 'recipient-admin') return
  const article = mainArticle(turn)
  const [part] = article ? partsWith(article, 'recipient-side') : []
  if (article && part) sayPart(turn, draft, article, part, 600)
}
