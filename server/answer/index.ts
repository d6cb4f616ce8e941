/** The face of answering, and the only place that knows the order: conversation in, events out. */
import { diagnose } from '../../kb/diagnose/index.ts'
import { ANY_CASE, placeOf } from '../../kb/faq.ts'
import { parseText } from '../../kb/ndr/index.ts'
import { readReport } from '../../kb/ndr/read.ts'
import type {
  AnswerEvent,
  Article,
  Audience,
  Block,
  ChatAnswer,
  ChatMessage,
  Query,
  Report,
  Retrieval,
} from '../../kb/types.ts'
import { toBlocks } from '../markdown/index.ts'
import { languageIdOf, toEnglish } from '../retrieve/translate.ts'
import { aboutRecipient } from './about-one.ts'
import { questionBeside } from './asks.ts'
import { audienceOf } from './audience.ts'
import { compose } from './compose.ts'
import { type Conversation, type Reader, readConversation } from './conversation.ts'
import { createDraft, type Draft } from './draft.ts'
import { familyIds } from './family.ts'
import { type FaqHit, type Likeness, prepareFaq, rankFaq } from './faq.ts'
import { codesNamed, type Intent, intentOf, readIntents } from './intent.ts'
import { type Nearest, withNearest } from './nearest.ts'
import { toQuery } from './query.ts'
import { suggestions } from './suggest.ts'
import { runTools } from './tools/index.ts'
import { caseIds, productsOf, type Turn } from './turn.ts'
import { spelled } from './typing.ts'

export type ChatRequest = {
  readonly messages: readonly ChatMessage[]
  readonly audience?: Audience | undefined
  readonly locale?: string | undefined
  /** files that came with the last message: a mail, a .msg, a text */
  readonly files?: readonly (Uint8Array | string)[] | undefined
}

/** A language model that may put the rules' answer into better words, checked: see `server/model`. */
export type Rewrite = (draft: ChatAnswer, turn: Turn) => AsyncIterable<AnswerEvent>

export type AnswerDeps = {
  retrieve(query: Query): Promise<Retrieval>
  article(id: string): Article | undefined | Promise<Article | undefined>
  /** what a follow-up means where no wording fits; without it, wordings alone tell */
  readonly nearest?: Nearest | undefined
  /** how much the question is like others; without it, none is known in other words */
  readonly likeness?: Likeness | undefined
  readonly rewrite?: Rewrite | undefined
  /** reads one message; the parser of `kb/ndr` unless a test brings another */
  readonly read?: Reader | undefined
}

/**
 * Answers the last message of a conversation. Events come in this order: report, diagnosis, answer as
 * it grows, done. Nothing is kept between calls.
 */
export async function* answer(request: ChatRequest, deps: AnswerDeps): AsyncGenerator<AnswerEvent> {
  const files = (request.files ?? []).map(readReport)
  const conversation = readConversation(request.messages, deps.read ?? parseText, files)
  const { facts } = conversation.current
  const report = discussed(conversation)
  yield { type: 'report', report: shown(conversation) }
  const diagnosis = diagnose(report, facts)
  yield { type: 'diagnosis', diagnosis }
  const base = await guessed(understand(request, conversation, diagnosis), deps.nearest)
  const retrieval = await deps.retrieve(toQuery({ ...base, conversation, report, diagnosis }))
  const faq = await asked(base, deps.likeness)
  const articles = await load(idsFor(base, retrieval, faq), deps)
  const turn: Turn = { ...base, retrieval, faq, articles }
  const draft = createDraft()
  const { answered } = compose(turn, draft)
  const result = toAnswer(turn, draft, answered)
  if (deps.rewrite && answered) {
    yield* deps.rewrite(result, turn)
    return
  }
  yield* grow(draft)
  yield { type: 'done', result }
}

/** The report under discussion, of the one recipient that was picked where it has several. */
function discussed({ current, recipient }: Conversation): Report | null {
  return current.report && recipient !== null
    ? aboutRecipient(current.report, recipient)
    : current.report
}

