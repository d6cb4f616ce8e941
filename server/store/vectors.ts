/** A vector as it is stored: an embedding endpoint may send NaN or zeros, which are near to nothing. */
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

/** The same direction at length one, so that a dot product is the cosine. */
export function toUnit(vector: Float32Array): Float32Array {
  const length = Math.sqrt(dot(vector, vector))
  return vector.map((value) => value / length)
}

export function dot(a: Float32Array, b: Float32Array): number {
  let total = 0
  for (let at = 0; at < a.length; at++) total += (a[at] as number) * (b[at] as number)
  return total
}

function isUsable(vector: Float32Array): boolean {
  const norm = dot(vector, vector)
  return Number.isFinite(norm) && norm > 0
}
