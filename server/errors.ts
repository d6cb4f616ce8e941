/** Failures that are known, each with the status it has over HTTP and what to do about it. */
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { IndexUnusable, ModelUnavailable } from './retrieve/unusable.ts'

export type ErrorBody = { readonly error: { readonly code: string; readonly message: string } }

/** A failure that the caller can mend; `code` is kebab-case and part of the API. */
export class HttpError extends Error {
  override name = 'HttpError'
  readonly statusCode: number
  readonly code: string
  constructor(statusCode: number, code: string, message: string) {
    super(message)
    this.statusCode = statusCode
    this.code = code
  }
}

export const notFound = (message: string): HttpError => new HttpError(404, 'not-found', message)

type Known = Pick<HttpError, 'statusCode' | 'code' | 'message'>

/** Whatever was thrown, as status, code and a message that gives nothing away. */
export function toKnown(error: unknown): Known {
  if (error instanceof HttpError) return error
  if (error instanceof IndexUnusable) {
    return { statusCode: 503, code: 'index-unusable', message: error.message }
  }
  if (error instanceof ModelUnavailable) {
    return { statusCode: 503, code: 'embeddings-unavailable', message: error.message }
  }
  const { code = '', statusCode = 500, message } = error as Partial<FastifyError>
  const known = FASTIFY[code]
  if (known) return { statusCode, ...known }
  if (statusCode === 400) return { statusCode, code: 'bad-request', message: message ?? '' }
  return statusCode < 500
    ? { statusCode, code: 'refused', message: message ?? '' }
    : { statusCode: 500, code: 'internal', message: 'Something went wrong on this server.' }
}

/** Fastify's own failures, in words that say how to mend them. */
const FASTIFY: Readonly<Record<string, { code: string; message: string }>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: {
    code: 'payload-too-large',
    message:
      'The request is larger than this server takes: leave out attachments, or paste the report alone.',
  },
  FST_REQ_FILE_TOO_LARGE: {
    code: 'payload-too-large',
    message: 'The file is larger than this server takes: paste the report alone.',
  },
  FST_FILES_LIMIT: { code: 'too-many-files', message: 'At most 5 files go with one message.' },
  FST_PARTS_LIMIT: { code: 'too-many-files', message: 'The form has too many parts.' },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    code: 'unsupported-media-type',
    message: 'This content type is not read here: see /docs for those that are.',
  },
  FST_ERR_CTP_INVALID_JSON_BODY: {
    code: 'bad-json',
    message: 'The body is not valid JSON.',
  },
  FST_ERR_CTP_EMPTY_JSON_BODY: { code: 'bad-json', message: 'The body is empty.' },
}

/** The one error handler. What is unknown is logged whole and answered without a word about it. */
export function handleError(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): ErrorBody {
  const { statusCode, code, message } = toKnown(error)
  if (statusCode >= 500) request.log.error({ err: error }, 'request failed')
  reply.code(statusCode)
  return { error: { code, message } }
}
