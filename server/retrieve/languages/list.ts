import ar from './ar.json' with { type: 'json' }
import cs from './cs.json' with { type: 'json' }
import de from './de.json' with { type: 'json' }
import es from './es.json' with { type: 'json' }
import { fold } from './fold.ts'
import fr from './fr.json' with { type: 'json' }
import he from './he.json' with { type: 'json' }
import it from './it.json' with { type: 'json' }
import ja from './ja.json' with { type: 'json' }
import nl from './nl.json' with { type: 'json' }
import pl from './pl.json' with { type: 'json' }
import pt from './pt.json' with { type: 'json' }
import ru from './ru.json' with { type: 'json' }
import sv from './sv.json' with { type: 'json' }
import zh from './zh.json' with { type: 'json' }

/**
 * `function`: small words that tell the language. `words`: an English word and the beginnings of words
 * that stand for it; a beginning of up to three letters, or one that ends in "$", is a whole word.
 */
type WordList = {
  readonly id: string
  readonly function: readonly string[]
  readonly words: Readonly<Record<string, readonly string[]>>
}

/** A word as it begins, folded, and what it is in English. */
export type Entry = {
  readonly start: string
  readonly whole: boolean
  readonly english: string
}

export type Language = {
  readonly id: string
  readonly small: ReadonlySet<string>
  /** By their first two letters, longer ones first: "lista negra" comes before "lista". */
  readonly entries: ReadonlyMap<string, readonly Entry[]>
}

/** Three letters begin too many words, except where a sign is a syllable or a word. */
const isShort = (start: string) =>
  start.length <= 3 && /^[\p{sc=Latin}\p{sc=Cyrillic}]/u.test(start)

const BEGINNING = 2

const LISTS: readonly WordList[] = [de, fr, es, it, nl, pt, pl, sv, cs, ru, ja, zh, ar, he]

export const LANGUAGES: readonly Language[] = LISTS.map((list) => ({
  id: list.id,
  small: new Set(list.function),
  entries: byBeginning(entriesOf(list)),
}))

function entriesOf({ words }: WordList): Entry[] {
  const entries = Object.entries(words).flatMap(([english, starts]) =>
    starts.map((text) => {
      const start = fold(text)
      return { start, whole: text.endsWith('$') || isShort(start), english }
    }),
  )
  return entries.toSorted((a, b) => b.start.length - a.start.length)
}

function byBeginning(entries: readonly Entry[]): Map<string, Entry[]> {
  const found = new Map<string, Entry[]>()
  for (const entry of entries) {
    const key = entry.start.slice(0, BEGINNING)
    found.set(key, [...(found.get(key) ?? []), entry])
  }
  return found
}

/** The entries that may stand at this place of a folded text, the longest first. */
export function entriesAt(language: Language, text: string, at: number): readonly Entry[] {
  const two = language.entries.get(text.slice(at, at + BEGINNING)) ?? []
  return [...two, ...(language.entries.get(text.slice(at, at + 1)) ?? [])]
}
