/** In place of `kb/ndr/signs.ts`: the server tells oddities; the card does not show them. */
import type { Notes } from '../../kb/ndr/signs.ts'

export type { Notes } from '../../kb/ndr/signs.ts'

export const createNotes = (): Notes => ({ warnings: [], signs: [] })
export const note = (): void => {}
export const checkRecipient = note
export const checkReport = note
