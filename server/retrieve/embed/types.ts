import type { Space } from '../../store/index.ts'

/** Turns texts into vectors. Equal prepared texts give equal vectors, so they may be cached by hash. */
export type Embedder = {
  readonly space: Space
  /** what is really embedded: cut to what the model holds, in the shape it likes */
  prepare(text: string): string
  /** one vector a text, in order; each text must be prepared and not empty */
  embed(texts: readonly string[]): Promise<Float32Array[]>
  close(): Promise<void>
}
