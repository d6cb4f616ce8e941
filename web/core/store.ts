/** The conversation in this browser, for as long as it may live. Nothing else of a person is kept. */
export type Keep = 'session' | 'local' | 'none'

export type Store<T> = {
  load(): T | undefined
  save(value: T): void
  clear(): void
}

/** What is needed of the browser's `Storage`. */
export type Box = {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
}

/** Outside a browser there is none of it. */
type Browser = { readonly localStorage?: Box; readonly sessionStorage?: Box }

/** A store that forgets after `minutes`. A browser that refuses storage keeps nothing, quietly. */
export function createStore<T>(
  box: Box | undefined,
  key: string,
  minutes: number,
  now: () => number = Date.now,
): Store<T> {
  const clear = () => attempt(() => box?.removeItem(key))
  return {
    load() {
      const text = attempt(() => box?.getItem(key))
      const kept = attempt(() => JSON.parse(text ?? 'null') as { at: number; value: T } | null)
      if (kept && now() - kept.at < minutes * 60_000) return kept.value
      clear()
      return undefined
    },
    save(value) {
      attempt(() => box?.setItem(key, JSON.stringify({ at: now(), value })))
    },
    clear,
  }
}

/** Private windows, blocked cookies and full disks all throw here; the chat goes on without. */
function attempt<T>(action: () => T): T | undefined {
  try {
    return action()
  } catch {
    return undefined
  }
}

/** Browsers that block storage throw on touching it. */
export function boxOf(keep: Keep): Box | undefined {
  if (keep === 'none') return undefined
  return attempt(() => (globalThis as Browser)[`${keep}Storage`])
}