type Base = Omit<Turn, 'retrieval' | 'articles' | 'faq'>

/** Adds what the embedding model takes a follow-up for: only talk has a meaning, and told facts have theirs. */
async function guessed(base: Base, nearest: Nearest | undefined): Promise<Base> {
  const { conversation, codes, tools, own, intents } = base
  const { last, answered } = conversation
  const isPaste = own.trim().split(/\s+/).length > LONGEST_TALK
  const isTalk = !last.report && !last.line && own.trim() !== '' && !answered && !isPaste
  const named = codes.enhanced.length > 0 || tools.banner || tools.tracked || tools.logRow
  if (!isTalk || named) return base
  if (!base.diagnosis) return { ...base, intents: await withoutCase(intents, own, nearest) }
  const least = languageIdOf(last.own) ? SURE_OF_GLOSS : 0
  const first = await withNearest(intents, own, nearest, readIntents, least)
  const all = first.length > 0 ? first : await inherited(base, nearest)
  return { ...base, intents: all }
}

/** A text put into English word by word has lost its grammar: what it is near to must be clear. */
const SURE_OF_GLOSS = 0.38

/** What has more words than these was pasted, whatever it is: its sentences are not the person's own. */
const LONGEST_TALK = 60

/** A question without a case is looked up: what is learnt there only adds to what the wording told. */
async function withoutCase(
  told: readonly Intent[],
  own: string,
  nearest: Nearest | undefined,
): Promise<readonly Intent[]> {
  const learnt = await withNearest(told, own, nearest, undefined, PLAIN)
  return told.length > 0 ? [...told, ...learnt.filter((one) => !told.includes(one))] : learnt
}
/** So clear must a meaning be, where no case lends it one. */
const PLAIN = 0.55

/** "Or rename it?" goes on with the question before. */
async function inherited(
  { conversation, own }: Base,
  nearest: Nearest | undefined,
): Promise<readonly Intent[]> {
  const before = conversation.earlier.at(-1)
  const goesOn = GOES_ON.test(own)
  const [self] = nearest ? await nearest(own) : []
  // it names a matter of its own
  if (self?.id === 'topic' && self.score >= TOPIC_SCORE) return []
  if (!before || !goesOn || own.trim().split(/\s+/).length > MOST_WORDS) return []
  const [intent] = await withNearest(readIntents(before), before, nearest, readIntents)
  return intent ? [intentOf(intent.id, own)] : []
}
const GOES_ON =
  /^\W*(?:or|also|what about|how about|(?:and|or) (?:the|for|in|on|with|without|from|my|our|her|his|their|to)|same)\b(?! if\b)/i
const TOPIC_SCORE = 0.3
/** More words than these ask by themselves. */
const MOST_WORDS = 7

/**
 * What is asked inside such a case and is like this. Beside a new report it is looked for among the case's
 * own questions alone, and where nothing is asked, what may come is only prepared for.
 */
async function asked(
  { conversation, diagnosis, report, own }: Base,
  likeness: Likeness | undefined,
): Promise<readonly FaqHit[]> {
  if (!likeness || !report) return []
  const { last } = conversation
  const ofCase = caseIds(diagnosis).slice(0, CAUSES)
  const question = last.report ? questionBeside(own) : last.line ? '' : own.trim()
  if (question !== '')
    return rankFaq(question, last.report ? ofCase : [...ofCase, ANY_CASE], likeness)
  // should the model fail here, the question that needs it asks it again, and says so
  if (last.report) prepareFaq(ofCase, likeness).catch(() => {})
  return []
}
/** So many causes are talked about at once. */
const CAUSES = 2

