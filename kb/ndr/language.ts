/** Which language the readable part is written in: by the layout's wording, else by script and words. */

/** Scripts that name their language. */
const SCRIPTS: readonly (readonly [RegExp, string])[] = [
  [/[\u3040-\u30ff]/, 'ja'],
  [/[\uac00-\ud7af]/, 'ko'],
  [/[\u4e00-\u9fff]/, 'zh'],
  [/[іїєґ]/i, 'uk'],
  [/[\u0400-\u04ff]/, 'ru'],
  [/[\u0590-\u05ff]/, 'he'],
  [/[\u0600-\u06ff]/, 'ar'],
  [/[\u0e00-\u0e7f]/, 'th'],
  [/[\u0370-\u03ff]/, 'el'],
]

/** Small words that few of these languages share. */
const WORDS: Readonly<Record<string, string>> = {
  en: 'the your was could not message this and with',
  de: 'die der das nicht wurde konnte ihre nachricht und ist an',
  fr: 'le la les votre pas été être vous remis que une',
  es: 'el los su mensaje no pudo entregar que una para',
  it: 'il messaggio non è stato recapitare della che per di',
  nl: 'het de uw bericht niet kan worden een van',
  pt: 'o sua mensagem não foi entregar para uma você',
  pl: 'nie wiadomość została do się adres jest',
  cs: 'nebyla zpráva adresa se nelze není vás',
  sv: 'och inte ditt meddelande kunde levereras till',
}
const LANGUAGES = Object.keys(WORDS)
const speakers = new Map<string, number[]>()
LANGUAGES.forEach((language, i) => {
  for (const word of (WORDS[language] ?? '').split(' ')) {
    speakers.set(word, [...(speakers.get(word) ?? []), i])
  }
})
const LOOKED_AT = 600
/** Fewer words prove nothing. */
const FEWEST = 3
const NOT_ASCII = /[^\0-\x7f]/

/** BCP 47, or null where there is too little text to tell. */
export function languageOf(text: string, byLayout: string | undefined): string | null {
  if (byLayout) return byLayout
  const piece = text.slice(0, LOOKED_AT).toLowerCase()
  if (NOT_ASCII.test(piece)) {
    for (const [script, language] of SCRIPTS) if (script.test(piece)) return language
  }
  const counts = new Array<number>(LANGUAGES.length).fill(0)
  for (const word of piece.split(/[\s.,:;!?()]+/)) {
    for (const i of speakers.get(word) ?? []) counts[i] = (counts[i] ?? 0) + 1
  }
  const most = Math.max(...counts)
  return most < FEWEST ? null : (LANGUAGES[counts.indexOf(most)] ?? null)
}
