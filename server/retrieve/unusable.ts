/** The index cannot be used; the message says why and what to do. */
export class IndexUnusable extends Error {
  override name = 'IndexUnusable'
}

/** The embedding model does not answer; the message says why and what to do. */
export class ModelUnavailable extends Error {
  override name = 'ModelUnavailable'
}

export const NO_INDEX = 'There is no index yet: run `npm run ingest`.'
