/** Sorts the layouts' wordings: what is common, languages, and products that are seldom met. */
import type { Layout } from '../kb/types.ts'
import { cover, type Item, plain, type Sample } from './cover.ts'
import { KINDS, ROLES } from './parser/packed.ts'

const LANGUAGES: Readonly<Record<string, string>> = {
  lde: 'de',
  lfr: 'fr',
  les: 'es',
  lit: 'it pt',
  lnl: 'nl sv da',
  lpl: 'pl cs ru uk he ar',
  lja: 'ja',
  lzh: 'zh ko',
}
/** What has no word of a language that is known: Turkish, Danish, Finnish … */
const OTHER_LANGUAGE = 'nl'
const partOfLanguage = new Map(
  Object.entries(LANGUAGES).flatMap(([part, all]) => all.split(' ').map((one) => [one, part])),
)
/** Layouts of kindred products come together. */
const TOGETHER: Readonly<Record<string, string>> = {
  l1: 'auto-reply arf read-receipt outlook-send thunderbird-smtp facts-mail facebook',
  l2: 'mxlogic mail-delivery-gateway hmailserver mcafee messaging-server groupwise domino notes imail kerio mdaemon zimbra mimecast symantec-cloud barracuda trend-micro surfcontrol mailfoundry cisco-esa proofpoint',
  l4: 'exchange-online exchange-server exchange-2007 exchange-2003 exchange-5.5 outlook-com iis-smtp',
  l5: 'gmail google-groups',
  l7: 'yandex mail-ru rackspace-spam-gateway zoho gmx ionos yahoo aol verizon amazon-workmail amazon-ses amazon-ses-receiving sendgrid salesforce powermta einsundeins opensmtpd courier dragonfly james',
  l6: 'postfix exim sendmail sendmail-5 qmail',
}
/** Words that any report may be made of, and a part for those that none before us holds. */
const BASE = 'general'
const SELDOM = 'l8'
const partOfLayout = new Map(
  Object.entries(TOGETHER).flatMap(([part, all]) => all.split(' ').map((one) => [one, part])),
)
const OTHERS = 'l3'
const LURES = 'l9'

type Form = Layout['forms'][number] & { readonly place: number }
type Role = (typeof ROLES)[keyof typeof ROLES]
/** One form or one phrase. */
type Atom = { readonly layout: number } & (
  | { readonly form: Form }
  | { readonly role: Role; readonly phrase: string }
)

export type LayoutParts = {
  readonly base: string
  readonly parts: ReadonlyMap<string, string>
  readonly triggers: readonly (readonly [part: string, triggers: string])[]
}

/** `said`: what servers say, so that no trigger is an everyday word. */
export function layoutParts(
  layouts: readonly Layout[],
  said: string,
  samples: readonly Sample[],
): LayoutParts {
  const tongues = vocabulary(layouts, said)
  const isOften = ({ words }: Item<Atom>) =>
    samples.some(({ text }) => words.every((word) => text.includes(plain(word))))
  const bins = new Map<string, Item<Atom>[]>()
  for (const item of layouts.flatMap(itemsOf)) {
    const found = partOf(item, layouts[item.it.layout] as Layout, tongues)
    const part = found === '' && !isOften(item) ? SELDOM : found
    bins.set(part, [...(bins.get(part) ?? []), item])
  }
  const base = bins.get('') ?? []
  bins.delete('')
  const english = `${said}\n${base.flatMap(({ words }) => words).join('\n')}`
  const parts = new Map<string, string>()
  const triggers: (readonly [string, string])[] = []
  for (const [part, items] of [...bins].sort()) {
    // what a lure wants to be clicked is looked for where a lure is: no trigger is needed for that
    const asking = items.filter(({ it }) => !('role' in it) || it.role !== 'marker')
    const chosen = cover(asking, part === SELDOM ? '' : english, strangers(samples, part))
    const left = new Set(chosen.left)
    base.push(...left)
    parts.set(
      part,
      packed(
        layouts,
        items.filter((item) => !left.has(item)),
      ),
    )
    triggers.push([part, chosen.triggers.join('|')])
  }
  return { base: packed(layouts, base), parts, triggers }
}

