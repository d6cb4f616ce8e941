/**
 * Finds every known phrase (of the layouts, and the names of fields) in one pass over a text. At each
 * place where a word can begin, a hash of the next characters tells which phrases could follow;
 * so hundreds of phrases cost little more than one, and nothing in a phrase can make it slow.
 */
import type { Layout } from '../types.ts'
import { FIELDS, type Field } from './field-names.ts'
import { layoutsFor } from './layouts.ts'

/** What a phrase is for; those of `Layout`, and the name of a field (RFC 3464, RFC 5322 and others). */
export type Role =
  | 'form'
  | 'field'
  | 'host'
  | 'version'
  | 'lead'
  | 'list'
  | 'cause'
  | 'remote'
  | 'transcript'
  | 'end'
  | 'original'
  | 'delay'
  | 'failure'
  | 'final'
  | 'success'
  | 'lure'
  | 'marker'

export type Mark = {
  readonly role: Role
  readonly start: number
  readonly end: number
  readonly phrase: string
  readonly field: Field | null
}

type Entry = {
  readonly phrase: string
  readonly units: Uint16Array
  readonly id: number
  readonly uses: readonly Use[]
}
type Use = { readonly role: Role; readonly field: Field | null }
type Form = Layout['forms'][number] & { readonly layout: Layout; readonly ids: readonly number[] }

const ROLES = [
  'host',
  'version',
  'lead',
  'list',
  'cause',
  'remote',
  'transcript',
  'end',
  'original',
  'delay',
  'failure',
  'final',
  'success',
  'lure',
  'marker',
] as const

/** Characters that are hashed: short phrases by the first three, others by six. */
const SHORT = 3
const LONG = 6
const KEYS = 1 << 14
const step = (key: number, code: number): number => (Math.imul(key, 31) + code) & (KEYS - 1)

/** The phrases at hand, indexed. */
type Lexicon = {
  readonly layouts: readonly Layout[]
  readonly entries: readonly Entry[]
  readonly forms: readonly Form[]
  readonly short: Index
  readonly long: Index
  /** which hashes of three characters any phrase begins with: most words end here */
  readonly heads: Uint8Array
}
type Index = readonly (readonly Entry[] | undefined)[]

let lexicon: Lexicon | undefined

/** The index of these layouts' phrases, made anew where they are others than the last time. */
function lexiconOf(layouts: readonly Layout[]): Lexicon {
  if (lexicon?.layouts === layouts) return lexicon
  const { entries, forms } = compile(layouts)
  const heads = headsOf(entries)
  lexicon = {
    layouts,
    entries,
    forms,
    heads,
    short: index(entries, SHORT),
    long: index(entries, LONG),
  }
  return lexicon
}

const letters = Uint8Array.from({ length: 128 }, (_, code) => (isWord(code) ? 1 : 0))

/** Ends a text in `codes`: no blank, no letter. */
const END = 0xffff
/** The characters of the text at hand, blanks all alike: twice as fast to walk through as the string. */
let codes = new Uint16Array(1 << 15)

function load(lower: string): void {
  const { length } = lower
  if (codes.length < length + LONG + 1) codes = new Uint16Array(length * 2)
  for (let i = 0; i < length; i++) {
    const code = lower.charCodeAt(i)
    codes[i] = Math.max(code, 32)
  }
  codes.fill(END, length, length + LONG + 1)
}

/** All marks of a text in their order, and which phrases were seen. `lower` is the text in lower case. */
export function findMarks(lower: string): { marks: Mark[]; seen: Uint8Array } {
  const known = lexiconOf(layoutsFor(lower))
  const marks: Mark[] = []
  const seen = new Uint8Array(known.entries.length)
  load(lower)
  const text = codes
  const { length } = lower
  let inWord = false
  for (let at = 0; at < length; at++) {
    const code = text[at] as number
    // blanks begin nothing; inside a word of letters and digits nothing begins either
    const word = code < 128 ? letters[code] === 1 : isWord(code)
    const begins = code !== 32 && !(word && inWord)
    inWord = word
    if (begins) takeAt(known, at, marks, seen)
  }
  return { marks, seen }
}

