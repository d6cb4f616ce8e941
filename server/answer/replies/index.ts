/** Follow-up questions about the report under discussion, each answered from the report and the KB. */
import type { Draft } from '../draft.ts'
import type { IntentId } from '../intent.ts'
import type { Turn } from '../turn.ts'
import {
  aware,
  copy,
  doubt,
  ifNever,
  narrow,
  otherAccount,
  otherWay,
  prevent,
  program,
  proof,
  recall,
  risk,
  smaller,
  spread,
  stranger,
} from './aspects.ts'
import { delivered, fault, personal, resend, who } from './blame.ts'
import { genuine, listed, notlisted } from './doubt.ts'
import { source, sure, why } from './grounds.ts'
import { guess, whichPart } from './guess.ts'
import { lookup } from './lookup.ts'
import { apply, check, contact, forget, ignore, off, upset, whereSet } from './manage.ts'
import {
  command,
  doit,
  fix,
  inbound,
  next,
  noreport,
  silent,
  size,
  slip,
  still,
  theirs,
  urgent,
  warn,
} from './mend.ts'
import { party } from './party.ts'
import { again, detail, short, simpler } from './plain.ts'
import { difference, identify, product } from './product.ts'
import { recipient } from './recipients.ts'
import { forAdmins, retext, tell } from './tell.ts'
import { clock, duration, future, lasting } from './time.ts'

export { TALK } from './talk.ts'

/** Says something and returns true, or says nothing and returns false: then the next one is asked. */
export type Reply = (turn: Turn, draft: Draft) => boolean

export const REPLIES: Readonly<Partial<Record<IntentId, Reply>>> = {
  duration,
  'duration-future': future,
  lasting,
  fault,
  resend,
  delivered,
  tell,
  'for-admins': forAdmins,
  check,
  command,
  who,
  why,
  sure,
  source,
  still,
  fix,
  next,
  explain: again,
  simpler,
  short,
  detail,
  genuine,
  recipient,
  notlisted,
  doit,
  warn,
  silent,
  listed,
  urgent,
  theirs,
  size,
  personal,
  clock,
  product,
  identify,
  difference,
  inbound,
  noreport,
  slip,
  aware,
  prevent,
  'if-never': ifNever,
  'other-account': otherAccount,
  'other-way': otherWay,
  spread,
  narrow,
  smaller,
  'which-part': whichPart,
  party,
  ignore,
  proof,
  stranger,
  copy,
  lookup,
  'where-set': whereSet,
  forget,
  program,
  upset,
  contact,
  doubt,
  risk,
  apply,
  off,
  recall,
  retext,
  guess,
}
