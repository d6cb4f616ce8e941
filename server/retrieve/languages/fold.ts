/** Marks over and under letters; those of kana tell sounds apart and stay. */
const MARKS = /[\u0300-\u036f\u0591-\u05c7\u064b-\u065f]/g

/** Letters without their marks, blanks collapsed, punctuation as blanks. */
export function fold(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(MARKS, '')
    .normalize('NFC')
    .replaceAll('ß', 'ss')
    .replaceAll('ł', 'l')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