/** What is asked and about what, before anything is looked up. */
function understand(
  request: ChatRequest,
  conversation: Conversation,
  diagnosis: Turn['diagnosis'],
): Base {
  const { facts } = conversation.current
  const report = discussed(conversation)
  const { last, before } = conversation
  const isNew = last.report !== null
  // the wordings and the examples are English; a follow-up's words are few, and its gloss tells what it asks
  const own = spelled(isNew ? last.own : toEnglish(last.own) || last.own)
  return {
    conversation,
    report,
    facts,
    diagnosis,
    previous: isNew ? null : diagnose(report, before),
    audience: saysNoAdmin(conversation) ? 'sender' : (request.audience ?? audienceOf(conversation)),
    own,
    intents: own === last.own ? readIntents(own) : readIntents(`${last.own}. ${own}`),
    codes: codesNamed(own),
    tools: runTools(last.text, report, isNew),
    products: productsOf(own, report, facts, conversation.earlier),
  }
}

/** Whoever says so is answered as one, whatever the page is set to. */
const AS_SENDER =
  /\bi(?:'?m| am) (?:(?:only|just|merely) (?:the|a|an) (?!admin|administrator|it\b|sysadmin|postmaster)\w+|(?:not|no) (?:(?:the|an|a|our) )?(?:\w+ )?(?:admin\w*|it (?:guy|person|pro)|expert|techie?|technical)\b)/i
const saysNoAdmin = ({ last, earlier }: Conversation): boolean =>
  [...earlier, last.own].some((text) => AS_SENDER.test(text))

/** The report for the page: of a pasted line, what the parser made of it. */
const shown = ({ current, last }: Conversation): Report | null => current.report ?? last.line

const ALWAYS = [
  'contradicting-codes',
  'queue-expired',
  'get-full-report',
  'whom-to-tell',
  'reading-an-ndr',
]
const FOR_TOOLS = [
  'smtp-banners',
  'message-tracking-exchange-2003',
  'message-tracking-exchange-2007-2019',
  'smtp-protocol-logs-exchange-2003',
  'read-headers',
  'stale-autocomplete-imceaex',
  'blocklisted',
  'blocklist-answer-not-a-listing',
  'message-too-large',
  'dmarc-failures',
]

function idsFor(base: Base, { passages }: Retrieval, faq: readonly FaqHit[]): ReadonlySet<string> {
  return new Set([
    ...ALWAYS,
    ...FOR_TOOLS,
    ...(base.diagnosis?.causes.map(({ articleId }) => articleId) ?? []),
    ...base.intents.flatMap(({ articles }) => articles),
    ...(base.report ? [] : familyIds(base.own)),
    ...faq
      .slice(0, 3)
      .flatMap(({ articleId, entry }) => placeOf(entry, articleId)?.articleId ?? []),
    ...passages.map(({ articleId }) => articleId),
  ])
}

async function load(
  ids: ReadonlySet<string>,
  deps: AnswerDeps,
): Promise<ReadonlyMap<string, Article>> {
  const found = await Promise.all([...ids].map(async (id) => [id, await deps.article(id)] as const))
  return new Map(found.filter((pair): pair is readonly [string, Article] => pair[1] !== undefined))
}

function toAnswer(turn: Turn, draft: Draft, answered: boolean): ChatAnswer {
  const shownPieces = draft.pieces.filter((piece) => !draft.textOnly.has(piece))
  return {
    answer: draft.pieces.join('\n\n'),
    blocks: shownPieces.flatMap((piece) => toBlocks(piece, numbersOf(draft))),
    report: shown(turn.conversation),
    diagnosis: turn.diagnosis,
    citations: [...draft.citations],
    suggestions: [...suggestions(turn)],
    answered,
    answeredBy: 'rules',
    audience: turn.audience,
    notices: [],
  }
}

const numbersOf = ({ citations }: Draft): ReadonlySet<number> =>
  new Set(citations.map(({ n }) => n))

function* grow(draft: Draft): Generator<AnswerEvent> {
  const numbers = numbersOf(draft)
  let index = 0
  for (const [at, piece] of draft.pieces.entries()) {
    const blocks: Block[] = draft.textOnly.has(piece) ? [] : toBlocks(piece, numbers)
    yield { type: 'answer', text: at === 0 ? piece : `\n\n${piece}`, index, blocks }
    index += blocks.length
  }
}
