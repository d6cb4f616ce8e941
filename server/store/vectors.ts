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

/** Cosine of the angle between two vectors of one length. */
export function cosine(a: Float32Array, b: Float32Array): number {
  let dot = 0
  let normA = 0
  let normB = 0
  for (let at = 0; at < a.length; at++) {
    const x = a[at] as number
    const y = b[at] as number
    dot += x * y
    normA += x * x
    normB += y * y
  }
  return dot / Math.sqrt(normA * normB)
}
