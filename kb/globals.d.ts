/** What Node and browsers share and ECMAScript's own library lacks. Declared here: `kb` knows neither. */
declare class TextDecoder {
  constructor(label?: string, options?: { readonly fatal?: boolean; readonly ignoreBOM?: boolean })
  decode(input?: Uint8Array): string
}
