/**
 * The shapes that Bouncewise speaks, as TypeBox (JSON Schema): what leaves through HTTP and what the
 * data files of the KB hold. Types are derived from these in `types.ts`, never written twice.
 * Not for browser code: import `types.ts` there (types only, nothing is bundled).
 */
import { type TSchema, Type } from 'typebox'

const nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const text = nullable(Type.String())

/** Reasons: the vocabulary of Sisimai in lower case, so that results can be compared and exchanged. */
export const REASONS = [
  'authfailure',
  'badreputation',
  'blocked',
  'contenterror',
  'delivered',
  'exceedlimit',
  'expired',
  'failedstarttls',
  'feedback',
  'filtered',
  'hasmoved',
  'hostunknown',
  'mailboxfull',
  'mailererror',
  'mesgtoobig',
  'networkerror',
  'norelaying',
  'notaccept',
  'notcompliantrfc',
  'onhold',
  'policyviolation',
  'rejected',
  'requireptr',
  'securityerror',
  'spamdetected',
  'speeding',
  'suspend',
  'syntaxerror',
  'systemerror',
  'systemfull',
  'toomanyconn',
  'undefined',
  'userunknown',
  'vacation',
  'virusdetected',
] as const

/** Who can act on a failure. */
export const ACTORS = [
  'sender',
  'sender-admin',
  'recipient',
  'recipient-admin',
  'provider',
] as const

export const KINDS = ['failure', 'delay', 'success', 'auto-reply', 'complaint', 'none'] as const

/** RFC 3464, section 2.3.3. */
export const ACTIONS = ['failed', 'delayed', 'delivered', 'relayed', 'expanded'] as const

/** How a class of mail is to be treated when the person asks "shall I send it again?". */
export const RESEND = [
  'no-need', // it arrived, or it is still on its way
  'wait', // a retry is running: do nothing
  'later', // nothing to change, try again after some time
  'after-fix', // only after somebody has changed something
  'new-address', // only to a corrected address
  'smaller', // only smaller or by another way
  'fewer', // to fewer recipients at a time
  'never', // it was not your mail, or it must not be sent again
  'unknown',
] as const

const literals = <T extends readonly string[]>(values: T) =>
  Type.Unsafe<T[number]>(Type.String({ enum: [...values] }))

export const Reason = literals(REASONS)
export const Actor = literals(ACTORS)
export const Kind = literals(KINDS)
export const Action = literals(ACTIONS)
export const Resend = literals(RESEND)
export const Audience = literals(['sender', 'admin'] as const)

/* ---------------------------------------------------------------- what a paste says */

/** Where a field was read: UTF-16 offsets into `Report.text`, end exclusive. */
export const Evidence = Type.Object({
  field: Type.String(),
  start: Type.Integer({ minimum: 0 }),
  end: Type.Integer({ minimum: 0 }),
})

/** One recipient's part of a report (RFC 3464, section 2.3). What the input does not say is null. */
export const Recipient = Type.Object({
  finalRecipient: text,
  originalRecipient: text,
  action: nullable(Action),
  enhancedStatusCode: nullable(Type.String({ pattern: '^[245]\\.\\d{1,3}\\.\\d{1,3}$' })),
  replyCode: nullable(Type.Integer({ minimum: 200, maximum: 599 })),
  diagnosticCode: text,
  remoteMta: text,
  reason: Reason,
  permanent: nullable(Type.Boolean()),
  /** id of the rule in `kb/data` that named the reason; null where none spoke */
  rule: text,
  /** id of the provider whose server refused (`kb/data/providers`), where it can be told */
  provider: text,
  /** SMTP command that was answered, in capitals: CONN, EHLO, MAIL, RCPT, DATA … */
  command: text,
  lastAttemptDate: text,
  willRetryUntil: text,
  evidence: Type.Array(Evidence),
})

export const Generator = Type.Object({
  /** id in `kb/data/products.json` */
  id: text,
  /** its name for people */
  product: text,
  version: text,
  host: text,
})

export const Report = Type.Object({
  kind: Kind,
  layout: text,
  generator: Generator,
  language: text,
  subject: text,
  /** ISO 8601; without an offset where the input names none */
  arrivalDate: text,
  reportDate: text,
  messageId: text,
  reportingMta: text,
  recipients: Type.Array(Recipient),
  /** the normalised input that the offsets point into; of a raw mail, the decoded parts that were read */
  text: Type.String(),
  /** contradictions and oddities, one English sentence each */
  warnings: Type.Array(Type.String()),
  /** the same and more as ids, for rules: "status-contradiction", "phishing-lure", "meeting-request" … */
  signs: Type.Array(Type.String()),
})

/* ---------------------------------------------------------------- what it means */

