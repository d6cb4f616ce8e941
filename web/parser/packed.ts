/**
 * Layouts and rules as lines of text: half of what JSON weighs. Written by `web/reduce.ts`, read by the
 * browser.
 *
 *   @7 exim            layout: its place among all, its id, its product (`=`: the same, nothing: none)
 *   f=phrase|phrase    one of its forms, by the kind that it is of (`KINDS`); `3f=` is its fourth form
 *   lphrase|phrase     words that lead to something (`ROLES`)
 *
 *   @gmail             rules of this file
 *   #12                the next is its thirteenth
 *   phrase|phrase    userunknown    X.1.1    550    1
 */
import type { Kind, Layout, Reason, Rule } from '../../kb/types.ts'

export const KINDS: Readonly<Record<string, Kind>> = {
  f: 'failure',
  d: 'delay',
  s: 'success',
  a: 'auto-reply',
  c: 'complaint',
  n: 'none',
}

export const ROLES = {
  h: 'host',
  v: 'version',
  l: 'lead',
  i: 'list',
  c: 'cause',
  r: 'remote',
  t: 'transcript',
  e: 'end',
  o: 'original',
  d: 'delay',
  f: 'failure',
  n: 'final',
  s: 'success',
  u: 'lure',
  m: 'marker',
} as const

type Role = (typeof ROLES)[keyof typeof ROLES]
/** A piece of a layout: what of it is at hand, and where its forms come among those of all. */
export type Piece = {
  readonly place: number
  readonly id: string
  readonly product: string | null
  readonly forms: { readonly place: number; readonly all: readonly string[]; readonly kind: Kind }[]
} & { [role in Role]?: readonly string[] }

/** Reads the pieces of layouts. */
export function unpackLayouts(packed: string): Piece[] {
  const pieces: Piece[] = []
  for (const line of packed.split('\n')) {
    const piece = pieces[pieces.length - 1] as Piece
    const [, place = '', kind = '', words = ''] = /^(\d*)(\w)=(.*)/.exec(line) ?? []
    if (line[0] === '@') pieces.push(pieceOf(line.slice(1).split(' ')))
    else if (kind) {
      const at = place ? Number(place) : (piece.forms.at(-1)?.place ?? -1) + 1
      piece.forms.push({ place: at, all: words.split('|'), kind: KINDS[kind] as Kind })
    } else piece[ROLES[line[0] as keyof typeof ROLES]] = line.slice(1).split('|')
  }
  return pieces
}

const pieceOf = ([place, id = '', product]: readonly string[]): Piece => ({
  place: Number(place),
  id,
  product: product === '=' ? id : product || null,
  forms: [],
})

/** Layouts with one form each, in the order in which forms are tried. */
export const layoutsOf = (pieces: readonly Piece[]): readonly Layout[] =>
  pieces
    .flatMap(({ forms, ...piece }) => [
      { order: piece.place * 100, layout: { ...piece, forms: [] } },
      ...forms.map((form) => ({
        order: piece.place * 100 + form.place,
        layout: { id: piece.id, product: piece.product, forms: [form] },
      })),
    ])
    .sort((a, b) => a.order - b.order)
    .map(({ layout }) => layout as unknown as Layout)

export type PlacedRule = { readonly place: number; readonly rule: Rule }

/** Reads rules, by the file that they are from. */
export function unpackRules(packed: string): Map<string, PlacedRule[]> {
  const files = new Map<string, PlacedRule[]>()
  let id = ''
  let place = 0
  let before = ''
  for (const line of packed.split('\n')) {
    if (line[0] === '@') {
      id = line.slice(1)
      place = 0
      files.set(id, [])
      continue
    }
    if (line[0] === '#') {
      place = Number(line.slice(1))
      continue
    }
    const [phrases, reason, code, reply, permanent] = line.split('\t')
    before = reason || before
    const rule = {
      id,
      phrases: phrases ? phrases.split('|') : [],
      reason: before as Reason,
      ...(code && { enhancedStatusCode: code }),
      ...(reply && { replyCode: Number(reply) }),
      ...(permanent && { permanent: permanent === '1' }),
    }
    files.get(id)?.push({ place: place++, rule: rule as unknown as Rule })
  }
  return files
}
