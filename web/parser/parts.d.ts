/** Made by `web/reduce.ts` when the page is built. */
declare module 'parser:base' {
  /** layouts, see `unpackLayouts` */
  export const layouts: string
  /** one file a line: id, hosts, marks, products, part, and how many of the files are whose */
  export const files: string
  export const providers: number
  /** rules, see `unpackRules` */
  export const rules: string
  export const statuses: string
  export const replies: string
  /** parts that wordings ask for, with their triggers */
  export const layoutTriggers: readonly (readonly [part: string, triggers: string])[]
  export const ruleTriggers: readonly (readonly [part: string, triggers: string])[]
}

declare module 'parser:load' {
  export const LOADERS: Readonly<Record<string, () => Promise<{ readonly default: string }>>>
}
