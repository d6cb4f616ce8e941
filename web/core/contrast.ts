/** Contrast of what is really shown, whoever set the colours: tokens, or a style sheet of the host. */

export type Rgb = readonly [number, number, number]

/** Computed colours: "rgb(11, 91, 120)". Undefined for what is no plain, opaque colour. */
export function toRgb(colour: string): Rgb | undefined {
  const [, r, g, b] = /^rgb\((\d+), (\d+), (\d+)\)$/.exec(colour) ?? []
  return b === undefined ? undefined : [Number(r), Number(g), Number(b)]
}

/** WCAG 2.2, "contrast ratio". */
export function contrast(a: Rgb, b: Rgb): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

function luminance(colour: Rgb): number {
  const [r, g, b] = colour.map((part) => {
    const value = part / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

/** WCAG 2.2, 1.4.3. */
const LEAST = 4.5

/** A sentence for a pair that cannot be read well; undefined for one that can. */
export function faultOf(front: string, back: string, names: string): string | undefined {
  const [a, b] = [toRgb(front), toRgb(back)]
  if (!a || !b) return undefined
  const ratio = contrast(a, b)
  if (ratio >= LEAST) return undefined
  return `theme: ${names} has a contrast of ${ratio.toFixed(1)}; text needs ${LEAST}`
}
