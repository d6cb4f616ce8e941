/** Writes compound files ([MS-CFB]) of small streams, as Outlook saves messages, for tests to read. */
export type Folder = { readonly [name: string]: string | Buffer | Folder }

const SECTOR = 512
const MINI = 64
const END = 0xfffffffe
const NONE = 0xffffffff

type Entry = {
  name: string
  type: number
  right: number
  child: number
  start: number
  size: number
}

export function writeMsg(root: Folder): Buffer {
  const entries: Entry[] = [
    { name: 'Root Entry', type: 5, right: NONE, child: NONE, start: 0, size: 0 },
  ]
  const minis: Buffer[] = []
  const miniFat: number[] = []
  const add = (folder: Folder): number => {
    let next = NONE
    for (const [name, content] of Object.entries(folder).reverse()) {
      const at = entries.length
      const entry: Entry = { name, type: 1, right: next, child: NONE, start: 0, size: 0 }
      entries.push(entry)
      if (typeof content === 'string' || Buffer.isBuffer(content)) {
        const bytes = typeof content === 'string' ? Buffer.from(content, 'utf16le') : content
        const count = Math.max(1, Math.ceil(bytes.length / MINI))
        Object.assign(entry, { type: 2, start: miniFat.length, size: bytes.length })
        for (let i = 0; i < count; i++) miniFat.push(i === count - 1 ? END : miniFat.length + 1)
        minis.push(padded(bytes, count * MINI))
      } else entry.child = add(content)
      next = at
    }
    return next
  }
  ;(entries[0] as Entry).child = add(root)

  const directory = sectors(Buffer.concat(entries.map((entry) => entryBytes(entry))))
  const miniTable = sectors(numbers(miniFat))
  const stream = Buffer.concat(minis)
  const mini = sectors(stream)
  // sector 0 is the allocation table, then directory, mini table, mini stream, each in a row
  const starts = [1, 1 + directory, 1 + directory + miniTable]
  const root0 = entries[0] as Entry
  Object.assign(root0, { start: starts[2], size: stream.length })
  const fat = [0xfffffffd]
  for (const length of [directory, miniTable, mini]) {
    for (let i = 0; i < length; i++) fat.push(i === length - 1 ? END : fat.length + 1)
  }
  const header = Buffer.alloc(SECTOR, 0xff)
  header.fill(0, 0, 0x4c)
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(header)
  header.writeUInt16LE(9, 0x1e)
  header.writeUInt16LE(6, 0x20)
  header.writeUInt32LE(1, 0x2c)
  header.writeUInt32LE(starts[0] as number, 0x30)
  header.writeUInt32LE(4096, 0x38)
  header.writeUInt32LE(starts[1] as number, 0x3c)
  header.writeUInt32LE(END, 0x44)
  header.writeUInt32LE(0, 0x4c)
  return Buffer.concat([
    header,
    padded(numbers(fat), SECTOR, 0xff),
    padded(Buffer.concat(entries.map(entryBytes)), directory * SECTOR),
    padded(numbers(miniFat), miniTable * SECTOR, 0xff),
    padded(stream, mini * SECTOR),
  ])
}

const sectors = (bytes: Buffer): number => Math.max(1, Math.ceil(bytes.length / SECTOR))
const padded = (bytes: Buffer, length: number, fill = 0): Buffer =>
  Buffer.concat([bytes, Buffer.alloc(length - bytes.length, fill)])

function numbers(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4)
  for (const [i, value] of values.entries()) bytes.writeUInt32LE(value >>> 0, i * 4)
  return bytes
}

function entryBytes({ name, type, right, child, start, size }: Entry): Buffer {
  const bytes = Buffer.alloc(128)
  bytes.write(name, 0, 'utf16le')
  bytes.writeUInt16LE((name.length + 1) * 2, 0x40)
  bytes[0x42] = type
  for (const [value, at] of [
    [NONE, 0x44],
    [right, 0x48],
    [child, 0x4c],
    [start, 0x74],
    [size, 0x78],
  ] as const) {
    bytes.writeUInt32LE(value >>> 0, at)
  }
  return bytes
}
