/** A theme is typed tokens, never CSS: each value is checked before it gets near a style sheet. */
export type Theme = {
  readonly accent?: string
  readonly onAccent?: string
  readonly background?: string
  readonly surface?: string
  readonly text?: string
  readonly muted?: string
  readonly border?: string
  readonly radius?: number
  readonly font?: string
  readonly density?: 'compact' | 'normal' | 'roomy'
  readonly position?: 'start' | 'end'
}

const COLOURS = ['accent', 'onAccent', 'background', 'surface', 'text', 'muted', 'border'] as const
const GAPS = { compact: '12px', normal: '18px', roomy: '24px' } as const

/** Declarations for a theme. Throws a TypeError that names the token that is wrong. */
export function toCss(theme: Theme): string {
  const lines: string[] = []
  for (const name of COLOURS) {
    const value = theme[name]
    if (value !== undefined) lines.push(`--bw-${name}:${colour(name, value)}`)
  }
  if (theme.radius !== undefined) lines.push(`--bw-radius:${number('radius', theme.radius, 32)}px`)
  if (theme.font !== undefined) lines.push(`--bw-font:${font(theme.font)}`)
  if (theme.density !== undefined) lines.push(`--bw-gap:${GAPS[theme.density] ?? GAPS.normal}`)
  checkContrast(theme)
  return lines.join(';')
}

function colour(name: string, value: string): string {
  if (/^#([0-9a-f]{3}|[0-9a-f]{6})$/i.test(value)) return value
  throw new TypeError(`theme.${name} must be a colour such as #0b5c7a`)
}

function number(name: string, value: number, most: number): number {
  if (Number.isFinite(value) && value >= 0 && value <= most) return value
  throw new TypeError(`theme.${name} must be a number from 0 to ${most}`)
}

function font(value: string): string {
  if (/^[\w\s,'"-]{1,200}$/.test(value)) return value
  throw new TypeError('theme.font must be a list of font families')
}

const PAIRS = [
  ['onAccent', 'accent'],
  ['text', 'background'],
  ['text', 'surface'],
  ['muted', 'surface'],
  ['muted', 'background'],
] as const

/** WCAG 2.2, 1.4.3: text needs 4.5 : 1. A pair is checked where both of it are given. */
function checkContrast(theme: Theme): void {
  for (const [front, back] of PAIRS) {
    const [a, b] = [theme[front], theme[back]]
    if (a === undefined || b === undefined) continue
    const ratio = contrast(a, b)
    if (ratio < 4.5)
      throw new TypeError(
        `theme.${front} on theme.${back} has a contrast of ${ratio.toFixed(1)}, below 4.5`,
      )
  }
}

/** Contrast of two colours (WCAG 2.2, "contrast ratio"). */
export function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

function luminance(hex: string): number {
  const digits = hex.length === 4 ? hex.replace(/[^#]/g, '$&$&') : hex
  const [r, g, b] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(digits.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
