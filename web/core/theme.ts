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
