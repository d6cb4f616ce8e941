/**
 * A vector as vec0 wants it. vec0 takes NaN and zero vectors without a word and then returns arbitrary
 * rows, so they are refused here.
 */
export function toBlob(vector: Float32Array, dims: number): Buffer {
  if (vector.length !== dims) {
    throw new TypeError(`a vector has ${vector.length} dimensions, expected ${dims}`)
  }
  if (!isUsable(vector)) throw new TypeError('a vector is zero or holds a value that is no number')
  return Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength)
}

/** Copies: a blob of SQLite need not lie on a multiple of four, which a Float32Array wants. */
export function fromBlob(blob: Buffer): Float32Array {
  return new Float32Array(new Uint8Array(blob).buffer)
}

function isUsable(vector: Float32Array): boolean {
  let norm = 0
  for (const value of vector) norm += value * value
  return Number.isFinite(norm) && norm > 0
}