/** Adds the phrases that begin here. */
function takeAt(
  { heads, short, long }: Lexicon,
  at: number,
  marks: Mark[],
  seen: Uint8Array,
): void {
  const text = codes
  let key = text[at] as number
  let next = at + 1
  for (let n = 2; n <= LONG; n++) {
    const unit = text[next++] as number
    key = step(key, unit)
    // a blank stands for a run of blanks
    if (unit === 32) while (text[next] === 32) next++
    if (n === SHORT) {
      if (heads[key] === 0) return
      const bucket = short[key]
      if (bucket !== undefined) take(bucket, at, marks, seen)
    }
    if (unit === END) return
  }
  const bucket = long[key]
  if (bucket !== undefined) take(bucket, at, marks, seen)
}

/** Adds what of a bucket stands here. */
function take(bucket: readonly Entry[], at: number, marks: Mark[], seen: Uint8Array): void {
  for (const { phrase, units, id, uses } of bucket) {
    const end = endOf(units, at)
    if (end < 0) continue
    seen[id] = 1
    for (const { role, field } of uses) {
      if (role !== 'form') marks.push({ role, start: at, end, phrase, field })
    }
  }
}

/** The forms whose phrases were all seen, the most telling layout first. */
export function matchingForms(seen: Uint8Array): readonly Form[] {
  return (lexicon?.forms ?? []).filter((form) => form.ids.every((id) => seen[id] === 1))
}

export type { Form }

/** Letters and digits of scripts that put blanks between words; Chinese and Japanese do not. */
function isWord(code: number): boolean {
  return (
    (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || (code >= 0xc0 && code < 0x2e80)
  )
}

/** Where the phrase ends in the text, or -1. A blank of the phrase is any run of blanks in the text. */
function endOf(units: Uint16Array, from: number): number {
  const text = codes
  let at = from
  for (let i = 0; i < units.length; i++) {
    const wanted = units[i] as number
    // "Status :", "Raison :"
    if (wanted === 58) while (text[at] === 32) at++
    if (text[at++] !== wanted) return -1
    if (wanted === 32) while (text[at] === 32) at++
  }
  return isWord(units[units.length - 1] ?? 0) && isWord(text[at] ?? 0) ? -1 : at
}

function compile(layouts: readonly Layout[]): { entries: Entry[]; forms: Form[] } {
  const byPhrase = new Map<string, Omit<Entry, 'uses'> & { uses: Use[] }>()
  const add = (phrase: string, role: Role, field: Field | null = null): number => {
    const units = Uint16Array.from(phrase, (unit) => unit.charCodeAt(0))
    const entry = byPhrase.get(phrase) ?? { phrase, units, id: byPhrase.size, uses: [] }
    byPhrase.set(phrase, entry)
    if (!entry.uses.some((use) => use.role === role)) entry.uses.push({ role, field })
    return entry.id
  }
  for (const [name, field] of FIELDS) add(`${name}:`, 'field', field)
  for (const layout of layouts) {
    for (const role of ROLES) for (const phrase of layout[role] ?? []) add(phrase, role)
  }
  const forms = layouts.flatMap((layout) =>
    layout.forms.map((form) => ({
      ...form,
      layout,
      ids: form.all.map((phrase) => add(phrase, 'form')),
    })),
  )
  return { entries: [...byPhrase.values()], forms }
}

function keyOf(phrase: string, length: number): number {
  let key = phrase.charCodeAt(0)
  for (let i = 1; i < length; i++) key = step(key, phrase.charCodeAt(i))
  return key
}

function headsOf(all: readonly Entry[]): Uint8Array {
  const flags = new Uint8Array(KEYS)
  for (const { phrase } of all) flags[keyOf(phrase, SHORT)] = 1
  return flags
}

/** Where several phrases begin at one place, their order must not depend on who knows which. */
const sorted = (all: readonly Entry[]): Entry[] =>
  [...all].sort((a, b) => b.phrase.length - a.phrase.length || (a.phrase < b.phrase ? -1 : 1))

/** Phrases by the hash of their first characters; those of the other length are the other index's. */
function index(all: readonly Entry[], length: number): (Entry[] | undefined)[] {
  const table: (Entry[] | undefined)[] = new Array(KEYS).fill(undefined)
  for (const entry of sorted(all)) {
    if (entry.phrase.length >= LONG !== (length === LONG)) continue
    const key = keyOf(entry.phrase, length)
    const bucket = table[key] ?? []
    table[key] = bucket
    bucket.push(entry)
  }
  return table
}