/** Reports of other products than those of this part; for a language's part, those of common ones. */
function strangers(samples: readonly Sample[], part: string): Sample[] {
  const own = new Set((TOGETHER[part] ?? '').split(' '))
  const isOwn = ({ layout }: Sample): boolean =>
    part === OTHERS ? !partOfLayout.has(layout) : own.has(layout)
  return samples.filter((sample) => !isOwn(sample))
}

const itemsOf = (layout: Layout, at: number): Item<Atom>[] => [
  ...layout.forms.map((form, place) => ({
    it: { layout: at, form: { ...form, place } },
    words: form.all,
  })),
  ...Object.values(ROLES).flatMap((role) =>
    (layout[role] ?? []).map((phrase) => ({ it: { layout: at, role, phrase }, words: [phrase] })),
  ),
]

/* ------------------------------------------------------------ languages */

/** Which words the forms of a language use. */
type Vocabulary = ReadonlyMap<string, ReadonlySet<string>>

const wordsOf = (text: string): string[] => text.split(/[^\p{L}]+/u).filter((word) => word !== '')

function vocabulary(layouts: readonly Layout[], english: string): Vocabulary {
  const words = new Map([['en', new Set(wordsOf(english))]])
  for (const { all, language } of layouts.flatMap(({ forms }) => forms)) {
    const own = words.get(language ?? 'en') ?? new Set()
    for (const word of all.flatMap(wordsOf)) own.add(word)
    words.set(language ?? 'en', own)
  }
  return words
}

const SCRIPTS: readonly (readonly [RegExp, string])[] = [
  [/[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]/, 'ja'],
  [/[\u0400-\u04ff\u0590-\u06ff]/, 'ru'],
]

/** The language that most of the words are of; English where it could be both. */
function languageOf(phrase: string, tongues: Vocabulary): string {
  const script = SCRIPTS.find(([letters]) => letters.test(phrase))
  if (script) return script[1]
  const words = wordsOf(phrase)
  const known = (language: string) =>
    words.filter((word) => tongues.get(language)?.has(word)).length
  const others = [...tongues.keys()].filter((language) => language !== 'en')
  const [best = 'en', count = 0] =
    others.map((one) => [one, known(one)] as const).sort((a, b) => b[1] - a[1])[0] ?? []
  if (count > known('en') || (count > 0 && /[^\0-\x7f]/.test(phrase))) return best
  return known('en') === 0 && words.length > 0 ? OTHER_LANGUAGE : 'en'
}

function partOf({ it, words }: Item<Atom>, layout: Layout, tongues: Vocabulary): string {
  const language = 'form' in it ? (it.form.language ?? 'en') : languageOf(words.join(' '), tongues)
  const part = partOfLanguage.get(language)
  if ('role' in it && (it.role === 'lure' || it.role === 'marker')) return LURES
  if (part) return part
  return layout.id === BASE ? '' : (partOfLayout.get(layout.id) ?? OTHERS)
}

/* ------------------------------------------------------------ packing */

const letterOf = <T>(table: Readonly<Record<string, T>>, value: T): string =>
  Object.keys(table).find((letter) => table[letter] === value) ?? ''

/** See `web/parser/packed.ts`. */
function packed(layouts: readonly Layout[], items: readonly Item<Atom>[]): string {
  return layouts
    .flatMap((layout, at) => {
      const own = items.map(({ it }) => it).filter((it) => it.layout === at)
      return own.length > 0 ? [head(layout, at), ...formLines(own), ...roleLines(own)] : []
    })
    .join('\n')
}

const head = ({ id, product }: Layout, at: number): string =>
  `@${at} ${id} ${product === id ? '=' : (product ?? '')}`.trimEnd()

function formLines(atoms: readonly Atom[]): string[] {
  const forms = atoms.flatMap((atom) => ('form' in atom ? [atom.form] : []))
  return forms
    .sort((a, b) => a.place - b.place)
    .map(({ place, kind, all }, i) => {
      const follows = place === (forms[i - 1]?.place ?? -1) + 1
      return `${follows ? '' : place}${letterOf(KINDS, kind)}=${all.join('|')}`
    })
}

const roleLines = (atoms: readonly Atom[]): string[] =>
  Object.entries(ROLES).flatMap(([letter, role]) => {
    const phrases = atoms.flatMap((atom) =>
      'role' in atom && atom.role === role ? [atom.phrase] : [],
    )
    return phrases.length > 0 ? [letter + phrases.join('|')] : []
  })
