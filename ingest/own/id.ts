import { basename, extname } from 'node:path'

/** Id and title of a file: its name, in the shape that ids have. */
export function nameOf({ path }: { readonly path: string }): { id: string; title: string } {
  const name = basename(path, extname(path))
  return { id: toId(name), title: name.replaceAll(/[-_]+/g, ' ').trim().slice(0, 140) || name }
}

/** The id that an address can hold. */
export function toId(name: string): string {
  const id = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9.]+/g, '-')
    .replaceAll(/^[-.]+|[-.]+$/g, '')
  return id || 'document'
}
