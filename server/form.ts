import type {} from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'

export type Form = { readonly fields: Record<string, string>; readonly files: Uint8Array[] }

/** A multipart form whole: text parts by name, files in order. Limits are those of the multipart plugin. */
export async function readForm(request: FastifyRequest): Promise<Form> {
  const fields: Record<string, string> = Object.create(null)
  const files: Uint8Array[] = []
  for await (const part of request.parts()) {
    if (part.type === 'field') fields[part.fieldname] = String(part.value)
    else files.push(await part.toBuffer())
  }
  return { fields, files }
}
