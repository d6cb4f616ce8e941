/** Tells whoever embeds the chat which of their colours cannot be read, in the console. */
import { faultOf } from '../core/contrast.ts'

/** Where each pair of tokens is seen: text, what lies behind it, their names. */
const PAIRS = [
  ['.send', '.send', 'onAccent on accent'],
  ['.brand', '.shell', 'text on background'],
  ['.private', '.shell', 'muted on background'],
  ['.box textarea', '.box', 'text on surface'],
  ['.hello .chip', '.hello .chip', 'accent on surface'],
] as const

export function warnOfContrast(root: ShadowRoot): void {
  const styleOf = (selector: string) => {
    const node = root.querySelector(selector)
    return node && getComputedStyle(node)
  }
  for (const [front, back, names] of PAIRS) {
    const fault = faultOf(styleOf(front)?.color ?? '', styleOf(back)?.backgroundColor ?? '', names)
    if (fault) console.warn(`Bouncewise: ${fault}`)
  }
}
