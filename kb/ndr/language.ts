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

/** Small words that only one of these languages has so often. */
const WORDS: readonly (readonly [string, RegExp])[] = [
  ['en', /\b(?:the|your|was|could|not|message|this|and|with)\b/gi],
  ['de', /\b(?:die|der|das|nicht|wurde|konnte|Ihre|Nachricht|und|ist|an)\b/gi],
  ['fr', /\b(?:le|la|les|votre|pas|été|être|vous|remis|que|une)\b/gi],
  ['es', /\b(?:el|los|su|mensaje|no|pudo|entregar|que|una|para)\b/gi],
  ['it', /\b(?:il|messaggio|non|è|stato|recapitare|della|che|per|di)\b/gi],
  ['nl', /\b(?:het|de|uw|bericht|niet|kan|worden|een|van)\b/gi],
  ['pt', /\b(?:o|sua|mensagem|não|foi|entregar|para|uma|você)\b/gi],
  ['pl', /\b(?:nie|wiadomość|została|do|się|adres|jest)\b/gi],
  ['cs', /\b(?:nebyla|zpráva|adresa|se|nelze|není|vás)\b/gi],
  ['sv', /\b(?:och|inte|ditt|meddelande|kunde|levereras|till)\b/gi],
]
const LOOKED_AT = 1500

/** BCP 47, or null where there is too little text to tell. */
export function languageOf(text: string, byLayout: string | undefined): string | null {
  if (byLayout) return byLayout
  const piece = text.slice(0, LOOKED_AT)
  for (const [script, language] of SCRIPTS) if (script.test(piece)) return language
  let best: string | null = null
  let most = 2
  for (const [language, words] of WORDS) {
    const count = piece.match(words)?.length ?? 0
    if (count > most) {
      most = count
      best = language
    }
  }
  return best
}