export const Cause = Type.Object({
  id: Type.String(),
  title: Type.String(),
  likelihood: Type.Number({ minimum: 0, maximum: 1 }),
  why: Type.Array(Type.String()),
  articleId: Type.String(),
})

export const Question = Type.Object({
  id: Type.String(),
  text: Type.String(),
  options: Type.Array(Type.String()),
})

export const Diagnosis = Type.Object({
  summary: Type.String(),
  reason: Reason,
  permanent: nullable(Type.Boolean()),
  actors: Type.Array(Actor),
  resend: Resend,
  codes: Type.Array(
    Type.Object({ code: Type.String(), meaning: Type.String(), source: Type.String() }),
  ),
  causes: Type.Array(Cause),
  nextSteps: Type.Object({ sender: Type.Array(Type.String()), admin: Type.Array(Type.String()) }),
  questions: Type.Array(Question),
})

/* ---------------------------------------------------------------- what is answered */

export const Citation = Type.Object({
  n: Type.Integer({ minimum: 1 }),
  articleId: Type.String(),
  title: Type.String(),
  heading: Type.String(),
  url: Type.String(),
})

/* ---------------------------------------------------------------- data files of the KB */

const id = Type.String({ pattern: '^[a-z0-9][a-z0-9.-]*$' })
const url = Type.String({ pattern: '^https?://' })
const codePattern = Type.String({ pattern: '^[245X]\\.\\d{1,3}\\.\\d{1,3}$' })
const month = Type.String({ pattern: '^\\d{4}-\\d{2}$' })

/**
 * One phrase rule: which refusal it recognises and what that means. `phrases` are lower case with
 * blanks collapsed and are looked for in this order, with anything in between; `enhancedStatusCode`
 * and `replyCode` must be equal where given ("X" stands for any class). Every example is answered by
 * its own rule through the whole engine: a test proves it.
 */
export const Rule = Type.Object(
  {
    id,
    enhancedStatusCode: Type.Optional(codePattern),
    replyCode: Type.Optional(Type.Integer({ minimum: 200, maximum: 599 })),
    phrases: Type.Array(Type.String({ minLength: 2 })),
    reason: Reason,
    permanent: Type.Optional(Type.Boolean()),
    /** what it means, in our words; shown with the code */
    meaning: Type.Optional(Type.String()),
    /** id of a cause in `kb/data/causes` that this wording makes certain or likely */
    cause: Type.Optional(id),
    /** id of the article that explains it */
    article: Type.Optional(id),
    examples: Type.Array(Type.String(), { minItems: 1 }),
    source: url,
    reviewed: month,
    /** true where no source was read for it */
    unverified: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
)

/** One refusing provider (or one MTA's wording): how its servers are named and what they say. */
export const RuleFile = Type.Object(
  {
    id,
    name: Type.String(),
    /** suffixes of host names of its mail exchangers; a rule of this file is tried first there */
    hosts: Type.Array(Type.String()),
    /** wording that only its servers use: where the host is not told, this names the refuser */
    marks: Type.Optional(Type.Array(Type.String({ minLength: 4 }))),
    /** ids in `products.json` whose reports carry this wording: its rules come first there */
    products: Type.Optional(Type.Array(id)),
    rules: Type.Array(Rule),
  },
  { additionalProperties: false },
)

/** One registered code (RFC 3463 and the IANA registry), class digit X. */
export const StatusCode = Type.Object(
  {
    code: codePattern,
    name: Type.String(),
    meaning: Type.String(),
    reason: Reason,
    reference: Type.String(),
    source: url,
    article: Type.Optional(id),
  },
  { additionalProperties: false },
)

export const ReplyCode = Type.Object(
  {
    code: Type.Integer(),
    name: Type.String(),
    meaning: Type.String(),
    reason: Reason,
    reference: Type.String(),
    source: url,
    article: Type.Optional(id),
  },
  { additionalProperties: false },
)

/** A product or service that writes reports or sends mail. `aliases`: how people call it, lower case. */
export const Product = Type.Object(
  {
    id,
    name: Type.String(),
    family: id,
    aliases: Type.Array(Type.String()),
  },
  { additionalProperties: false },
)

/**
 * A condition on facts: "name=value", "name=a|b", "name!=value", "name>=n", "name<=n", or
 * "text~phrase|other phrase" (wording anywhere in the report). All of a list must hold.
 */
const condition = Type.String({ pattern: '^[a-zA-Z][a-zA-Z0-9.-]*(=|!=|>=|<=|~).+$' })
const conditions = Type.Array(condition, { minItems: 1 })

/** What to do: a sentence, or one that holds only under conditions ("unless the recipient knows already"). */
export const Step = Type.Union([
  Type.String(),
  Type.Object({ if: conditions, say: Type.String() }, { additionalProperties: false }),
])

/** One way in which mail fails, with what speaks for it. `when`: any of these lists makes it a candidate. */
export const CauseData = Type.Object(
  {
    id,
    title: Type.String(),
    article: id,
    actors: Type.Array(Actor, { minItems: 1 }),
    resend: Resend,
    permanent: Type.Optional(Type.Boolean()),
    when: Type.Array(conditions, { minItems: 1 }),
    /** log-odds before any signal; 0 is "as likely as not knowing" */
    base: Type.Number({ minimum: -6, maximum: 6 }),
    signals: Type.Array(
      Type.Object(
        {
          if: conditions,
          weight: Type.Number({ minimum: -8, maximum: 8 }),
          why: Type.String(),
        },
        { additionalProperties: false },
      ),
    ),
    /** one plain sentence for the person who pasted it; replaces the reason's where this cause leads */
    summary: Type.Optional(Type.String()),
    steps: Type.Object(
      { sender: Type.Array(Step), admin: Type.Array(Step) },
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false },
)

/** A fact that a person can tell and a report cannot: the question that asks it, and what answers say. */
export const FactData = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z][a-zA-Z0-9]*$' }),
    question: Type.String(),
    /** when the question makes sense at all: any of these lists */
    ask: Type.Array(conditions),
    options: Type.Array(
      Type.Object(
        {
          value: id,
          label: Type.String(),
          /** wordings that state it unasked; lower case, words in this order with anything between */
          says: Type.Array(Type.String()),
        },
        { additionalProperties: false },
      ),
      { minItems: 2 },
    ),
  },
  { additionalProperties: false },
)

