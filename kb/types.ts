/** The shared language of the program. Types only: nothing of this file reaches a bundle. */
import type { Static } from 'typebox'
import type * as schema from './schema.ts'

export type Reason = Static<typeof schema.Reason>
export type Actor = Static<typeof schema.Actor>
export type Kind = Static<typeof schema.Kind>
export type Action = Static<typeof schema.Action>
export type Resend = Static<typeof schema.Resend>
/** Who reads the answer: the person who wrote the mail, or whoever runs the mail system. */
export type Audience = Static<typeof schema.Audience>

export type Evidence = Static<typeof schema.Evidence>
export type Recipient = Static<typeof schema.Recipient>
export type Report = Static<typeof schema.Report>
export type Diagnosis = Static<typeof schema.Diagnosis>
export type DiagnosedCause = Static<typeof schema.Cause>
export type Question = Static<typeof schema.Question>
export type Citation = Static<typeof schema.Citation>

export type Rule = Static<typeof schema.Rule>
export type RuleFile = Static<typeof schema.RuleFile>
export type StatusCode = Static<typeof schema.StatusCode>
export type ReplyCode = Static<typeof schema.ReplyCode>
export type Product = Static<typeof schema.Product>
export type Step = Static<typeof schema.Step>
export type CauseData = Static<typeof schema.CauseData>
export type FactData = Static<typeof schema.FactData>
export type Layout = Static<typeof schema.Layout>
export type ReasonData = Static<typeof schema.ReasonData>
export type FrontMatter = Static<typeof schema.FrontMatter>

/**
 * Something known about the case: from the report ("product" = "exchange-2003") or told by the person
 * ("messagesAffected" = "meetings"). What the person says later replaces what was known before.
 */
export type Fact = {
  readonly name: string
  readonly value: string
  readonly from: 'report' | 'person'
}

/* ------------------------------------------------------------ text as typed blocks, never HTML */

/** Text inside a block. `cite` points to `Citation.n`. Links exist only to the KB's own pages and sources. */
export type Inline =
  | { readonly t: 'text'; readonly v: string }
  | { readonly t: 'code'; readonly v: string }
  | { readonly t: 'strong' | 'em'; readonly c: readonly Inline[] }
  | { readonly t: 'link'; readonly href: string; readonly c: readonly Inline[] }
  | { readonly t: 'cite'; readonly n: number }
  | { readonly t: 'br' }

/**
 * One block of an answer or an article. `code.title` names what to copy ("Text to send to …",
 * "PowerShell"); `code.lang` is a hint only.
 */
export type Block =
  | { readonly t: 'p'; readonly c: readonly Inline[] }
  | {
      readonly t: 'h'
      readonly level: 2 | 3 | 4
      readonly id: string
      readonly c: readonly Inline[]
    }
  | { readonly t: 'ul'; readonly items: readonly (readonly Block[])[] }
  | { readonly t: 'ol'; readonly start: number; readonly items: readonly (readonly Block[])[] }
  | { readonly t: 'code'; readonly v: string; readonly lang: string; readonly title: string }
  | {
      readonly t: 'table'
      readonly head: readonly (readonly Inline[])[]
      readonly rows: readonly (readonly (readonly Inline[])[])[]
    }
  | { readonly t: 'quote'; readonly blocks: readonly Block[] }
  | { readonly t: 'hr' }

/* ------------------------------------------------------------ the conversation, as it travels */

export type ChatMessage = { readonly role: 'user' | 'assistant'; readonly content: string }

/** The whole answer: what `POST /api/chat` returns as JSON and what the stream's last event holds. */
export type ChatAnswer = {
  readonly answer: string
  readonly blocks: readonly Block[]
  readonly report: Report | null
  readonly diagnosis: Diagnosis | null
  readonly citations: readonly Citation[]
  readonly suggestions: readonly string[]
  readonly answered: boolean
  readonly answeredBy: 'rules' | 'model'
  /** whom it was written for: as the request says, else as the words and the paste tell */
  readonly audience: Audience
  /** one honest line when something fell back or was taken out; empty otherwise */
  readonly notices: readonly string[]
}

/**
 * What an answer consists of while it grows, in this order: `report` and `diagnosis` before the first
 * `answer`. An `answer` event says that the blocks from `index` on are now `blocks` (replace, don't
 * append); `text` is the piece of Markdown that came in with it. Last: `done` or `failed`.
 */
export type AnswerEvent =
  | { readonly type: 'report'; readonly report: Report | null }
  | { readonly type: 'diagnosis'; readonly diagnosis: Diagnosis | null }
  | {
      readonly type: 'answer'
      readonly text: string
      readonly index: number
      readonly blocks: readonly Block[]
    }
  | { readonly type: 'done'; readonly result: ChatAnswer }
  | { readonly type: 'failed'; readonly error: { readonly code: string; readonly message: string } }

/* ------------------------------------------------------------ articles and passages */

/** What a section of an article is for, told by its heading. */
export type SectionRole =
  | 'lead'
  | 'meaning'
  | 'recognise'
  | 'why'
  | 'sender'
  | 'sender-admin'
  | 'recipient-side'
  | 'check'
  | 'lookalike'
  | 'other'

/** One section of an article: heading path below the title, its Markdown, its role. */
export type Section = {
  readonly heading: string
  readonly path: readonly string[]
  readonly role: SectionRole
  readonly markdown: string
}

export type Article = FrontMatter & { readonly sections: readonly Section[] }

/** What is looked for. Everything but `text` comes from the report, the diagnosis and the person. */
export type Query = {
  readonly text: string
  readonly codes: readonly string[]
  readonly reasons: readonly Reason[]
  readonly causes: readonly string[]
  readonly products: readonly string[]
  readonly providers: readonly string[]
  readonly audience?: Audience
  /** leaves out every article that is not for this audience, or is about other products than these */
  readonly only?: {
    readonly audience?: Audience | undefined
    readonly products?: readonly string[] | undefined
  }
}

/** A chunk that was found, with what it scored and why. */
export type Passage = {
  readonly chunkId: number
  readonly articleId: string
  readonly title: string
  readonly heading: string
  readonly role: SectionRole
  readonly markdown: string
  readonly url: string
  readonly score: number
  /** the parts of the score, by name: lexical, vector, codes, diagnosis … */
  readonly explain: Readonly<Record<string, number>>
}

/** `answer`: found; `nearest`: not sure, these are closest; `none`: nothing here answers this. */
export type Band = 'answer' | 'nearest' | 'none'
export type Retrieval = {
  readonly band: Band
  readonly confidence: number
  readonly passages: readonly Passage[]
}
