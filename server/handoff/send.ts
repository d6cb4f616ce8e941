/** One try of one delivery. */
import type { HttpRequest } from './target.ts'

export type Outcome =
  | { readonly kind: 'delivered' }
  /** worth another try, at the earliest after `waitMs` */
  | { readonly kind: 'failed'; readonly failure: string; readonly waitMs: number }
  /** the same request will never be taken */
  | { readonly kind: 'refused'; readonly failure: string }

/** Statuses that say the request itself is wrong; a lost right or a wrong address can be mended meanwhile. */
const FINAL = new Set([400, 413, 415, 422])

/** Sends it. Redirects are not followed: the ticket goes where the operator said, or nowhere. */
export async function send(
  { url, headers, body }: HttpRequest,
  signal: AbortSignal,
  timeoutMs = 20_000,
): Promise<Outcome> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { ...headers, 'user-agent': 'Bouncewise' },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    })
    // what a helpdesk answers may quote the ticket: it is neither read nor logged
    await response.body?.cancel()
    return outcomeOf(response)
  } catch (error) {
    return { kind: 'failed', failure: codeOf(error), waitMs: 0 }
  }
}

function outcomeOf({ status, ok, headers }: Response): Outcome {
  if (ok) return { kind: 'delivered' }
  const failure = `status ${status}`
  if (FINAL.has(status)) return { kind: 'refused', failure }
  const seconds = Number(headers.get('retry-after'))
  const waitMs = Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), 86_400) * 1000 : 0
  return { kind: 'failed', failure, waitMs }
}

/** A network error's code, such as ECONNREFUSED; its message may hold an address. */
function codeOf(error: unknown): string {
  const { name, cause } = error as Error
  const code = (cause as NodeJS.ErrnoException | undefined)?.code
  return code ?? (name === 'TimeoutError' ? 'timeout' : 'network')
}
