/** The Authentication-Results header (RFC 8601), explained. */

export type AuthResult = { readonly method: string; readonly result: string; readonly says: string }

const METHODS = /\b(spf|dkim|dmarc|compauth|arc)=([a-z]+)/gi

const MEANINGS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  spf: {
    pass: 'the sending server is allowed to send for the envelope sender’s domain',
    fail: 'the domain’s SPF record does not allow this server',
    softfail: 'the domain’s SPF record rather does not allow this server (~all)',
    neutral: 'the domain’s SPF record makes no statement about this server',
    none: 'the domain has no SPF record',
    permerror: 'the SPF record is faulty, for example with too many look-ups',
    temperror: 'the SPF record could not be read just then',
  },
  dkim: {
    pass: 'a signature is valid',
    fail: 'a signature is there but does not fit: the message was changed on the way, or the key is wrong',
    none: 'the message carries no signature',
    permerror: 'the signature or its key is faulty',
    temperror: 'the key could not be read just then',
  },
  dmarc: {
    pass: 'SPF or DKIM passed for the very domain in the From line',
    fail: 'neither SPF nor DKIM passed for the domain in the From line',
    bestguesspass: 'the domain has no DMARC record; it would have passed',
    none: 'the domain has no DMARC record',
    permerror: 'the DMARC record is faulty',
  },
  compauth: {
    pass: 'Microsoft’s overall judgement: genuine',
    fail: 'Microsoft’s overall judgement: not shown to be genuine',
    softpass: 'Microsoft’s overall judgement: probably genuine',
    none: 'Microsoft made no overall judgement',
  },
}

/** The results in a header block, one per method; empty where there is no such header. */
export function readAuthResults(text: string): readonly AuthResult[] {
  if (!/authentication-results:|\b(?:spf|dkim|dmarc)=/i.test(text)) return []
  const seen = new Map<string, AuthResult>()
  for (const [, method = '', result = ''] of text.matchAll(METHODS)) {
    const name = method.toLowerCase()
    const says = MEANINGS[name]?.[result.toLowerCase()]
    if (says !== undefined && !seen.has(name))
      seen.set(name, { method: name, result: result.toLowerCase(), says })
  }
  return [...seen.values()]
}
