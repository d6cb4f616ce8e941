/** The names of all texts, in the order of the English file. The build writes this list into the bundle. */
export const KEYS: readonly string[] = []