/** Phrases are lower case with blanks collapsed; a blank stands for any run of blanks and line ends. */
const phrase = Type.String({ minLength: 2 })
const phraseList = Type.Optional(Type.Array(phrase))

/**
 * How the reports of one product or service look: what is recognised (`forms`), and which words lead to
 * what is read. The words of all files are looked for in every text, so a layout helps its relatives.
 */
export const Layout = Type.Object(
  {
    id,
    name: Type.String(),
    /** id in `kb/data/products.json`; null where the layout is nobody's own */
    product: nullable(id),
    source: url,
    reviewed: month,
    /** any form is enough; of a form all phrases must be there */
    forms: Type.Array(
      Type.Object(
        {
          all: Type.Array(phrase, { minItems: 1 }),
          kind: Kind,
          language: Type.Optional(Type.String()),
          /** which release, where the wording tells */
          version: Type.Optional(Type.String()),
          /** false: from knowledge or one unofficial page, no sample and no documentation was seen */
          verified: Type.Boolean(),
        },
        { additionalProperties: false },
      ),
    ),
    /** what stands right before … the host that wrote the report */
    host: phraseList,
    /** … the version of the software */
    version: phraseList,
    /** … a recipient, inside a sentence or after a label */
    lead: phraseList,
    /** … a list of recipients */
    list: phraseList,
    /** … the cause, in words or as the reply of a server */
    cause: phraseList,
    /** … the refusing host */
    remote: phraseList,
    /** … the dialogue with the refusing server */
    transcript: phraseList,
    /** … the returned message: nothing of the report comes after it */
    end: phraseList,
    /** … what the report says about the original message, and not about itself */
    original: phraseList,
    /** wording that makes a report of any layout one of this kind */
    delay: phraseList,
    failure: phraseList,
    final: phraseList,
    success: phraseList,
    /** wording of mails that pretend to be a report; each wants a click */
    lure: phraseList,
    /** wording that signs are read from */
    marker: phraseList,
  },
  { additionalProperties: false },
)

/** What every failure of one reason has in common, for the card and where no cause is known. */
export const ReasonData = Type.Object(
  {
    id: Reason,
    name: Type.String(),
    summary: Type.String(),
    actors: Type.Array(Actor, { minItems: 1 }),
    resend: Resend,
    article: Type.Optional(id),
  },
  { additionalProperties: false },
)

/** Front matter of an article or note. */
export const FrontMatter = Type.Object(
  {
    id,
    title: Type.String({ minLength: 5, maxLength: 140 }),
    kind: literals(['article', 'note'] as const),
    codes: Type.Array(codePattern),
    replyCodes: Type.Array(Type.Integer()),
    reasons: Type.Array(Reason),
    causes: Type.Array(id),
    products: Type.Array(id),
    providers: Type.Array(id),
    audience: Type.Array(Audience, { minItems: 1 }),
    askedAs: Type.Array(Type.String(), { minItems: 3, maxItems: 8 }),
    sources: Type.Array(
      Type.Object({ url, supports: Type.String() }, { additionalProperties: false }),
      { minItems: 1 },
    ),
    reviewed: month,
    unverified: Type.Array(Type.String()),
    related: Type.Optional(Type.Array(id)),
  },
  { additionalProperties: false },
)
