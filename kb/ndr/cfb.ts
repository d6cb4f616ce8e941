/**
 * Reads Microsoft's Compound File Binary format ([MS-CFB]), the container of Outlook's `.msg`: only
 * what is needed to get at its streams. Every chain is bounded by the file's own size, so that a
 * file that points in circles ends like one that is cut off: with what could be read.
 */
const SIGNATURE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]
const ENTRY = 128
const LAST = 0xfffffffa // from here on sector numbers have special meanings
const NONE = 0xffffffff

type Entry = {
  readonly name: string
  readonly isStream: boolean
  readonly left: number
  readonly right: number
  readonly child: number
  readonly start: number
  readonly size: number
}

/** A storage (folder) of the container: its streams and storages by name. */
export type Storage = {
  readonly streams: ReadonlyMap<string, Uint8Array>
  readonly storages: ReadonlyMap<string, Storage>
}

/** Whether these are the first bytes of a compound file. */
export const isCompoundFile = (bytes: Uint8Array): boolean =>
  SIGNATURE.every((byte, i) => bytes[i] === byte)

/** The root storage, or undefined where this is no compound file or its head is broken. */
export function readCompoundFile(bytes: Uint8Array): Storage | undefined {
  if (!isCompoundFile(bytes) || bytes.length < 512) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const shift = view.getUint16(0x1e, true)
  if (shift !== 9 && shift !== 12) return undefined
  const file = new Sectors(bytes, view, 1 << shift)
  const entries = entriesOf(file.chain(view.getUint32(0x30, true)))
  const root = entries[0]
  if (root === undefined) return undefined
  const mini = file.chain(root.start)
  const miniFat = file.chain(view.getUint32(0x3c, true))
  const cutoff = view.getUint32(0x38, true)
  const content = (entry: Entry): Uint8Array =>
    (entry.size < cutoff
      ? miniChain(mini, miniFat, entry.start)
      : file.chain(entry.start)
    ).subarray(0, entry.size)
  return storageOf(entries, root.child, content, new Set())
}

/** The sectors of the file and the table that chains them. */
class Sectors {
  readonly #bytes: Uint8Array
  readonly #size: number
  readonly #next: (sector: number) => number

  constructor(bytes: Uint8Array, view: DataView, size: number) {
    this.#bytes = bytes
    this.#size = size
    const table = tableSectors(view, size)
    const perSector = size / 4
    this.#next = (sector) => {
      const holder = table[Math.floor(sector / perSector)]
      const at = holder === undefined ? -1 : (holder + 1) * size + (sector % perSector) * 4
      return at >= 0 && at + 4 <= view.byteLength ? view.getUint32(at, true) : NONE
    }
  }

  /** The bytes of the chain that begins with this sector. */
  chain(first: number): Uint8Array {
    const parts: Uint8Array[] = []
    const most = this.#bytes.length / this.#size
    for (let sector = first; sector < LAST && parts.length <= most; sector = this.#next(sector)) {
      const at = (sector + 1) * this.#size
      if (at >= this.#bytes.length) break
      parts.push(this.#bytes.subarray(at, at + this.#size))
    }
    return concat(parts)
  }
}

/** Numbers of the sectors that hold the allocation table: 109 in the head, more in a chain of their own. */
function tableSectors(view: DataView, size: number): number[] {
  const found: number[] = []
  for (let at = 0x4c; at < 512; at += 4) found.push(view.getUint32(at, true))
  let next = view.getUint32(0x44, true)
  for (let i = 0; next < LAST && i * size < view.byteLength; i++) {
    const at = (next + 1) * size
    if (at + size > view.byteLength) break
    for (let k = at; k < at + size - 4; k += 4) found.push(view.getUint32(k, true))
    next = view.getUint32(at + size - 4, true)
  }
  return found
}

function miniChain(mini: Uint8Array, fat: Uint8Array, first: number): Uint8Array {
  const view = new DataView(fat.buffer, fat.byteOffset, fat.byteLength)
  const parts: Uint8Array[] = []
  for (let sector = first; sector < LAST && parts.length <= mini.length / 64; ) {
    parts.push(mini.subarray(sector * 64, sector * 64 + 64))
    sector = sector * 4 + 4 <= fat.length ? view.getUint32(sector * 4, true) : NONE
  }
  return concat(parts)
}

function entriesOf(directory: Uint8Array): Entry[] {
  const view = new DataView(directory.buffer, directory.byteOffset, directory.byteLength)
  return Array.from({ length: Math.floor(directory.length / ENTRY) }, (_, i) => {
    const at = i * ENTRY
    const length = Math.min(Math.max(view.getUint16(at + 0x40, true) - 2, 0), 62)
    return {
      name: utf16(directory.subarray(at, at + length)),
      isStream: directory[at + 0x42] === 2,
      left: view.getUint32(at + 0x44, true),
      right: view.getUint32(at + 0x48, true),
      child: view.getUint32(at + 0x4c, true),
      start: view.getUint32(at + 0x74, true),
      size: view.getUint32(at + 0x78, true),
    }
  })
}

/** Siblings form a binary tree; `seen` keeps a tree that points back from going round for ever. */
function storageOf(
  entries: readonly Entry[],
  top: number,
  content: (entry: Entry) => Uint8Array,
  seen: Set<number>,
): Storage {
  const streams = new Map<string, Uint8Array>()
  const storages = new Map<string, Storage>()
  const open = [top]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const entry = entries[at]
    if (entry === undefined || seen.has(at)) continue
    seen.add(at)
    open.push(entry.left, entry.right)
    if (entry.isStream) streams.set(entry.name, content(entry))
    else if (seen.size < entries.length) {
      storages.set(entry.name, storageOf(entries, entry.child, content, seen))
    }
  }
  return { streams, storages }
}

/** Little-endian UTF-16, as everything in these files is written. */
export function utf16(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i + 1 < bytes.length; i += 2) {
    text += String.fromCharCode((bytes[i] as number) | ((bytes[i + 1] as number) << 8))
  }
  return text
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
