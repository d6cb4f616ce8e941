/** The X.500 address inside an IMCEAEX string (Microsoft describes the steps for building it anew). */

const IMCEAEX = /IMCEAEX-([A-Za-z0-9_+.=/-]+?)@([A-Za-z0-9.-]+)/i

export type X500 = { readonly encapsulated: string; readonly x500: string }

/**
 * `IMCEAEX-_O=CONTOSO_OU=…_CN=Jane+20Doe@contoso.example` → `/O=CONTOSO/OU=…/CN=Jane Doe`. Underscores
 * become slashes before "+5F" becomes an underscore: the order matters.
 */
export function findX500(text: string): X500 | undefined {
  const match = IMCEAEX.exec(text.replace(/=\r?\n/g, ''))
  if (!match) return undefined
  const x500 = (match[1] ?? '')
    .replaceAll('_', '/')
    .replace(/\+([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return /^\/o=/i.test(x500) ? { encapsulated: match[0], x500 } : undefined
}
