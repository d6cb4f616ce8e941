/** What a conversation is held on: made anew whenever the chat is drawn. */
import type { Audience } from '../../kb/types.ts'
import type { Client } from '../core/client.ts'
import type { Store } from '../core/store.ts'
import type { Words } from '../core/words.ts'
import type { Person } from './person.ts'
import type { Shell } from './shell.ts'
import type { TurnData } from './turn.ts'

/** What is kept of a conversation. */
export type Kept = { readonly turns: readonly TurnData[]; readonly audience?: Audience | undefined }

export type Stage = {
  readonly words: Words
  readonly locale: string
  readonly base: string
  /** whom answers are for, until somebody says otherwise */
  readonly audience: Audience | undefined
  readonly shell: Shell
  readonly client: Client
  readonly person: Person
  readonly store: Store<Kept>
  /** whether nothing goes out before somebody sends it */
  confirm(): boolean
  /** what the host knows of the case */
  context(): Readonly<Record<string, string>>
  emit(name: string, detail?: Readonly<Record<string, unknown>>): void
  /** there is a conversation, and it needs its styles */
  dress(): void
  print(): void
}
